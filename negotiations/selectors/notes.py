"""Notes on an item: threads of remarks and questions, as narrow as they are marked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from negotiations.models import MarkedItem, Note, Organisation, User

from .scene import Scene, also
from .words import words_of


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note with the replies to it; a question is open until somebody answers it."""

    public_id: UUID
    version: int
    text: str
    by: str
    written_at: datetime
    is_question: bool
    answered_at: datetime | None
    is_illustrative: bool
    marking: str
    replies: tuple[NoteLine, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.is_question and self.answered_at is None


def notes_on(scene: Scene, item: MarkedItem) -> list[NoteLine]:
    """The notes on an item, open questions first, then the newest; a hidden note leaves no trace."""
    also(scene, Note, subject_id=item.public_id)
    rows = [row for row in scene.all(Note) if row.written_at <= scene.at]
    names = _bylines(scene, rows)
    there = {row.pk for row in rows}
    replies: defaultdict[int, list[Note]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.written_at, row.pk)):
        if row.thread_id in there:
            replies[row.thread_id or 0].append(row)
    heads = [row for row in rows if row.thread_id not in there]
    lines = [_line(scene, row, names, tuple(_line(scene, one, names) for one in replies[row.pk])) for row in heads]
    return sorted(lines, key=lambda line: (line.is_open, line.written_at), reverse=True)


def _bylines(scene: Scene, rows: list[Note]) -> dict[int, str]:
    """Who wrote each note: the person for members of the negotiation, their desk for everybody else."""
    if scene.viewer.seat_in(scene.negotiation.pk):
        people = User.objects.in_bulk({row.author_id for row in rows})
        return {row.pk: str(people[row.author_id]) for row in rows}
    desks = Organisation.objects.in_bulk({row.organisation_id for row in rows if row.organisation_id})
    return {
        row.pk: words_of(desks[row.organisation_id], "byline").here if row.organisation_id in desks else _("An editor")
        for row in rows
    }


def _line(scene: Scene, row: Note, names: dict[int, str], replies: tuple[NoteLine, ...] = ()) -> NoteLine:
    return NoteLine(
        public_id=row.public_id,
        version=row.version,
        text=row.text,
        by=names[row.pk],
        written_at=row.written_at,
        is_question=row.is_question,
        answered_at=row.answered_at if row.answered_at and row.answered_at <= scene.at else None,
        is_illustrative=row.is_illustrative,
        marking=row.marking,
        replies=replies,
    )
