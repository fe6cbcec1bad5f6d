"""The overview of a negotiation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from negotiations.pages.charts.roadmap import roadmap_chart
from negotiations.pages.frame import show, visit
from negotiations.pages.panels import gate_panel
from negotiations.selectors.overview import overview


@require_safe
def overview_page(request: HttpRequest, slug: str) -> HttpResponse:
    with visit(request, slug) as opened:
        page = overview(opened.scene)
        is_now = not opened.head.is_past and not opened.head.is_closed
        context = {
            "page": page,
            "gate": gate_panel(page.gate) if page.gate else None,
            "roadmap": roadmap_chart(page.phases, at=opened.head.at, is_now=is_now),
            "head": opened.head,
            "section": "overview",
            "crumbs": opened.crumbs(),
        }
        return show(request, "pages/overview.html", context, viewer=opened.viewer)
