"""The headers that every answer of the interface bears, made or kept."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

VARY = "Accept-Language, Cookie, Authorization, Accept"
READING = frozenset({"GET", "HEAD"})
EXPOSED = (
    "ETag, Link, Location, Retry-After, X-Request-ID, "
    "RateLimit-Policy, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"
)
# A program in a browser of another origin reads as anybody: it may send nothing that says who it is.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, Accept-Language",
    "Access-Control-Max-Age": "86400",
}


def dress(response: HttpResponseBase, *, is_anybody: bool, method: str) -> None:
    """Say what the answer depends on, who may keep it, and that other origins may read it as anybody."""
    response.headers["Vary"] = VARY
    if response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    elif is_anybody and method in READING:
        response.headers["Cache-Control"] = "public, no-cache"
    else:
        response.headers["Cache-Control"] = "private, no-cache"
    if is_anybody and (method in READING or method == "OPTIONS"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED


def language_of(request: HttpRequest) -> str | None:
    """The language that `?lang=` names, else that of Accept-Language; None for one that is not spoken here."""
    asked = request.GET.get("lang")
    if asked is None:
        return translation.get_language_from_request(request)
    return asked if asked in dict(settings.LANGUAGES) else None
