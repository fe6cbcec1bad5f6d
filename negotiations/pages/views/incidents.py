"""The incidents of a negotiation, and the page of one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.exports.table import Cell
from negotiations.models import Incident
from negotiations.pages.charts.frame import asked_chart
from negotiations.pages.charts.incidents import incidents_chart
from negotiations.pages.files import as_file
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.listing import listing
from negotiations.pages.picking import pick
from negotiations.pages.reading import wants_file
from negotiations.selectors.facets.incidents import incident_facets
from negotiations.selectors.incidents import IncidentLine, counting, incident_lines, incident_page, places
from negotiations.selectors.scene import also

COLUMNS = (
    "ref", "title", "type", "status", "rests_on_retracted", "standing", "severity", "alleged_by", "alleged_responsible",
    "deaths_low", "deaths_best", "deaths_high", "place", "place_precision", "happened_at", "date_precision",
    "conditions", "sources", "marking",
)  # fmt: skip


@require_safe
def incidents_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        found = listing(request, incident_lines(opened.scene), incident_facets())
        counts = counting(found.every)
        chart = incidents_chart(found.every, counts.standings)
        if file := asked_chart(opened, [chart]):
            return file
        if wants_file(request):
            return as_file(opened, "incidents", COLUMNS, map(_row, found.every))
        context = {
            "list": found,
            "counts": counts,
            "places": places(found.every, counts.standings),
            "chart": chart,
            "head": opened.head,
            "section": "incidents",
            "crumbs": opened.crumbs(Crumb(_("Incidents"))),
        }
        return show(request, "pages/incidents.html", context, viewer=opened.viewer)


@require_safe
def show_incident(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    with visit(request, slug) as opened:
        also(opened.scene, Incident)
        page = incident_page(opened.scene, pick(opened, Incident, ref))
        incidents = reverse("incidents", args=[slug]) + opened.head.query
        context = {
            "page": page,
            "head": opened.head,
            "section": "incidents",
            "crumbs": opened.crumbs(Crumb(_("Incidents"), incidents), Crumb(page.line.ref)),
        }
        return show(request, "pages/incident.html", context, viewer=opened.viewer)


def _row(line: IncidentLine) -> tuple[Cell, ...]:
    return (
        line.ref,
        line.title,
        line.type,
        line.status,
        line.retracted,
        line.standing.value,
        line.severity,
        line.alleged_by.name if line.alleged_by else None,
        line.responsible.name if line.responsible else None,
        *line.deaths,
        line.place,
        line.place_precision,
        line.happened_at,
        line.date_precision,
        [one.ref for one in line.conditions],
        [one.ref for one in line.sources],
        line.marking,
    )
