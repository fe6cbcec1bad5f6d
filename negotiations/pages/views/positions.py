"""The position matrix: actors beside what they spoke on."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.exports.table import Cell
from negotiations.pages.files import as_file
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.listing import listing
from negotiations.pages.reading import wants_file
from negotiations.selectors.facets.positions import matrix_facets
from negotiations.selectors.position_matrix import MatrixRow, position_matrix

COLUMNS = (
    "ref", "on", "on_ref", "on_title", "actor", "stance", "summary", "speaker", "channel", "stated_at", "before",
    "rests_on_retracted", "marking",
)  # fmt: skip


@require_safe
def positions_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        matrix = position_matrix(opened.scene)
        found = listing(request, matrix.rows, matrix_facets(), size=25)
        if wants_file(request):
            return as_file(opened, "positions", COLUMNS, (line for row in found.every for line in _rows(row)))
        context = {
            "matrix": matrix,
            "list": found,
            "head": opened.head,
            "section": "positions",
            "crumbs": opened.crumbs(Crumb(_("Positions"))),
        }
        return show(request, "pages/positions.html", context, viewer=opened.viewer)


def _rows(row: MatrixRow) -> Iterator[tuple[Cell, ...]]:
    """One line for each actor who has stated a position."""
    for cell in row.cells:
        if said := cell.position:
            yield (
                said.ref,
                row.kind,
                row.ref,
                row.title,
                cell.who.name,
                said.stance,
                said.summary,
                said.speaker,
                said.channel,
                said.stated_at,
                cell.before,
                [source.ref for source in said.taken_back],
                said.marking,
            )
