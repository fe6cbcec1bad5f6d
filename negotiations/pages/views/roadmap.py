"""The roadmap of a negotiation: its phases over time, and what blocks each of them."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.models import Phase
from negotiations.pages.charts.roadmap import roadmap_chart
from negotiations.pages.files import as_file, file_addresses
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.panels import gate_panel
from negotiations.pages.phase_files import ROADMAP, roadmap_rows
from negotiations.pages.reading import wants_file
from negotiations.pages.watch_button import WatchButton, watch_buttons
from negotiations.rules.permissions import may
from negotiations.selectors.reckoning import reckon
from negotiations.selectors.roadmap import PhaseLine
from negotiations.selectors.roadmap_page import roadmap_steps
from negotiations.selectors.tranche_lines import exchange_tables

ALL_STEPS = 200


@require_safe
def roadmap_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        if wants_file(request):
            return as_file(opened, "roadmap", ROADMAP, list(roadmap_rows(opened)))
        reckoning = reckon(opened.scene)
        steps = roadmap_steps(reckoning)
        seat = opened.viewer.seat_in(opened.negotiation.pk)
        lines = [step.line for step in steps]
        is_now = not opened.head.is_past and not opened.head.is_closed
        context = {
            "steps": [(step, gate_panel(step.blocking, steps=ALL_STEPS)) for step in steps],
            "watches": _watches(opened, lines),
            "phases": lines,
            "exchanges": exchange_tables(reckoning),
            "may_edit": may(seat.role if seat else None, "condition.edited"),
            "roadmap": roadmap_chart(lines, at=opened.head.at, is_now=is_now),
            "files": file_addresses(request),
            "head": opened.head,
            "section": "roadmap",
            "crumbs": opened.crumbs(Crumb(_("Roadmap"))),
        }
        return show(request, "pages/roadmap.html", context, viewer=opened.viewer)


def _watches(opened: Visit, lines: list[PhaseLine]) -> list[tuple[PhaseLine, WatchButton]]:
    """Every phase with the button that watches it; none where there are no buttons."""
    phases = opened.scene.by_id(Phase)
    return list(zip(lines, watch_buttons(opened, [phases[line.pk] for line in lines]), strict=False))
