"""Entries told net: a correction from before what it corrects, what went to and fro from where it began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any
from uuid import UUID

from negotiations.models import Entry
from negotiations.rules.marking import narrowest

from .entry_lines import Change, EntryLine, entry_lines, status_change, subjects_of, value_change, with_payload
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


def netted(entries: Sequence[Entry], lines: Mapping[int, EntryLine]) -> list[EntryLine]:
    """The lines of entries in their order; in place of several moves of one status the last, told net of all.

    Moves that do not follow from one another, such as those of a late entry, stay as they are.
    """
    moves: defaultdict[UUID, list[EntryLine]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.seq):
        line = lines[entry.pk]
        if line.change and not line.is_replaced:
            moves[entry.subject_id].append(line)
    net: dict[int, EntryLine] = {}
    within: set[int] = set()
    for way in moves.values():
        if len(way) > 1 and all(_follows(one, other) for one, other in pairwise(way)):
            net[way[-1].pk] = _whole(way)
            within.update(line.pk for line in way[:-1])
    return [net.get(entry.pk, lines[entry.pk]) for entry in entries if entry.pk not in within]


def _follows(one: EntryLine, other: EntryLine) -> bool:
    before, after = one.change, other.change
    return (
        before is not None
        and after is not None
        and before.after_code == after.before_code
        and one.effective_at <= other.effective_at
    )


def _whole(way: Sequence[EntryLine]) -> EntryLine:
    """The last line of a way with the change from where it began."""
    first, last = way[0].change, way[-1].change
    assert first is not None  # noqa: S101  only moves are on a way
    assert last is not None  # noqa: S101
    values = [line.value for line in way if line.value is not None]
    value = Change(values[0].before, values[-1].after) if values else None
    return replace(
        way[-1],
        change=replace(last, before=first.before, before_code=first.before_code),
        value=value if value and value.before != value.after else None,
        marking=narrowest(line.marking for line in way),
        times=len(way),
    )
