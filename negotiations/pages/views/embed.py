"""The verdict of a negotiation in a frame on other people's pages."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from negotiations.access.doors import find_negotiation
from negotiations.pages.asked_moment import asked_moment
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.badge import public_verdict

# Anybody may frame it; it takes its own style and fonts, and nothing else.
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
FRESH_S = 60


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody may read of a published negotiation; who asks is not looked at, no cookie is read or set."""
    negotiation = find_negotiation(ANYBODY, slug)
    with timezone.override(negotiation.time_zone):
        verdict = public_verdict(negotiation, asked_moment(request, negotiation, ANYBODY, timezone.now()))
        page = render(request, "embed/verdict.html", {"verdict": verdict})
    etag = quote_etag(hashlib.sha256(page.content).hexdigest()[:32])
    page["ETag"] = etag
    page["Cache-Control"] = f"public, max-age={FRESH_S}"
    answer: HttpResponse = get_conditional_response(request, etag=etag, response=page) or page
    # On a 304 too: a browser takes its headers over to what it has kept.
    answer["Content-Security-Policy"] = POLICY
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
