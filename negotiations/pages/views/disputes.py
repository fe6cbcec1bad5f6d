"""The list of disputes."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.exports.table import Cell
from negotiations.pages.files import as_file
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.listing import listing
from negotiations.pages.reading import wants_file
from negotiations.selectors.disputes import DisputeLine, dispute_lines
from negotiations.selectors.facets.disputes import dispute_facets
from negotiations.selectors.people import parties

COLUMNS = (
    "ref", "title", "question", "status", "rests_on_retracted", "category", "type", "rung", "rung_due_at", "opened_at",
    "closed_at", "holds", "positions", "marking",
)  # fmt: skip


@require_safe
def disputes_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        found = listing(request, dispute_lines(opened.scene, only_open=False), dispute_facets())
        if wants_file(request):
            return as_file(opened, "disputes", COLUMNS, map(_row, found.every))
        context = {
            "list": found,
            "columns": parties(opened.scene),
            "head": opened.head,
            "section": "disputes",
            "crumbs": opened.crumbs(Crumb(_("Disputes"))),
        }
        return show(request, "pages/disputes.html", context, viewer=opened.viewer)


def _row(line: DisputeLine) -> tuple[Cell, ...]:
    said = [f"{cell.who.name.here}: {cell.position.stance_label}" for cell in line.cells if cell.position]
    return (
        line.ref,
        line.title,
        line.question,
        line.status,
        line.retracted,
        line.category,
        line.type,
        line.rung,
        line.rung_due_at,
        line.opened_at,
        line.closed_at,
        line.holds,
        "; ".join(said),
        line.marking,
    )
