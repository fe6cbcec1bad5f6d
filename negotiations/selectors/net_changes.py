"""Entries as what the record now tells of their day: a correction is measured from before what it corrects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from negotiations.models import Entry

from .entry_lines import EntryLine, entry_lines, status_change, subjects_of, value_change, with_payload
from .scene import Scene


def as_corrected(rows: Sequence[Entry], scene: Scene) -> list[EntryLine]:
    """Entries with their payloads as lines of the scene's moment, in their order; of corrections the net change.

    One query more than `entry_lines` where there are corrections, however many and however often corrected.
    """
    subjects, replaced = subjects_of(rows), _replaced(rows, scene)
    lines = entry_lines(rows, viewer=scene.viewer, scene=scene, subjects=subjects)
    return [
        _net(line, row, _chain(row, replaced), subjects) if row.supersedes_id else line
        for row, line in zip(rows, lines, strict=True)
    ]


def _replaced(rows: Sequence[Entry], scene: Scene) -> Mapping[int, Entry]:
    """Every visible entry that was ever replaced of what the corrections among these are about."""
    corrected = {row.subject_id for row in rows if row.supersedes_id}
    if not corrected:
        return {}
    seconds = Entry.objects.filter(subject_id__in=corrected, supersedes__isnull=False)
    visible = Entry.objects.visible_to(scene.viewer).filter(pk__in=seconds.values("supersedes"))
    return {row.pk: row for row in with_payload(visible)}


def _chain(row: Entry, replaced: Mapping[int, Entry]) -> Iterator[Entry]:
    """What a correction replaced, what that replaced in turn, and so on to the first."""
    before = replaced.get(row.supersedes_id or 0)
    while before is not None:
        yield before
        before = replaced.get(before.supersedes_id or 0)


def _net(line: EntryLine, row: Entry, chain: Iterator[Entry], subjects: Mapping[Any, Any]) -> EntryLine:
    """The line of a correction with the change from before the first entry that it replaces."""
    changes: dict[str, Any] = dict(row.payload.changes)
    for before in chain:
        said = before.payload.changes
        changes |= {name: (said[name][0], pair[1]) for name, pair in changes.items() if name in said}
    return replace(
        line,
        change=status_change(row.subject_type, changes),
        value=value_change(changes, subjects.get(row.subject_id)),
    )
