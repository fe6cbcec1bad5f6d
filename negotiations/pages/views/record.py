"""The record of a negotiation, a page at a time, and all of it as a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.exports.entry_rows import COLUMNS, rows_of
from negotiations.exports.table import Cell
from negotiations.models import Entry
from negotiations.pages.entry_files import marking_of, up_to
from negotiations.pages.files import as_file, file_addresses
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.reading import wants_file
from negotiations.selectors.record_page import in_pieces, record_page, record_then

# What the record file in JSON Lines proves of the entry; its place in the stream would count what is hidden.
PROVED = ("payload_digest",)


@require_safe
def show_record(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        if wants_file(request):
            return _as_file(opened)
        after, entry = (request.GET.get(name, "")[:200] for name in ("after", "entry"))
        context = {
            "page": record_page(opened.scene, after=after, entry=entry),
            "begins_at": entry,
            "files": file_addresses(request),
            "head": opened.head,
            "section": "record",
            "crumbs": opened.crumbs(Crumb(_("Record"))),
        }
        return show(request, "pages/record.html", context, viewer=opened.viewer)


def _as_file(opened: Visit) -> HttpResponseBase:
    """All of what the page tells a page at a time; `entry` is a place on the page, not a choice of entries."""
    entries = record_then(opened.scene)
    marking = marking_of(opened, entries)
    return as_file(opened, "record", (*COLUMNS, *PROVED), _rows(opened, up_to(marking, entries)), marking=marking)


def _rows(opened: Visit, entries: QuerySet[Entry]) -> Iterator[tuple[Cell, ...]]:
    for some in in_pieces(entries):
        told = rows_of(some, viewer=opened.viewer, scene=opened.scene)
        yield from ((*row, entry.payload_digest) for row, entry in zip(told, some, strict=True))
