"""The calendar: of everything a reader follows, and of one negotiation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.viewer import viewer_for
from negotiations.exports.table import Cell
from negotiations.models import Meeting
from negotiations.pages.asked_moment import asked_of_all, refused_in_words
from negotiations.pages.files import as_file, as_wide_file, file_addresses
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.months import asked_month, days_shown, month_of
from negotiations.pages.reading import note_wholes, wants_file
from negotiations.rules.marking import narrowest
from negotiations.selectors.all_negotiations import reckonings_of
from negotiations.selectors.calendar import DateLine, all_dates, dates, in_days, nearest_months
from negotiations.selectors.reckoning import reckon
from negotiations.selectors.scene import also, highest_in
from negotiations.selectors.track import is_any_backfilled

COLUMNS = ("from", "until", "negotiation", "kind", "ref", "title", "what", "marking")


@require_safe
def negotiation_calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        also(opened.scene, Meeting)
        lines = dates(reckon(opened.scene), opened.scene.all(Meeting))
        if wants_file(request):
            return as_file(opened, "calendar", COLUMNS, map(_row, lines))
        context = {
            **_month(request, lines, opened.head.at),
            "head": opened.head,
            "asked": opened.head,
            "section": "calendar",
            "crumbs": opened.crumbs(Crumb(_("Calendar"))),
        }
        return show(request, "pages/calendar.html", context, viewer=opened.viewer)


@require_safe
def all_dates_page(request: HttpRequest) -> HttpResponseBase:
    viewer, now = viewer_for(request.user), timezone.now()
    asked = asked_of_all(request, now)
    with refused_in_words():
        reckonings = reckonings_of(viewer, now, asked=asked.as_of_text, known=asked.known_text)
    lines = all_dates(reckonings)
    markings = {one.scene.negotiation: highest_in(one.scene) for one in reckonings}
    note_wholes(request, viewer, markings)
    if wants_file(request):
        return as_wide_file(
            request, "calendar", COLUMNS, map(_row, lines), marking=narrowest(markings.values()), asked=asked
        )
    crumbs = [Crumb(_("Negotiations"), reverse("dashboard") + asked.query), Crumb(_("Calendar"))]
    context = {
        **_month(request, lines, asked.at),
        "has_backfill": is_any_backfilled([one.scene for one in reckonings]),
        "asked": asked,
        "section": "all-dates",
        "crumbs": crumbs,
    }
    return show(request, "pages/calendar.html", context, viewer=viewer)


def _month(request: HttpRequest, lines: Sequence[DateLine], at: datetime) -> dict[str, Any]:
    """The month asked about; without one, the moment's own, with the ways to the nearest that hold something."""
    today = timezone.localtime(at).date()
    first = asked_month(request.GET.get("month", ""), today)
    before, after = nearest_months(lines, first)
    return {
        "month": month_of(first, today, in_days(lines, *days_shown(first))),
        "this_month": today.replace(day=1),
        "before": before,
        "after": after,
        "files": file_addresses(request),
    }


def _row(line: DateLine) -> tuple[Cell, ...]:
    return (line.at, line.until, line.negotiation, line.noun, line.ref, line.title, line.note, line.marking)
