"""The overview of a negotiation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.pages.charts.frame import asked_chart
from negotiations.pages.charts.roadmap import roadmap_chart
from negotiations.pages.charts.status_area import status_area_chart
from negotiations.pages.files import as_file, file_addresses
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.panels import GatePanel, gate_panel
from negotiations.pages.phase_files import OVERVIEW, overview_rows
from negotiations.pages.reading import wants_rows
from negotiations.pages.watch_button import watch_button
from negotiations.rules.codes import ConditionStatus
from negotiations.selectors.head import Head
from negotiations.selectors.outlook import OutlookLine
from negotiations.selectors.overview import Overview, overview
from negotiations.selectors.since_visit import since_visit

# Earlier judgements on the same and on settled questions are a page of their own.
OUTLOOKS = 2
# What is settled folds away where this many open conditions stand before it.
MANY_OPEN = 4
# A short list of dates leaves room for the messages below it.
FEW_DATES = 3


def home_of(head: Head) -> list[Crumb]:
    """The steps to the overview, for pages that do not open the whole of the negotiation."""
    overview_address = reverse("overview", args=[head.slug]) + head.query
    return [Crumb(_("Negotiations"), reverse("dashboard")), Crumb(head.title.here, overview_address)]


@require_safe
def overview_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        if wants_rows(request):
            return as_file(opened, "overview", OVERVIEW, list(overview_rows(opened)))
        page = overview(opened.scene)
        area = status_area_chart(page.area, number=page.gate.number) if page.area and page.gate else None
        if file := asked_chart(opened, [area]):
            return file
        is_now = not opened.head.is_past and not opened.head.is_closed
        context = {
            "page": page,
            **_conditions(page),
            **_readings(gate_panel(page.gate) if page.gate else None),
            "few_dates": len(page.agenda) < FEW_DATES,
            "outlooks": _told(page.outlooks),
            "roadmap": roadmap_chart(page.phases, at=opened.head.at, is_now=is_now),
            "area": area,
            "files": file_addresses(request),
            "watch": watch_button(opened, opened.negotiation),
            "news": since_visit(opened.scene, now=timezone.now()),
            "head": opened.head,
            "section": "overview",
            "crumbs": opened.crumbs(),
        }
        return show(request, "pages/overview.html", context, viewer=opened.viewer)


def _conditions(page: Overview) -> dict[str, Any]:
    """The entry conditions; what holds nothing stands apart from what holds the phase, and behind many open ones."""
    if not page.holds and len(page.blocking) + len(page.also_open) < MANY_OPEN:
        return {"open_ones": page.entry, "settled": ()}
    all_met = all(line.status == ConditionStatus.MET for line in page.settled)
    words = _("%(count)s met") if all_met else _("%(count)s no longer open")
    return {
        "open_ones": page.blocking,
        "settled": page.settled,
        "settled_words": words % {"count": len(page.settled)},
    }


def _readings(gate: GatePanel | None) -> dict[str, Any]:
    """The readings of the next phase's gate; those with a drawing need the wide column."""
    others = gate.others if gate else ()
    undrawn = [one for one in others if not one.graph]
    return {
        "gate": gate,
        "drawn": [one for one in others if one.graph],
        "undrawn": undrawn,
        "beside": bool(undrawn or (gate and gate.text.steps)),
    }


def _told(lines: Sequence[OutlookLine]) -> Sequence[OutlookLine]:
    """The judgements on questions still open; where none is, the last one on a settled question."""
    pending = [line for line in lines if not line.outcome_label]
    return pending[:OUTLOOKS] or lines[:1]
