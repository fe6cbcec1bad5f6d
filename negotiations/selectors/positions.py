"""Where actors stand: dated statements, the latest a reader may see being the current one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from negotiations.models import Dispute, Position
from negotiations.rules.codes import Channel
from negotiations.rules.facts import is_standing
from negotiations.rules.stances import is_about_facts, stance_words

from .people import Who, who
from .scene import Scene
from .source_lines import SourceLine
from .words import Words, words_of

Cited = Mapping[UUID, tuple[SourceLine, ...]]


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
    placement: int | None = None
    sources: tuple[SourceLine, ...] = ()

    @property
    def taken_back(self) -> tuple[SourceLine, ...]:
        """The sources under the statement that were retracted."""
        return tuple(one for one in self.sources if one.is_retracted)


def standing(scene: Scene, rows: Iterable[Position]) -> list[Position]:
    """The statements made by the scene's moment and not taken back by then."""
    return [row for row in rows if row.stated_at <= scene.at and is_standing(row, scene.at)]


def position_lines(scene: Scene, rows: Iterable[Position], cited: Cited | None = None) -> list[PositionLine]:
    """The statements that stand at the scene's moment, newest first."""
    disputes = scene.by_id(Dispute)
    return [
        _line(scene, row, disputes.get(row.dispute_id or 0), (cited or {}).get(row.public_id, ()))
        for row in sorted(standing(scene, rows), key=lambda row: (row.stated_at, row.pk), reverse=True)
    ]


def current(lines: Iterable[PositionLine]) -> dict[int, PositionLine]:
    """The latest line of each actor, by the actor's id; `lines` come newest first."""
    latest: dict[int, PositionLine] = {}
    for line in lines:
        if line.who is not None:
            latest.setdefault(line.who.pk, line)
    return latest


def _line(scene: Scene, row: Position, dispute: Dispute | None, sources: tuple[SourceLine, ...]) -> PositionLine:
    about_facts = dispute is not None and is_about_facts(dispute.category, dispute.type)
    return PositionLine(
        ref=row.ref,
        who=who(scene, row.actor_id),
        stance=row.stance,
        stance_label=stance_words(row.stance, about_facts=about_facts),
        summary=words_of(row, "summary"),
        quote=Words(row.quote, language=row.quote_language or "en"),
        speaker=row.speaker,
        channel=row.channel,
        channel_label=Channel(row.channel).label,
        stated_at=row.stated_at,
        marking=row.marking,
        placement=row.placement,
        sources=sources,
    )
