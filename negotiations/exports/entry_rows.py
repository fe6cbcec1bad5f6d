"""The entries of a record as rows of a table, some at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from negotiations.models import Entry
from negotiations.rules.marking import ANYBODY, Viewer
from negotiations.selectors.entry_lines import EntryLine, desks_of, entry_lines, with_payload
from negotiations.selectors.scene import Scene
from negotiations.selectors.source_lines import grade_of

from .jsonl import RecordFile
from .proof import chunks
from .table import Cell

COLUMNS = (
    "id", "verb", "kind", "ref", "title", "before", "after", "effective_at", "recorded_at", "inserted_at",
    "backfilled", "replaced", "redacted", "by", "reason", "no_source_reason", "sources", "grade", "marking",
)  # fmt: skip


def entry_rows(record: RecordFile) -> Iterator[tuple[Cell, ...]]:
    """A row for each entry in the file, in the order in which they were written; desks, never persons."""
    viewer = record.viewer or ANYBODY
    for some in chunks(with_payload(record.entries()), record.stream.head):
        yield from rows_of(some, viewer=viewer)


def rows_of(some: Sequence[Entry], *, viewer: Viewer, scene: Scene | None = None) -> Iterator[tuple[Cell, ...]]:
    """A row for each of the entries, which the viewer may see; with a scene as they read at its moment."""
    lines = entry_lines(some, viewer=viewer, scene=scene)
    yield from map(_row, lines, desks_of(some))


def _row(line: EntryLine, desk: str) -> tuple[Cell, ...]:
    moved = line.moved or line.change
    return (
        str(line.public_id),
        line.verb,
        line.subject_type,
        line.ref,
        line.title,
        (moved.before_code or moved.before) if moved else "",
        (moved.after_code or moved.after) if moved else "",
        line.effective_at,
        line.recorded_at,
        line.inserted_at,
        line.is_backfilled,
        line.is_replaced,
        line.is_redacted,
        desk,
        line.reason,
        line.no_source_reason,
        [source.ref for source in line.sources],
        grade_of(line.sources),
        line.marking,
    )
