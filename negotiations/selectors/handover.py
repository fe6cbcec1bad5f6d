"""What whoever takes over needs to know: what changed, what is stale, what is asked, who owns what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from negotiations.history.both_clocks import told_by
from negotiations.models import Condition, Entry, Note, User
from negotiations.rules.facts import reading_order

from .entry_lines import EntryLine, entry_lines, with_payload
from .item_kinds import kind_named
from .reckoning import ConditionLine, Reckoning, condition_line

MOST = 40
SPAN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Question:
    """An open question, and what it is on."""

    text: str
    by: str
    asked_at: datetime
    marking: str
    noun: str
    ref: str


@dataclass(frozen=True, slots=True)
class Owned:
    """A condition with the person who keeps it current; `owner` is empty where nobody does."""

    line: ConditionLine
    owner: str
    key: str
    version: int


@dataclass(frozen=True, slots=True)
class Handover:
    """One page to hand a desk over with."""

    since: datetime
    changes: list[EntryLine]
    stale: list[ConditionLine]
    questions: list[Question]
    owned: list[Owned]


def handover(reckoning: Reckoning, since: datetime) -> Handover:
    """Read it for the reader of the scene; everything in it they may see."""
    scene = reckoning.scene
    entries = Entry.objects.visible_to(scene.viewer).filter(negotiation=scene.negotiation, inserted_at__gt=since)
    if scene.moment.is_past:
        entries = told_by(entries, scene.moment)
    rows = sorted(scene.all(Condition), key=lambda row: reading_order(reckoning.conditions[row.pk]))
    lines = {row.pk: condition_line(reckoning, row) for row in rows}
    owners = User.objects.in_bulk({row.owner_id for row in rows if row.owner_id})
    return Handover(
        since=since,
        changes=entry_lines(with_payload(entries.order_by("-seq")[:MOST]), viewer=scene.viewer),
        stale=[line for line in lines.values() if line.fresh.level in ("stale", "due", "never") and line.is_open],
        questions=open_questions(reckoning),
        owned=[
            Owned(lines[row.pk], str(owners.get(row.owner_id or 0, "")), str(row.public_id), row.version)
            for row in rows
            if lines[row.pk].is_open
        ],
    )


def open_questions(reckoning: Reckoning) -> list[Question]:
    """Questions nobody has answered, the oldest first."""
    scene = reckoning.scene
    rows = Note.objects.visible_to(scene.viewer).filter(
        negotiation=scene.negotiation, is_question=True, answered_at__isnull=True, written_at__lte=scene.at
    )
    notes = list(rows.select_related("author").order_by("written_at", "pk")[:MOST])
    refs: dict[object, str] = {}
    for noun in {note.subject_type for note in notes}:
        kind = kind_named(noun)
        asked = [note.subject_id for note in notes if note.subject_type == noun]
        about = kind._default_manager.visible_to(scene.viewer).filter(public_id__in=asked)
        refs |= {row.public_id: getattr(row, "ref", "") for row in about}
    return [
        Question(note.text, str(note.author), note.written_at, note.marking, note.subject_type, refs[note.subject_id])
        for note in notes
        if note.subject_id in refs
    ]


def mine_to_check(reckoning: Reckoning, user_id: int | None) -> list[tuple[ConditionLine, Condition]]:
    """The reader's own conditions that are due for a check, the longest unchecked first."""
    scene = reckoning.scene
    rows = [row for row in scene.all(Condition) if user_id is not None and row.owner_id == user_id]
    lines = [(condition_line(reckoning, row), row) for row in rows]
    due = [pair for pair in lines if pair[0].fresh.level in ("due", "stale", "never") and pair[0].is_open]
    return sorted(due, key=lambda pair: (pair[0].fresh.checked_at is not None, pair[0].fresh.checked_at, pair[1].pk))
