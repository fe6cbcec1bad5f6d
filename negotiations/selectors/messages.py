"""Messages carried between the sides, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Message

from .people import Who, who
from .scene import Scene, also
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class MessageLine:
    """What a mediator carried from whom to whom, and what came back."""

    ref: str
    sender: Who | None
    carrier: Who | None
    recipient: Who | None
    subject: Words
    text: Words
    answer: Words
    carried_at: datetime
    marking: str
    is_illustrative: bool


def messages(scene: Scene, *, dispute: int | None = None, limit: int = 6) -> list[MessageLine]:
    """The newest messages the reader may see, of one dispute where it is named."""
    if Message not in scene.rows:
        also(scene, Message)
    rows = [row for row in scene.all(Message) if row.carried_at <= scene.at]
    rows = [row for row in rows if dispute is None or row.dispute_id == dispute]
    rows.sort(key=lambda row: (row.carried_at, row.pk), reverse=True)
    return [_line(scene, row) for row in rows[:limit]]


def _line(scene: Scene, row: Message) -> MessageLine:
    return MessageLine(
        ref=row.ref,
        sender=who(scene, row.sender_id),
        carrier=who(scene, row.carrier_id),
        recipient=who(scene, row.recipient_id),
        subject=words_of(row, "subject"),
        text=words_of(row, "text"),
        answer=words_of(row, "answer") if row.answered_at and row.answered_at <= scene.at else Words(""),
        carried_at=row.carried_at,
        marking=row.marking,
        is_illustrative=row.is_illustrative,
    )
