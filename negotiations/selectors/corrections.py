"""Every correction in the open: what was said before, what is said now, when, by whom and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from negotiations.history.both_clocks import told_by
from negotiations.models import Entry, Negotiation
from negotiations.rules.marking import Viewer

from .change_words import FieldChange, field_changes
from .entry_cursor import NEWEST_KNOWN, EntryCursor
from .entry_lines import Change, EntryLine, entry_lines, status_change, value_change, with_payload
from .named_ends import NamedEnds
from .scene import Scene

PAGE = 30
# What takes back what was said: in the record itself, or by whoever had said it.
MENDED = ("entry.corrected", "entry.undone", "entry.redacted")
TAKEN_BACK = ("source.retracted", "claim.withdrawn", "position.withdrawn")
CURSOR = EntryCursor("corrections-page")


@dataclass(frozen=True, slots=True)
class Mending:
    """A correction beside the entry it replaces; `before` is None for what was taken back by its maker.

    Of a redaction no words are told. `changes` are the told values, from what was said to what is said.
    """

    entry: EntryLine
    before: EntryLine | None
    status: Change | None
    value: Change | None
    fields: tuple[FieldChange, ...]
    changes: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class MendingPage:
    """A stretch of the log, newest first, and the way to the next, older one."""

    lines: tuple[Mending, ...]
    next_cursor: str


def corrections_of(negotiation: Negotiation, viewer: Viewer) -> QuerySet[Entry]:
    """The corrections a reader may see."""
    entries = Entry.objects.visible_to(viewer).filter(negotiation=negotiation)
    return entries.filter(verb__in=(*MENDED, *TAKEN_BACK))


def corrections_page(scene: Scene, *, verb: str = "", after: str = "") -> MendingPage:
    """The log as known by the scene's moment, older than the cursor's; an unreadable cursor starts anew."""
    entries = corrections_then(scene, verb=verb)
    rows = list(CURSOR.older(entries, after).order_by(*NEWEST_KNOWN)[: PAGE + 1].values_list("pk", flat=True))
    shown = rows[:PAGE]
    lines = mendings(with_payload(entries.filter(pk__in=shown)).order_by(*NEWEST_KNOWN), scene.viewer, scene)
    cursor = CURSOR.after(lines[-1].entry.public_id) if len(rows) > PAGE else ""
    return MendingPage(tuple(lines), cursor)


def corrections_then(scene: Scene, *, verb: str = "") -> QuerySet[Entry]:
    """The corrections that were so and known by the scene's moment, of one verb or of all."""
    entries = told_by(corrections_of(scene.negotiation, scene.viewer), scene.moment)
    return entries.filter(verb=verb) if verb else entries


def every_mending(entries: QuerySet[Entry], scene: Scene) -> Iterator[Mending]:
    """All of the corrections beside what they replace, newest known first, some read at a time."""
    for rows in CURSOR.chunks(with_payload(entries)):
        yield from mendings(rows, scene.viewer, scene)


def mendings(entries: Any, viewer: Viewer, scene: Scene | None = None) -> list[Mending]:
    """Corrections beside what they replace; one query more for all that was replaced."""
    rows = list(entries)
    visible = Entry.objects.visible_to(viewer)
    replaced = {row.pk: row for row in with_payload(visible.filter(pk__in=[row.supersedes_id for row in rows]))}
    lines = {line.pk: line for line in entry_lines([*rows, *replaced.values()], viewer=viewer, scene=scene)}
    told = {row.pk: _told(row, replaced.get(row.supersedes_id)) for row in rows}
    is_member = all(row.negotiation_id and viewer.seat_in(row.negotiation_id) for row in rows)
    ends = NamedEnds([(row.subject_type, told[row.pk]) for row in rows], viewer, is_member=is_member)
    return [_mending(row, lines, ends.seen(row.subject_type, told[row.pk]), ends) for row in rows]


def _told(row: Entry, before: Entry | None) -> dict[str, tuple[Any, Any]]:
    """What was said, and what is said now; nothing where words were destroyed."""
    if row.verb == "entry.redacted" or row.payload.redacted_at or (before and before.payload.redacted_at):
        return {}
    if row.verb == "entry.undone" or before is None:
        return {name: (pair[0], pair[1]) for name, pair in row.payload.changes.items() if pair[0] != pair[1]}
    return net_of(before, row)


def net_of(before: Entry, row: Entry) -> dict[str, tuple[Any, Any]]:
    """What an entry says otherwise than one that it replaced, at once or over others between them."""
    said = {name: pair[1] for name, pair in before.payload.changes.items()}
    now = {name: pair[1] for name, pair in row.payload.changes.items()}
    return {name: (said.get(name), value) for name, value in now.items() if said.get(name) != value}


def _mending(
    row: Entry, lines: Mapping[int, EntryLine], changes: Mapping[str, tuple[Any, Any]], ends: NamedEnds
) -> Mending:
    return Mending(
        entry=lines[row.pk],
        before=lines.get(row.supersedes_id or 0),
        status=status_change(row.subject_type, changes),
        value=value_change(changes, None),
        fields=tuple(field_changes(row.subject_type, changes, ends.words)),
        changes=changes,
    )
