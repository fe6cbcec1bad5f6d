"""What a roadmap leaves open, for those who work on it."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.doors import require
from negotiations.exports.table import Cell
from negotiations.pages.files import as_file, file_addresses
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.reading import wants_file
from negotiations.selectors.completeness_lines import GapLine, completeness_lines
from negotiations.selectors.reckoning import reckon

COLUMNS = ("gap", "phase", "ref", "title", "marking")


@require_safe
@login_required
def completeness_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        require(opened.viewer, opened.negotiation, "condition.edited")
        gaps = completeness_lines(reckon(opened.scene))
        if wants_file(request):
            return as_file(opened, "completeness", COLUMNS, (row for gap in gaps for row in _rows(gap)))
        context = {
            "gaps": gaps,
            "files": file_addresses(request),
            "head": opened.head,
            "section": "completeness",
            "crumbs": opened.crumbs(Crumb(_("Completeness"))),
        }
        return show(request, "pages/completeness.html", context, viewer=opened.viewer)


def _rows(gap: GapLine) -> Iterator[tuple[Cell, ...]]:
    """A line for each item; one without an item for what concerns the roadmap as a whole."""
    if not gap.items:
        yield gap.kind, None, "", "", ""
    for item in gap.items:
        yield gap.kind, item.phase, item.ref, item.title, item.marking
