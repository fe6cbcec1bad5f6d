"""The log of corrections: everything that was taken back, beside what stands instead."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.exports.table import Cell
from negotiations.pages.entry_files import COLUMNS, marking_of, rows_of, up_to
from negotiations.pages.files import as_file, file_addresses
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.reading import wants_file
from negotiations.rules.verbs import in_words
from negotiations.selectors.corrections import (
    MENDED,
    TAKEN_BACK,
    Mending,
    corrections_page,
    corrections_then,
    every_mending,
)

SAID = ("said_by", "said_why", "said_at")


@require_safe
def corrections_log(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        verb = request.GET.get("verb", "")
        verb = verb if verb in (*MENDED, *TAKEN_BACK) else ""
        if wants_file(request):
            return _as_file(opened, verb)
        context = {
            "page": corrections_page(opened.scene, verb=verb, after=request.GET.get("after", "")),
            "verbs": [(one, in_words(one)) for one in (*MENDED, *TAKEN_BACK)],
            "verb": verb,
            "files": file_addresses(request),
            "head": opened.head,
            "section": "changes",
            "crumbs": opened.crumbs(Crumb(_("Corrections"))),
        }
        return show(request, "pages/corrections.html", context, viewer=opened.viewer)


def _as_file(opened: Visit, verb: str) -> HttpResponseBase:
    """All of what the page tells a page at a time, and beside it who had said what was taken back, and why."""
    entries = corrections_then(opened.scene, verb=verb)
    marking = marking_of(opened, entries)
    lines = every_mending(up_to(marking, entries), opened.scene)
    rows = (row for line in lines for row in _rows(line))
    return as_file(opened, "corrections", (*COLUMNS, *SAID), rows, marking=marking)


def _rows(line: Mending) -> Iterator[tuple[Cell, ...]]:
    before = line.before
    said: tuple[Cell, ...] = (before.by, before.reason, before.recorded_at) if before else ("", "", None)
    yield from ((*row, *said) for row in rows_of(line.entry, line.status, line.value, line.fields))
