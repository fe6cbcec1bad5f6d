"""The end of an alert from a mail, also logged out: a page that asks, and a post that ends (RFC 8058)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from negotiations.access.viewer import viewer_for
from negotiations.digests.addresses import subscription_of
from negotiations.models import Subscription
from negotiations.pages.frame import Crumb, show
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.subscription_words import alert_line
from negotiations.selectors.subscriptions import abouts
from negotiations.services.subscription import end_subscription

ONE_CLICK = "One-Click"


# The address is signed and was sent to its owner alone; a mail program that posts has no page to take a token from.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """Getting it shows what would end and changes nothing, since programs follow every link; a post ends it.

    Ending twice is ending once. A token that is none gets 404 and a page that says what to do.
    """
    row = subscription_of(token)
    is_one_click = request.POST.get("List-Unsubscribe") == ONE_CLICK
    if row is not None and request.method == "POST":
        end_subscription(row, now=timezone.now())
    if is_one_click:
        said = _("You are not told of this any more.") if row else _("This link is none that was sent from here.")
        return HttpResponse(f"{said}\n", content_type="text/plain; charset=utf-8", status=200 if row else 404)
    return _page(request, row)


def _page(request: HttpRequest, row: Subscription | None) -> HttpResponse:
    viewer = viewer_for(request.user)
    context: dict[str, Any] = {"line": None, "crumbs": [Crumb(_("End an alert"))], "section": "unsubscribe"}
    if row is not None:
        # A link is passed on with the mail it stands in: who is not its owner reads what anybody may.
        reader = viewer if viewer.user_id == row.user_id else ANYBODY
        context["line"] = alert_line(row, abouts([row], reader)[row.pk])
    response = show(request, "pages/unsubscribe.html", context, viewer=viewer, status=404 if row is None else 200)
    response["Cache-Control"] = "private, no-store"
    return response
