"""Meetings: rounds, sessions and shuttle legs, with who took part and what came of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Meeting, Position
from negotiations.rules.codes import MeetingKind, TalksFormat

from .cited import sources_by_item
from .messages import MessageLine, message_log
from .notes import NoteLine, notes_on
from .people import Who, who
from .positions import PositionLine, position_lines
from .proposals import ProposalLine, proposal_lines
from .scene import Scene, also
from .source_lines import SourceLine
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as a row of a table."""

    ref: str
    kind_label: str
    format_label: str
    title: Words
    place: Words
    starts_at: datetime
    ends_at: datetime | None
    participants: tuple[Who, ...]
    outcome: Words
    is_ahead: bool
    marking: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything the page of a meeting shows."""

    line: MeetingLine
    agenda: str
    sources: tuple[SourceLine, ...]
    messages: tuple[MessageLine, ...]
    positions: tuple[PositionLine, ...]
    proposals: tuple[ProposalLine, ...]
    notes: tuple[NoteLine, ...]


def meeting_lines(scene: Scene) -> list[MeetingLine]:
    """All meetings, the latest first; what lies ahead of the scene's moment is said to."""
    also(scene, Meeting)
    rows = sorted(scene.all(Meeting), key=lambda row: (row.starts_at, row.pk), reverse=True)
    return [_line(scene, row) for row in rows]


def meeting_page(scene: Scene, row: Meeting) -> MeetingPage:
    """Read a meeting with the messages, positions and proposals that belong to it."""
    line = _line(scene, row)
    said = [one for one in scene.all(Position) if one.meeting_id == row.pk]
    return MeetingPage(
        line=line,
        agenda=row.agenda,
        sources=sources_by_item(scene, [row]).get(row.public_id, ()),
        messages=tuple(message_log(scene, meeting=row.pk)),
        positions=tuple(position_lines(scene, said, sources_by_item(scene, said))),
        proposals=tuple(proposal_lines(scene, meeting=row.pk)),
        notes=tuple(notes_on(scene, row)),
    )


def _line(scene: Scene, row: Meeting) -> MeetingLine:
    has_begun = row.starts_at <= scene.at
    return MeetingLine(
        ref=row.ref,
        kind_label=MeetingKind(row.kind).label,
        format_label=TalksFormat(row.format).label if row.format else "",
        title=words_of(row, "title"),
        place=words_of(row, "place"),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        participants=tuple(_participants(scene, row)),
        outcome=words_of(row, "outcome") if has_begun else Words(""),
        is_ahead=not has_begun,
        marking=row.marking,
    )


def _participants(scene: Scene, row: Meeting) -> Iterator[Who]:
    """Those the negotiation knows, parties first, each A-Z by English name."""
    found = [who(scene, pk) for pk in scene.of(Meeting, "participants", row.pk)]
    yield from sorted((one for one in found if one), key=lambda one: (not one.is_party, one.name.text))
