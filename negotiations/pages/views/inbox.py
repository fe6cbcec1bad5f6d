"""The in-app inbox: its list, one message under the reader's rights of now, and marking as read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from negotiations.access.viewer import viewer_for
from negotiations.models import Delivery
from negotiations.pages.frame import Crumb, show
from negotiations.pages.once import see_other
from negotiations.pages.paging import paged
from negotiations.pages.present import refuse_files
from negotiations.pages.reading import note_wholes
from negotiations.pages.saving import signed_in
from negotiations.selectors.inbox import inbox_lines, inbox_of, message_of
from negotiations.selectors.inbox_firsts import firsts_of
from negotiations.selectors.inbox_message import told_now
from negotiations.services.inbox import mark_all_read, mark_read


@require_safe
@login_required
def inbox_page(request: HttpRequest) -> HttpResponse:
    # Before the access log hears that something was taken away.
    refuse_files(request)
    viewer = viewer_for(request.user)
    page = paged(request, inbox_of(signed_in(request)).select_related("edition"))
    firsts = firsts_of(page.rows, viewer)
    note_wholes(request, viewer, firsts.markings)
    context = {
        "lines": inbox_lines(page.rows, viewer, firsts.lines),
        "list": page,
        "until": timezone.now().isoformat(),
        "crumbs": [Crumb(_("Inbox"))],
        "section": "inbox",
    }
    return show(request, "pages/inbox.html", context, viewer=viewer)


@require_safe
@login_required
def message_page(request: HttpRequest, message: UUID) -> HttpResponse:
    """One message; opening it changes nothing, so that a program that follows links marks nothing as read."""
    refuse_files(request)
    viewer, row = viewer_for(request.user), _mine(request, message)
    told = told_now(row, viewer, timezone.now())
    note_wholes(request, viewer, {one.negotiation: one.marking for one in told})
    context = {
        "told": told,
        "message": inbox_lines([row], viewer)[0],
        "crumbs": [Crumb(_("Inbox"), reverse("inbox")), Crumb(_("Message"))],
        "section": "inbox",
    }
    return show(request, "pages/inbox_message.html", context, viewer=viewer)


@require_POST
@login_required
def read_message(request: HttpRequest, message: UUID) -> HttpResponse:
    mark_read(_mine(request, message), now=timezone.now())
    messages.success(request, _("Marked as read."))
    return see_other(reverse("inbox"))


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark as read what was there when the page was made; what came since was not on it."""
    until = _moment(request.POST.get("until", ""))
    if until is None:
        return see_other(reverse("inbox"))
    mark_all_read(signed_in(request), until=until, now=timezone.now())
    messages.success(request, _("Marked as read."))
    return see_other(reverse("inbox"))


def _moment(text: str) -> datetime | None:
    """A moment with its offset; None for what is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


def _mine(request: HttpRequest, message: UUID) -> Delivery:
    row = message_of(signed_in(request), message)
    if row is None:
        raise Http404(_("There is nothing here."))
    return row
