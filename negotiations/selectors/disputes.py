"""Open disputes with where each party stands now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from negotiations.models import Condition, Dispute, Position
from negotiations.rules.codes import DisputeStatus, Rung
from negotiations.rules.facts import CLOSED_DISPUTES, reading_order

from .people import Who, parties
from .positions import PositionLine, current, position_lines
from .scene import Scene
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
    """A dispute as a row of a table."""

    ref: str
    title: Words
    status: str
    status_label: str
    rung_label: str
    holds: tuple[str, ...]
    cells: tuple[Cell, ...]
    others: tuple[Who, ...]
    marking: str


def dispute_lines(scene: Scene, *, only_open: bool = True) -> list[DisputeLine]:
    """Disputes in the order of their refs."""
    rows = [row for row in scene.all(Dispute) if not only_open or row.status not in CLOSED_DISPUTES]
    said: defaultdict[int, list[Position]] = defaultdict(list)
    for position in scene.all(Position):
        if position.dispute_id is not None:
            said[position.dispute_id].append(position)
    return [_line(scene, row, said[row.pk]) for row in sorted(rows, key=reading_order)]


def _line(scene: Scene, row: Dispute, said: list[Position]) -> DisputeLine:
    latest = current(position_lines(scene, said))
    sides = parties(scene)
    conditions = scene.by_id(Condition)
    seated = {one.pk for one in sides}
    others = [line.who for pk, line in latest.items() if pk not in seated and line.who is not None]
    held = scene.of(Dispute, "conditions", row.pk)
    return DisputeLine(
        ref=row.ref,
        title=words_of(row, "title"),
        status=row.status,
        status_label=DisputeStatus(row.status).label,
        rung_label=Rung(row.rung).label,
        holds=tuple(conditions[pk].ref for pk in held if pk in conditions),
        cells=tuple(Cell(one, latest.get(one.pk)) for one in sides),
        others=tuple(sorted(others, key=lambda one: one.name.text)),
        marking=row.marking,
    )
