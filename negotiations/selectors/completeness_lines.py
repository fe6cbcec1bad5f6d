"""What a roadmap leaves open, as a list to work off: by kind, with the items it concerns."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.models import Condition, Phase
from negotiations.rules.completeness import Gap, GapKind, gaps

from .reckoning import Reckoning
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class GapItem:
    """A condition or phase the text leaves something open about."""

    ref: str
    title: Words
    phase: int | None = None
    marking: str = ""


@dataclass(frozen=True, slots=True)
class GapLine:
    """One kind of gap; without items it concerns the roadmap as a whole."""

    kind: str
    label: str
    meaning: str
    items: tuple[GapItem, ...]


def completeness_lines(reckoning: Reckoning) -> list[GapLine]:
    """Every kind of gap the roadmap has, in the order in which the rules tell them; no queries."""
    found = gaps(reckoning.conditions.values(), reckoning.phases.values(), reckoning.gates)
    by_kind: dict[GapKind, list[Gap]] = {}
    for gap in found:
        by_kind.setdefault(gap.kind, []).append(gap)
    conditions, phases = reckoning.scene.by_id(Condition), reckoning.scene.by_id(Phase)
    return [
        GapLine(kind.value, kind.label, kind.definition, tuple(_items(by_kind[kind], conditions, phases)))
        for kind in GapKind
        if kind in by_kind
    ]


def _items(found: list[Gap], conditions: dict[int, Condition], phases: dict[int, Phase]) -> list[GapItem]:
    items = []
    for gap in found:
        if gap.condition is not None:
            row = conditions[gap.condition]
            items.append(GapItem(row.ref, words_of(row, "title"), marking=row.marking))
        elif gap.phase is not None:
            phase = phases[gap.phase]
            items.append(GapItem("", words_of(phase, "title"), phase.number, phase.marking))
    return items
