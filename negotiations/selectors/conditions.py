"""All conditions of a negotiation, phase by phase."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.models import Condition, Phase
from negotiations.rules.codes import PhaseStatus
from negotiations.rules.facts import reading_order

from .reckoning import ConditionLine, Reckoning, condition_line
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class PhaseGroup:
    """A phase with its conditions in reading order."""

    number: int
    title: Words
    status_label: str
    lines: tuple[ConditionLine, ...]


def conditions_by_phase(reckoning: Reckoning) -> list[PhaseGroup]:
    """Phases that have conditions, in the order of their numbers."""
    scene = reckoning.scene
    groups = []
    for phase in sorted(scene.all(Phase), key=lambda phase: phase.number):
        rows = [row for row in scene.all(Condition) if row.phase_id == phase.pk]
        rows.sort(key=lambda row: reading_order(reckoning.conditions[row.pk]))
        if rows:
            lines = tuple(condition_line(reckoning, row) for row in rows)
            groups.append(PhaseGroup(phase.number, words_of(phase, "title"), PhaseStatus(phase.status).label, lines))
    return groups
