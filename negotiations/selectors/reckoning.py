"""What the rules say of a scene: deadlines, freshness, gates, and the lines that show them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from negotiations.models import Condition, Dispute, Gate, Link, Party, Phase, ThirdParty
from negotiations.rules import facts
from negotiations.rules.anchors import Schedule
from negotiations.rules.codes import ConditionKind, ConditionStatus, QuantityPer
from negotiations.rules.deadlines import Deadline, deadlines, schedule_of
from negotiations.rules.freshness import Ages, Freshness, ages
from negotiations.rules.gates import GateStanding, Readiness, Reading, phase_in_question, readiness
from negotiations.rules.holds import HoldKind, Web, weave

from .scene import Scene
from .shaken import shaken_of
from .words import Words, words_of

Fact = TypeVar("Fact")


@dataclasses.dataclass(frozen=True, slots=True)
class FreshLine:
    """When a condition was last checked, and how that stands to its review interval, where it is under review."""

    level: str
    checked_at: datetime | None
    where: str
    evidence_at: datetime | None
    is_reviewed: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition as a row of a table."""

    pk: int
    ref: str
    title: Words
    status: str
    status_label: str
    status_since: datetime | None
    value: Decimal | None
    target: Decimal | None
    unit: Words
    due_at: datetime | None
    is_overdue: bool
    is_met_late: bool
    off_by: timedelta | None
    held_by: tuple[str, ...]
    fresh: FreshLine
    marking: str
    category: str
    is_open: bool
    retracted: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class GateCount:
    """How many of a phase's entry conditions hold, by one reading."""

    statuses: tuple[str, ...]
    met: int
    total: int


def fact(kind: type[Fact], row: Any, **more: Any) -> Fact:
    """The plain values of a row that a rule reads; relations by id."""
    values: dict[str, Any] = {}
    for one in dataclasses.fields(kind):  # type: ignore[arg-type]
        if one.name in more:
            continue
        if one.name == "id":
            values["id"] = row.pk
        elif hasattr(row, f"{one.name}_id"):
            values[one.name] = getattr(row, f"{one.name}_id")
        elif hasattr(row, one.name):
            values[one.name] = getattr(row, one.name)
    return kind(**values, **more)


@dataclasses.dataclass(slots=True)
class Reckoning:
    """The rules' answers for one scene, computed once for all the parts of a page.

    Facts name people by their actor and disputes by their public id, so that in the web of holds no
    two things share a key.
    """

    scene: Scene
    conditions: dict[int, facts.Condition]
    phases: dict[int, facts.Phase]
    gates: tuple[facts.Gate, ...]
    links: tuple[facts.Link, ...]
    disputes: tuple[facts.Dispute, ...]
    schedule: Schedule
    deadlines: dict[Any, Deadline]
    web: Web
    held_by: dict[int, tuple[str, ...]]
    shaken: Mapping[UUID, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    def ages(self, pk: int) -> Ages:
        return ages(self.conditions[pk], at=self.scene.at)

    def readiness(self, phase: int, when_declared: Mapping[facts.Key, str] | None = None) -> Readiness:
        return readiness(
            self.phases[phase],
            self.gates,
            self.conditions,
            at=self.scene.at,
            links=self.links,
            disputes=self.disputes,
            when_declared=when_declared,
        )

    def phase_in_question(self) -> Phase | None:
        """The phase the negotiation's verdict speaks of."""
        found = phase_in_question(self.phases.values())
        return self.scene.by_id(Phase)[found.id] if found else None


def reckon(scene: Scene, evidence: dict[int, datetime] | None = None) -> Reckoning:
    """Ask the rules once about everything in the scene; `evidence` is the newest evidence by condition."""
    conditions = _conditions(scene, evidence or {})
    phases = {row.pk: fact(facts.Phase, row) for row in scene.all(Phase)}
    links = tuple(fact(facts.Link, row) for row in scene.all(Link))
    disputes = tuple(
        fact(facts.Dispute, row, id=row.public_id, conditions=scene.of(Dispute, "conditions", row.pk))
        for row in scene.all(Dispute)
    )
    web = weave(conditions.values(), links, disputes, at=scene.at)
    negotiation = scene.negotiation
    schedule = schedule_of(
        conditions.values(),
        phases.values(),
        links,
        at=scene.at,
        entry_into_force_at=negotiation.entry_into_force_at,
        zone=ZoneInfo(negotiation.time_zone),
    )
    return Reckoning(
        scene=scene,
        conditions=conditions,
        phases=phases,
        gates=tuple(
            fact(facts.Gate, row, asserted_by=scene.of(Gate, "asserted_by", row.pk)) for row in scene.all(Gate)
        ),
        links=links,
        disputes=disputes,
        schedule=schedule,
        deadlines=dict(deadlines(conditions.values(), schedule, at=scene.at)),
        web=web,
        held_by=_held_by(web),
        shaken=shaken_of(scene),
    )


def _conditions(scene: Scene, newest: Mapping[int, datetime]) -> dict[int, facts.Condition]:
    seats: dict[int | None, int] = {row.pk: row.actor_id for row in scene.all(Party)}
    outsiders: dict[int | None, int] = {row.pk: row.actor_id for row in scene.all(ThirdParty)}
    return {
        row.pk: fact(
            facts.Condition,
            row,
            obligors=tuple(seats[pk] for pk in scene.of(Condition, "obligors", row.pk) if pk in seats),
            beneficiary=seats.get(row.beneficiary_id),
            verifier=outsiders.get(row.verifier_id),
            evidence_at=newest.get(row.pk),
        )
        for row in scene.all(Condition)
    }


def _held_by(web: Web) -> dict[int, tuple[str, ...]]:
    """Refs of what each open condition cannot get ahead of by itself: other conditions and open disputes."""
    held: dict[int, tuple[str, ...]] = {}
    for pk, holds in web.holds.items():
        binding = [hold for hold in holds if hold.is_binding and hold.kind is not HoldKind.NO_ACCESS]
        on = [web.disputes[hold.on] if hold.kind is HoldKind.DISPUTE else web.conditions[hold.on] for hold in binding]
        held[pk] = tuple(dict.fromkeys(one.ref for one in on))
    return held


def condition_line(reckoning: Reckoning, row: Condition) -> ConditionLine:
    """One condition with its flags at the scene's moment."""
    due = reckoning.deadlines.get(row.pk)
    return ConditionLine(
        pk=row.pk,
        ref=row.ref,
        title=words_of(row, "title"),
        status=row.status,
        status_label=status_label(row),
        status_since=row.status_since,
        value=row.value,
        # A ratio is no amount to reach: 15 for each one is told where the exchange is.
        target=None if row.per == QuantityPer.RATIO else row.target,
        unit=words_of(row, "unit"),
        due_at=due.moment.at if due else None,
        is_overdue=bool(due and due.is_overdue),
        is_met_late=bool(due and due.is_met_late),
        off_by=(due.overdue_by or due.late_by) if due else None,
        held_by=reckoning.held_by.get(row.pk, ()),
        fresh=fresh_line(reckoning.ages(row.pk), row.checked_where),
        marking=row.marking,
        category=row.category,
        is_open=not reckoning.conditions[row.pk].is_settled,
        retracted=reckoning.shaken.get(row.public_id, ()),
    )


def fresh_line(found: Ages, where: str) -> FreshLine:
    if found.checked_at is None:
        level = "none" if found.state is Freshness.NOT_REVIEWED else "never"
    else:
        level = {Freshness.DUE: "due", Freshness.STALE: "stale"}.get(found.state, "fresh")
    return FreshLine(level, found.checked_at, where, found.evidence_at, found.state is not Freshness.NOT_REVIEWED)


def status_label(row: Condition) -> str:
    """The word for the status; a continuous condition holds or does not hold."""
    return label_of(row.status, row.kind)


def label_of(status: str, kind: str) -> str:
    if kind == ConditionKind.CONTINUOUS and status == ConditionStatus.MET:
        return _("Holding")
    if kind == ConditionKind.CONTINUOUS and status == ConditionStatus.BREACHED:
        return _("Not holding")
    return ConditionStatus(status).label


def lines_in_order(reckoning: Reckoning) -> list[ConditionLine]:
    """All conditions in the order people read them: by phase, then C2 before C10."""
    scene = reckoning.scene
    numbers = {phase.pk: phase.number for phase in scene.all(Phase)}
    rows = sorted(
        scene.all(Condition),
        key=lambda row: (numbers.get(row.phase_id, 0), facts.reading_order(reckoning.conditions[row.pk])),
    )
    return [condition_line(reckoning, row) for row in rows]


def gate_count(reading: Reading) -> GateCount:
    """A reading of the gates as a bar: superseded ones are out."""
    counted = [gate for gate in reading.gates if gate.standing is not GateStanding.OUT]
    statuses = tuple("met" if gate.standing is GateStanding.SATISFIED else str(gate.status) for gate in counted)
    return GateCount(statuses, reading.satisfied, reading.total)
