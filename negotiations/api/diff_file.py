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
from negotiations.selectors.diff import Diff, DiffLine
from negotiations.selectors.entry_lines import EntryLine
from negotiations.services.access_log import note_reading, shown

from .list_file import cell_of, said_in_rows
from .views.base import ApiView

Rows = Sequence[Mapping[str, Any]]
OF_DIFF = (
    "type", "id", "ref", "title", "title_ar", "how", "field", "before", "after", "verb", "by", "reason", "sources",
    "effective_at", "recorded_at", "marking", "before_named", "after_named", "from", "known_from",
)  # fmt: skip
SIDE = ("id", "ref", "title", "status", "value")
OF_ATTEMPTS = (
    "how", *(f"earlier_{name}" for name in SIDE), *SIDE, "field", "required_before", "required", "marking", "earlier",
)  # fmt: skip


def diff_file(
    view: ApiView, negotiation: Negotiation, found: Diff, told: Sequence[DiffLine], form: str
) -> HttpResponseBase:
    """What differs as `csv` or `xlsx`; its moment is that of the second reading, the first stands in the rows."""
    first = found.before.moment
    since = (cell_of(first.at), cell_of(first.known_at))
    lines = [(*row, *since) for line in told for row in _of_diff(line)]
    inside = [marking for line in told for marking in line.markings]
    return _file(view, negotiation, "diff", found.after.moment, OF_DIFF, lines, inside, form, first)


def attempt_file(
    view: ApiView, negotiation: Negotiation, found: AttemptDiff, moment: Moment, rows: Rows, form: str
) -> HttpResponseBase:
    """Both attempts, condition by condition, as `csv` or `xlsx`."""
    sides = [side for row in rows for side in (row["before"], row["after"]) if side]
    lines = [(*line, found.slug) for row in rows for line in _of_attempt(row)]
    inside = [found.earlier.negotiation.marking, *(side["marking"] for side in sides)]
    return _file(view, negotiation, "attempts", moment, OF_ATTEMPTS, lines, inside, form)


def _of_diff(line: DiffLine) -> Iterator[tuple[Cell, ...]]:
    lead = (line.noun, line.public_id, line.ref, line.title.text, line.title.ar, line.how)
    for field, (before, after) in line.changes.items() or [("", (None, None))]:
        named = line.named.get(field, ("", ""))
        yield tuple(map(cell_of, (*lead, field, before, after, *_why(line.told_by(field)), line.marking, *named)))


def _why(told: EntryLine | None) -> tuple[Any, ...]:
    """What happened, who told it, why, on what sources, and when by both clocks."""
    if told is None:
        return (None,) * 6
    return (told.verb, told.by, told.reason, told.sources_named, told.effective_at, told.recorded_at)


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
    compared: Moment | None = None,
) -> HttpResponseBase:
    marking = narrowest([negotiation.marking, *inside])
    stamp = FileStamp(
        name=f"{negotiation.slug}-{name}",
        marking=Marking(marking),
        as_of=moment.at,
        made_at=view.now(),
        known_at=moment.known_at,
        link=public_head(negotiation),
        compared=compared,
    )
    note_reading(view.viewer, negotiation, [shown(negotiation, marking)], AccessKind.EXPORT)
    said = said_in_rows(stamp)
    table = Table(stamp, [*columns, *said], [(*row, *said.values()) for row in rows])
    return table_response(table, form, lead="")
