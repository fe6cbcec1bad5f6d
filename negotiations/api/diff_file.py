"""A difference as a file: a row for each field that differs, as the documents have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http.response import HttpResponseBase

from negotiations.exports.proof import public_head
from negotiations.exports.response import table_response
from negotiations.exports.stamp import FileStamp
from negotiations.exports.table import Cell, Table
from negotiations.history.moment import Moment
from negotiations.models import Negotiation
from negotiations.rules.codes import AccessKind, Marking
from negotiations.rules.marking import narrowest
from negotiations.selectors.attempt_diff import AttemptDiff
from negotiations.selectors.diff import Diff
from negotiations.services.access_log import note_reading, shown

from .list_file import cell_of, said_in_rows
from .views.base import ApiView

Rows = Sequence[Mapping[str, Any]]
OF_DIFF = (
    "type", "id", "ref", "title", "title_ar", "how", "field", "before", "after", "verb", "by", "reason", "sources",
    "effective_at", "recorded_at", "marking", "from", "known_from",
)  # fmt: skip
SIDE = ("id", "ref", "title", "status", "value")
OF_ATTEMPTS = (
    "how", *(f"earlier_{name}" for name in SIDE), *SIDE, "field", "required_before", "required", "marking", "earlier",
)  # fmt: skip


def diff_file(view: ApiView, negotiation: Negotiation, found: Diff, rows: Rows, form: str) -> HttpResponseBase:
    """What differs as `csv` or `xlsx`; its moment is that of the second reading, the first stands in the rows."""
    first = found.before.moment
    since = (cell_of(first.at), cell_of(first.known_at))
    lines = [(*line, *since) for row in rows for line in _of_diff(row)]
    inside = [row["marking"] for row in rows] + [
        part["marking"] for row in rows for entry in row["entries"] for part in (entry, *entry["sources"])
    ]
    return _file(view, negotiation, "diff", found.after.moment, OF_DIFF, lines, inside, form)


def attempt_file(
    view: ApiView, negotiation: Negotiation, found: AttemptDiff, moment: Moment, rows: Rows, form: str
) -> HttpResponseBase:
    """Both attempts, condition by condition, as `csv` or `xlsx`."""
    sides = [side for row in rows for side in (row["before"], row["after"]) if side]
    lines = [(*line, found.slug) for row in rows for line in _of_attempt(row)]
    inside = [found.earlier.negotiation.marking, *(side["marking"] for side in sides)]
    return _file(view, negotiation, "attempts", moment, OF_ATTEMPTS, lines, inside, form)


def _of_diff(row: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    told = row["entries"][0] if row["entries"] else {}
    sources = dict.fromkeys(f"{one['ref']} {one['publisher']}" for entry in row["entries"] for one in entry["sources"])
    lead = [row[name] for name in OF_DIFF[:6]]
    why = [told.get(name) for name in ("verb", "by", "reason")]
    when = [told.get(name) for name in ("effective_at", "recorded_at")]
    for field, (before, after) in row["changes"].items() or [("", (None, None))]:
        yield tuple(map(cell_of, (*lead, field, before, after, *why, list(sources), *when, row["marking"])))


def _of_attempt(row: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    sides = [side or {} for side in (row["before"], row["after"])]
    told = [side.get(name) for side in sides for name in SIDE]
    marking = narrowest(side["marking"] for side in sides if side)
    for field, (before, after) in row["changes"].items() or [("", (None, None))]:
        yield tuple(map(cell_of, (row["how"] or "same", *told, field, before, after, marking)))


def _file(
    view: ApiView,
    negotiation: Negotiation,
    name: str,
    moment: Moment,
    columns: Sequence[str],
    rows: Sequence[tuple[Cell, ...]],
    inside: Sequence[str],
    form: str,
) -> HttpResponseBase:
    marking = narrowest([negotiation.marking, *inside])
    stamp = FileStamp(
        name=f"{negotiation.slug}-{name}",
        marking=Marking(marking),
        as_of=moment.at,
        made_at=view.now(),
        known_at=moment.known_at,
        link=public_head(negotiation),
    )
    note_reading(view.viewer, negotiation, [shown(negotiation, marking)], AccessKind.EXPORT)
    said = said_in_rows(stamp)
    table = Table(stamp, [*columns, *said], [(*row, *said.values()) for row in rows])
    return table_response(table, form, lead="")
