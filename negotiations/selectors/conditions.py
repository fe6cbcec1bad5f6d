"""All conditions of a negotiation, phase by phase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from negotiations.models import Condition, Party, Phase, User
from negotiations.rules.codes import ConditionCategory, PhaseStatus
from negotiations.rules.facts import reading_order

from .people import Who, who
from .reckoning import ConditionLine, Reckoning, condition_line
from .scene import Scene
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class PhaseGroup:
    """A phase with its conditions in reading order."""

    number: int
    title: Words
    status_label: str
    lines: tuple[ConditionLine, ...]


@dataclass(frozen=True, slots=True)
class ListedCondition:
    """A condition with what a list is narrowed by; the owner is told to members only."""

    line: ConditionLine
    phase: int
    category_label: str
    obligors: tuple[Who, ...]
    owner: str
    owner_name: str
    is_mine: bool
    text: str


def listed_conditions(reckoning: Reckoning) -> list[ListedCondition]:
    """Every condition in the order people read them: by phase, then C2 before C10."""
    scene = reckoning.scene
    numbers = {phase.pk: phase.number for phase in scene.all(Phase)}
    owners = _owners(scene)
    rows = sorted(
        scene.all(Condition),
        key=lambda row: (numbers.get(row.phase_id, 0), reading_order(reckoning.conditions[row.pk])),
    )
    return [_listed(reckoning, row, numbers.get(row.phase_id, 0), owners) for row in rows]


def grouped(scene: Scene, conditions: Iterable[ListedCondition]) -> list[PhaseGroup]:
    """Conditions under their phases; phases without any are left out."""
    by_phase: dict[int, list[ConditionLine]] = {}
    for one in conditions:
        by_phase.setdefault(one.phase, []).append(one.line)
    return [
        PhaseGroup(
            phase.number, words_of(phase, "title"), PhaseStatus(phase.status).label, tuple(by_phase[phase.number])
        )
        for phase in sorted(scene.all(Phase), key=lambda phase: phase.number)
        if phase.number in by_phase
    ]


def _owners(scene: Scene) -> dict[int, User]:
    if not scene.viewer.seat_in(scene.negotiation.pk):
        return {}
    return User.objects.in_bulk({row.owner_id for row in scene.all(Condition) if row.owner_id})


def _listed(reckoning: Reckoning, row: Condition, phase: int, owners: dict[int, User]) -> ListedCondition:
    scene = reckoning.scene
    seats = scene.by_id(Party)
    people = [who(scene, seats[pk].actor_id) for pk in scene.of(Condition, "obligors", row.pk) if pk in seats]
    owner = owners.get(row.owner_id or 0)
    return ListedCondition(
        line=condition_line(reckoning, row),
        phase=phase,
        category_label=ConditionCategory(row.category).label,
        obligors=tuple(sorted((one for one in people if one), key=lambda one: one.name.text)),
        owner=str(owner) if owner else "",
        owner_name=owner.username if owner else "",
        is_mine=owner is not None and owner.pk == scene.viewer.user_id,
        text=f"{row.text} {row.text_ar}",
    )
