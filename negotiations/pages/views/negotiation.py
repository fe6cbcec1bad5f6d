"""The overview of a negotiation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from negotiations.pages.charts.frame import asked_chart
from negotiations.pages.charts.roadmap import roadmap_chart
from negotiations.pages.charts.status_area import status_area_chart
from negotiations.pages.frame import show, visit
from negotiations.pages.panels import gate_panel
from negotiations.selectors.overview import overview
from negotiations.selectors.since_visit import since_visit


@require_safe
def overview_page(request: HttpRequest, slug: str) -> HttpResponse:
    with visit(request, slug) as opened:
        page = overview(opened.scene)
        area = status_area_chart(page.area, number=page.gate.number) if page.area and page.gate else None
        if file := asked_chart(request, [area], name=slug):
            return file
        is_now = not opened.head.is_past and not opened.head.is_closed
        context = {
            "page": page,
            "gate": gate_panel(page.gate) if page.gate else None,
            "roadmap": roadmap_chart(page.phases, at=opened.head.at, is_now=is_now),
            "area": area,
            "news": since_visit(opened.scene, now=timezone.now()),
            "head": opened.head,
            "section": "overview",
            "crumbs": opened.crumbs(),
        }
        return show(request, "pages/overview.html", context, viewer=opened.viewer)
