"""Where actors stand: dated statements, the latest a reader may see being the current one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Position
from negotiations.rules.codes import Channel, Stance

from .people import Who, who
from .scene import Scene
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class PositionLine:
    """One statement of where an actor stands."""

    ref: str
    who: Who | None
    stance: str
    stance_label: str
    summary: Words
    quote: Words
    speaker: str
    channel: str
    channel_label: str
    stated_at: datetime
    marking: str


def position_lines(scene: Scene, rows: Iterable[Position]) -> list[PositionLine]:
    """The statements made by the scene's moment, newest first."""
    said = [row for row in rows if row.stated_at <= scene.at]
    return [_line(scene, row) for row in sorted(said, key=lambda row: (row.stated_at, row.pk), reverse=True)]


def current(lines: Iterable[PositionLine]) -> dict[int, PositionLine]:
    """The latest line of each actor, by the actor's id; `lines` come newest first."""
    latest: dict[int, PositionLine] = {}
    for line in lines:
        if line.who is not None:
            latest.setdefault(line.who.pk, line)
    return latest


def _line(scene: Scene, row: Position) -> PositionLine:
    return PositionLine(
        ref=row.ref,
        who=who(scene, row.actor_id),
        stance=row.stance,
        stance_label=Stance(row.stance).label,
        summary=words_of(row, "summary"),
        quote=Words(row.quote, language=row.quote_language or "en"),
        speaker=row.speaker,
        channel=row.channel,
        channel_label=Channel(row.channel).label,
        stated_at=row.stated_at,
        marking=row.marking,
    )
