"""Readiness of a phase: which of its entry conditions hold, by the text and by each actor who asserts others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from .alternatives import alternatives, standing_in
from .codes import Code, ConditionStatus, GateAuthority, PhaseStatus
from .codes.base import gettext_noop as _
from .facts import Condition, Dispute, Gate, Key, Link, Phase, is_standing, reading_order

WAITING = (PhaseStatus.NOT_STARTED, PhaseStatus.NEGOTIATING_TERMS, PhaseStatus.TRANSITION_PENDING)


class GateStanding(Code):
    SATISFIED = "satisfied", _("Satisfied"), _("Its condition is met or waived.")
    OPEN = "open", _("Open"), _("Its condition is neither met nor waived.")
    OUT = "out", _("Out"), _("Its condition was superseded; it no longer counts.")


class VerdictKind(Code):
    UNMET = "unmet", _("Not started, entry conditions unmet")
    READY = "ready", _("Not started, entry conditions met")
    NO_GATES = "no_gates", _("Not started, no entry conditions in the text")
    DECLARED = "declared", _("Declared")
    STARTED = "started", _("Started")
    COMPLETED = "completed", _("Completed")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    COLLAPSED = "collapsed", _("Collapsed")
    SUPERSEDED = "superseded", _("Superseded")


@dataclass(frozen=True, slots=True)
class GateState:
    """One gate: how it stands and why.

    `status` is that of its condition; `alternative` is the condition that holds in its place.
    `disputes` are the open ones over whether the gate exists at all.
    """

    gate: Key
    condition: Key
    standing: GateStanding
    status: ConditionStatus
    alternative: Key | None = None
    clause: Key | None = None
    disputes: tuple[Key, ...] = ()

    @property
    def is_disputed(self) -> bool:
        return bool(self.disputes)


@dataclass(frozen=True, slots=True)
class Reading:
    """The gates that one authority asserts: the text (`asserted_by` None) or one actor. Never summed."""

    asserted_by: Key | None
    gates: tuple[GateState, ...] = ()

    def _count(self, standing: GateStanding) -> int:
        return sum(gate.standing is standing for gate in self.gates)

    @property
    def satisfied(self) -> int:
        return self._count(GateStanding.SATISFIED)

    @property
    def open(self) -> int:
        return self._count(GateStanding.OPEN)

    @property
    def out(self) -> int:
        return self._count(GateStanding.OUT)

    @property
    def total(self) -> int:
        """What counts: superseded gates do not."""
        return self.satisfied + self.open

    @property
    def disputed(self) -> int:
        """How many of the gates that count are themselves in dispute."""
        return sum(gate.is_disputed and gate.standing is not GateStanding.OUT for gate in self.gates)


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who declared the phase what and when; `open` of `total` gates of the text then, None where unknown."""

    status: PhaseStatus
    by: Key
    at: datetime
    open: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a phase in one sentence: by the gates of the text alone."""

    kind: VerdictKind
    phase: Key
    number: int
    status: PhaseStatus
    open: int = 0
    total: int = 0
    waived: int = 0
    disputed: int = 0
    declaration: Declaration | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """A phase at a moment: the reading of the text, those of the actors beside it, and the verdict.

    `others` stand side by side in the order of their first gate; `disputes` are the open ones over the
    phase itself.
    """

    phase: Key
    at: datetime
    text: Reading
    others: tuple[Reading, ...]
    verdict: Verdict
    disputes: tuple[Key, ...] = ()


def readiness(
    phase: Phase,
    gates: Iterable[Gate],
    conditions: Mapping[Key, Condition],
    *,
    at: datetime,
    links: Iterable[Link] = (),
    disputes: Iterable[Dispute] = (),
    when_declared: Mapping[Key, str] | None = None,
) -> Readiness:
    """Return how ready `phase` is at `at`, from what the reader may see.

    `when_declared` holds the statuses of the conditions at the moment of the declaration. A gate whose
    condition is not among `conditions` does not exist for this reader.
    """
    mine = [gate for gate in gates if gate.phase == phase.id and gate.condition in conditions]
    mine.sort(key=lambda gate: (reading_order(conditions[gate.condition]), str(gate.id)))
    stand_in = alternatives(links, at)
    holding = [dispute for dispute in disputes if dispute.is_holding]
    over = _over_gates(holding)
    standing = [gate for gate in mine if is_standing(gate, at)]
    states = {gate.id: _state(gate, conditions, stand_in, over.get(gate.id, ())) for gate in standing}
    text = Reading(None, tuple(states[gate.id] for gate in standing if gate.authority == GateAuthority.TEXT))
    declaration = _declaration(phase, mine, conditions, stand_in, when_declared, at)
    return Readiness(
        phase=phase.id,
        at=at,
        text=text,
        others=_others(standing, states),
        verdict=_verdict(phase, text, declaration),
        disputes=tuple(one.id for one in sorted(holding, key=reading_order) if one.phase == phase.id),
    )


def phase_in_question(phases: Iterable[Phase]) -> Phase | None:
    """Return the phase a negotiation's verdict speaks of: the next one to start.

    Where none waits, the one under way or suspended with the highest number; else the first that
    collapsed, which is where the process ended; else the last; None where there is none.
    """
    ordered = sorted(phases, key=lambda phase: phase.number)
    waiting = [phase for phase in ordered if phase.status in WAITING]
    if waiting:
        return waiting[0]
    live = [phase for phase in ordered if phase.status in (PhaseStatus.ACTIVE, PhaseStatus.SUSPENDED)]
    collapsed = [phase for phase in ordered if phase.status == PhaseStatus.COLLAPSED]
    return next(reversed(live or collapsed[:1] or ordered), None)


def _state(
    gate: Gate, conditions: Mapping[Key, Condition], stand_in: Mapping[Key, tuple[Key, ...]], disputes: tuple[Key, ...]
) -> GateState:
    item = conditions[gate.condition]
    instead = None if item.is_settled else standing_in(item.id, conditions, stand_in)
    standing = GateStanding.SATISFIED if item.holds or instead is not None else GateStanding.OPEN
    if item.status == ConditionStatus.SUPERSEDED:
        standing = GateStanding.OUT
    return GateState(gate.id, item.id, standing, ConditionStatus(item.status), instead, gate.clause, disputes)


def _others(gates: list[Gate], states: Mapping[Key, GateState]) -> tuple[Reading, ...]:
    readings: dict[Key, list[GateState]] = defaultdict(list)
    for gate in gates:
        if gate.authority == GateAuthority.ACTORS:
            for actor in sorted(gate.asserted_by, key=str):
                readings[actor].append(states[gate.id])
    return tuple(Reading(actor, tuple(mine)) for actor, mine in readings.items())


def _over_gates(disputes: list[Dispute]) -> dict[Key, tuple[Key, ...]]:
    found: dict[Key, list[Key]] = defaultdict(list)
    for dispute in sorted(disputes, key=reading_order):
        if dispute.gate is not None:
            found[dispute.gate].append(dispute.id)
    return {gate: tuple(keys) for gate, keys in found.items()}


def _declaration(
    phase: Phase,
    gates: list[Gate],
    conditions: Mapping[Key, Condition],
    stand_in: Mapping[Key, tuple[Key, ...]],
    statuses: Mapping[Key, str] | None,
    at: datetime,
) -> Declaration | None:
    if not phase.declared_status or phase.declared_by is None or phase.declared_at is None or phase.declared_at > at:
        return None
    declared = Declaration(PhaseStatus(phase.declared_status), phase.declared_by, phase.declared_at)
    if statuses is None:
        return declared
    asked = {gate.condition for gate in gates}
    asked.update(other for key in tuple(asked) for other in stand_in.get(key, ()))
    then = {key: replace(conditions[key], status=statuses[key]) for key in asked & conditions.keys() & statuses.keys()}
    counted = [
        _state(gate, then, stand_in, ())
        for gate in gates
        if gate.authority == GateAuthority.TEXT and gate.condition in then and is_standing(gate, phase.declared_at)
    ]
    reading = Reading(None, tuple(counted))
    return replace(declared, open=reading.open, total=reading.total)


def _verdict(phase: Phase, text: Reading, declaration: Declaration | None) -> Verdict:
    return Verdict(
        kind=_kind(phase, text, declaration),
        phase=phase.id,
        number=phase.number,
        status=PhaseStatus(phase.status),
        open=text.open,
        total=text.total,
        waived=sum(gate.status is ConditionStatus.WAIVED for gate in text.gates),
        disputed=text.disputed,
        declaration=declaration,
    )


def _kind(phase: Phase, text: Reading, declaration: Declaration | None) -> VerdictKind:
    if phase.status == PhaseStatus.ACTIVE:
        return VerdictKind.STARTED
    if phase.status not in WAITING:
        return VerdictKind(phase.status)
    if declaration is not None and declaration.status is PhaseStatus.ACTIVE:
        return VerdictKind.DECLARED
    if not text.total:
        return VerdictKind.NO_GATES
    return VerdictKind.UNMET if text.open else VerdictKind.READY
