"""How many entries came since a page was opened: a tiny document that pages ask for while they are looked at."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from negotiations.access.doors import find_negotiation
from negotiations.access.viewer import viewer_for
from negotiations.rules.errors import RuleError
from negotiations.selectors.feed import changes_since, latest_cursor


@require_safe
def since(request: HttpRequest, slug: str) -> HttpResponse:
    """Without a place to count from, or with one of another reader's, it gives the place to begin at."""
    viewer = viewer_for(request.user)
    negotiation = find_negotiation(viewer, slug)
    after = request.GET.get("after", "")
    try:
        changes = changes_since(negotiation, viewer=viewer, after=after) if after else 0
    except RuleError:
        after, changes = "", 0
    says = ngettext(
        "%(count)s change since you opened this page", "%(count)s changes since you opened this page", changes
    )
    told = {"changes": changes, "says": says % {"count": changes}}
    if not after:
        told["latest"] = latest_cursor(negotiation, viewer)
    etag = quote_etag(hashlib.sha256(repr(told).encode()).hexdigest()[:32])
    fresh: HttpResponse = JsonResponse(told, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    return get_conditional_response(request, etag=etag, response=fresh) or fresh
