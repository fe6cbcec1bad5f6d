"""Open disputes with where each party stands now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Condition, Dispute, Position
from negotiations.rules.codes import DisputeCategory, DisputeStatus, DisputeType, Rung
from negotiations.rules.facts import CLOSED_DISPUTES, reading_order

from .people import Who, parties
from .positions import PositionLine, current, position_lines
from .scene import Scene
from .shaken import shaken_of
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A party's current position in a row; None where it stated none."""

    who: Who
    position: PositionLine | None

    @property
    def stance(self) -> str:
        return self.position.stance if self.position else ""


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute as a row of a table; the question is what the stances answer.

    `retracted` names sources taken back under its status.
    """

    ref: str
    title: Words
    question: Words
    status: str
    status_label: str
    is_open: bool
    category: str
    category_label: str
    type: str
    type_label: str
    rung: str
    rung_label: str
    rung_due_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    holds: tuple[str, ...]
    cells: tuple[Cell, ...]
    others: tuple[Who, ...]
    marking: str
    retracted: tuple[str, ...]


def dispute_lines(scene: Scene, *, only_open: bool = True) -> list[DisputeLine]:
    """Disputes in the order of their refs, closed ones last."""
    rows = [row for row in scene.all(Dispute) if not only_open or row.status not in CLOSED_DISPUTES]
    said: defaultdict[int, list[Position]] = defaultdict(list)
    for position in scene.all(Position):
        if position.dispute_id is not None:
            said[position.dispute_id].append(position)
    rows.sort(key=lambda row: (row.status in CLOSED_DISPUTES, reading_order(row)))
    return [_line(scene, row, said[row.pk]) for row in rows]


def _line(scene: Scene, row: Dispute, said: Sequence[Position]) -> DisputeLine:
    latest = current(position_lines(scene, said))
    sides = parties(scene)
    conditions = scene.by_id(Condition)
    seated = {one.pk for one in sides}
    others = [line.who for pk, line in latest.items() if pk not in seated and line.who is not None]
    held = scene.of(Dispute, "conditions", row.pk)
    return DisputeLine(
        ref=row.ref,
        title=words_of(row, "title"),
        question=words_of(row, "question"),
        status=row.status,
        status_label=DisputeStatus(row.status).label,
        is_open=row.status not in CLOSED_DISPUTES,
        category=row.category,
        category_label=DisputeCategory(row.category).label,
        type=row.type,
        type_label=DisputeType(row.type).label,
        rung=row.rung,
        rung_label=Rung(row.rung).label,
        rung_due_at=row.rung_due_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at if row.closed_at and row.closed_at <= scene.at else None,
        holds=tuple(conditions[pk].ref for pk in held if pk in conditions),
        cells=tuple(Cell(one, latest.get(one.pk)) for one in sides),
        others=tuple(sorted(others, key=lambda one: one.name.text)),
        marking=row.marking,
        retracted=shaken_of(scene).get(row.public_id, ()),
    )
