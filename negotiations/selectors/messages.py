"""Messages carried between the sides, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Dispute, Meeting, Message

from .cited import sources_by_item
from .people import Who, who
from .scene import Scene, also
from .source_lines import SourceLine
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
    answered_at: datetime | None
    carried_at: datetime
    dispute: tuple[str, Words] | None
    meeting: tuple[str, Words] | None
    marking: str
    is_illustrative: bool
    sources: tuple[SourceLine, ...] = ()


def messages(scene: Scene, *, dispute: int | None = None, limit: int = 6) -> list[MessageLine]:
    """The newest messages the reader may see, of one dispute where it is named."""
    rows = [row for row in _carried(scene) if dispute is None or row.dispute_id == dispute]
    return [_line(scene, row) for row in rows[:limit]]


def message_log(scene: Scene, *, meeting: int | None = None) -> list[MessageLine]:
    """Every message, newest first, with what it rests on; of one meeting where it is named."""
    also(scene, Meeting)
    rows = [row for row in _carried(scene) if meeting is None or row.meeting_id == meeting]
    cited = sources_by_item(scene, rows)
    return [_line(scene, row, cited.get(row.public_id, ())) for row in rows]


def _carried(scene: Scene) -> list[Message]:
    if Message not in scene.rows:
        also(scene, Message)
    rows = [row for row in scene.all(Message) if row.carried_at <= scene.at]
    return sorted(rows, key=lambda row: (row.carried_at, row.pk), reverse=True)


def _line(scene: Scene, row: Message, sources: tuple[SourceLine, ...] = ()) -> MessageLine:
    answered = row.answered_at if row.answered_at and row.answered_at <= scene.at else None
    dispute = scene.by_id(Dispute).get(row.dispute_id or 0)
    meeting = scene.by_id(Meeting).get(row.meeting_id or 0)
    return MessageLine(
        ref=row.ref,
        sender=who(scene, row.sender_id),
        carrier=who(scene, row.carrier_id),
        recipient=who(scene, row.recipient_id),
        subject=words_of(row, "subject"),
        text=words_of(row, "text"),
        answer=words_of(row, "answer") if answered else Words(""),
        answered_at=answered,
        carried_at=row.carried_at,
        dispute=(dispute.ref, words_of(dispute, "title")) if dispute else None,
        meeting=(meeting.ref, words_of(meeting, "title")) if meeting else None,
        marking=row.marking,
        is_illustrative=row.is_illustrative,
        sources=sources,
    )
