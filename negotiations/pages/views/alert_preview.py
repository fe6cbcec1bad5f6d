"""The next digest of an alert before it is sent: its words on a page, and the letter as mail programs show it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.viewer import viewer_for
from negotiations.digests.preview import next_letter
from negotiations.pages.frame import Crumb, show
from negotiations.pages.letters import letter_page
from negotiations.selectors.subscription_words import alert_line
from negotiations.selectors.subscriptions import abouts

from .alerts import crumbs, living


@require_safe
@login_required
def preview_page(request: HttpRequest, alert: UUID) -> HttpResponse:
    """What would be sent if it were due now; looking at it sends nothing and moves nothing."""
    viewer, row = viewer_for(request.user), living(request, alert)
    context = {
        "line": alert_line(row, abouts([row], viewer)[row.pk]),
        "letter": next_letter(row, now=timezone.now()),
        "crumbs": crumbs(Crumb(_("Preview"))),
        "section": "alerts",
    }
    return show(request, "pages/alert_preview.html", context, viewer=viewer)


@require_safe
@login_required
def letter(request: HttpRequest, alert: UUID) -> HttpResponse:
    """The same letter in HTML; Http404 where there is nothing to send."""
    found = next_letter(living(request, alert), now=timezone.now())
    if found is None:
        raise Http404(_("There is nothing here."))
    return letter_page(found.html)
