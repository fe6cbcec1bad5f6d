"""A person's own clock and digits on every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from negotiations.models import User
from negotiations.rules.digits import in_arabic_digits

# Of these nothing depends on who asks, or they have a way of their own; a frame is one for everybody.
ELSEWHERE = ("/api/", "/healthz", "/readyz", "/static/", "/admin/", "/embed/", "/ar/embed/")
TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
# Inside these everything stays: what is typed or copied, codes, and whatever is marked as left to right.
KEPT_TAGS = frozenset({"script", "style", "textarea", "code", "pre", "kbd"})
KEPT = re.compile(r"""\bdir=["']?ltr|\blang=["']?en\b|\bclass="[^"]*\b(?:code|grade|tlp)\b""")
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "line", "use", "wbr"})


class PreferencesMiddleware:
    """Shows moments outside a negotiation in the person's zone, and Arabic pages in the digits they chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = None if request.path.startswith(ELSEWHERE) else person_of(request)
        if person is None:
            return self.get_response(request)
        with timezone.override(ZoneInfo(person.time_zone)):
            response = self.get_response(request)
        if person.digits == "arabic" and translation.get_language() == "ar" and is_page(response):
            response.content = with_arabic_digits(response.content.decode()).encode()
        return response


def person_of(request: HttpRequest) -> User | None:
    """Who is signed in; nobody while the database is away, which the view then says."""
    try:
        return request.user if request.user.is_authenticated else None
    except (OperationalError, InterfaceError):
        return None


def is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.get("Content-Type", "").startswith("text/html")


def with_arabic_digits(html: str) -> str:
    """The page with the numbers of its texts in Arabic-Indic digits; attributes, codes and forms' values stay."""
    kept: list[str] = []
    parts = TAG.split(html)
    for place, part in enumerate(parts):
        if place % 2:
            _follow(part, kept)
        elif not kept:
            parts[place] = in_arabic_digits(part)
    return "".join(parts)


def _follow(tag: str, kept: list[str]) -> None:
    """Keep track of the elements that are open inside the outermost one whose text stays as it is."""
    found = NAME.match(tag)
    if not found:
        return
    name = found.group(1).lower()
    if tag.startswith("</"):
        if kept and kept[-1] == name:
            kept.pop()
    elif name not in VOID and not tag.endswith("/>") and (kept or name in KEPT_TAGS or KEPT.search(tag)):
        kept.append(name)
