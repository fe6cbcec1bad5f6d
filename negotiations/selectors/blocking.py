"""What blocks a phase: what each unmet entry condition waits for, and the next steps under the text."""

from __future__ import annotations

from collections.abc import Iterable

from negotiations.models import Clause, Condition, Dispute, Instrument, Phase
from negotiations.rules.blockers import Blocked, MutualPrecondition, blockers, phase_blockers, unlocks
from negotiations.rules.codes import PhaseStatus
from negotiations.rules.facts import Key
from negotiations.rules.gates import GateState, Readiness, Reading
from negotiations.rules.holds import Hold, HoldKind
from negotiations.rules.steps import NextStep, next_steps
from negotiations.rules.verdict import gate_reason

from .blocking_lines import (
    BlockedLine,
    Blocking,
    ClauseLine,
    GateLine,
    GateReading,
    MutualLine,
    Named,
    StepLine,
    UnlockLine,
    Wait,
    named_condition,
    named_dispute,
)
from .people import Who, who
from .reckoning import Reckoning
from .scene import Scene, also
from .words import Words, words_of

# What follows from a step is worked out for the first ones only: each asks for a walk over the whole web.
FORESEEN = 12
UNDER_WAY = (PhaseStatus.ACTIVE, PhaseStatus.SUSPENDED)


def blocking(reckoning: Reckoning, ready: Readiness) -> Blocking:
    """Return what blocks a phase; two queries for the clauses, whatever the size."""
    return blockings(reckoning, [ready])[0]


def blockings(reckoning: Reckoning, phases: Iterable[Readiness]) -> list[Blocking]:
    """Return what blocks each of several phases, with the same two queries as one."""
    asked = tuple(phases)
    book = _Book(reckoning, asked)
    return [book.blocking(ready) for ready in asked]


class _Book:
    """Looks up by key what the rules speak of, and puts their answers into lines."""

    def __init__(self, reckoning: Reckoning, phases: tuple[Readiness, ...]) -> None:
        self.reckoning, self.scene, self.web = reckoning, reckoning.scene, reckoning.web
        self.phases = phases
        self.conditions = self.scene.by_id(Condition)
        self.disputes = {row.public_id: row for row in self.scene.all(Dispute)}
        self.clauses = _clauses(self.scene, reckoning)
        # Where a text names no entry conditions, what is open in the phases under way is what there is to do.
        live = {pk for pk, phase in reckoning.phases.items() if phase.status in UNDER_WAY}
        self.under_way = [pk for pk, one in reckoning.conditions.items() if one.phase in live]
        self.people: dict[Key, Who | None] = {}
        self.seen: dict[Key, Named] = {}

    def blocking(self, ready: Readiness) -> Blocking:
        phase = self.scene.by_id(Phase)[ready.phase]
        return Blocking(
            phase=phase.pk,
            number=phase.number,
            title=words_of(phase, "title"),
            at=ready.at,
            text=self.reading(ready.text),
            others=tuple(self.reading(one) for one in ready.others),
            phase_disputes=tuple(self.dispute(key) for key in ready.disputes),
        )

    def reading(self, reading: Reading) -> GateReading:
        found = phase_blockers(self.web, reading)
        if not reading.gates:
            found = blockers(self.web, self.under_way)
        roots = frozenset(found.roots)
        return GateReading(
            by=self.actor(reading.asserted_by) if reading.asserted_by is not None else None,
            satisfied=reading.satisfied,
            open=reading.open,
            total=reading.total,
            gates=tuple(self.gate(state) for state in reading.gates),
            blocked=tuple(self.blocked(one, is_entry=one.condition in roots) for one in found.conditions),
            groups=tuple(self.mutual(group) for group in found.groups),
            disputes=tuple(self.dispute(key) for key in found.disputes),
            chain=tuple(tuple(self.condition(key) for key in step) for step in found.longest_chain),
            steps=tuple(self.step(step, place) for place, step in enumerate(next_steps(self.web, found))),
        )

    def gate(self, state: GateState) -> GateLine:
        instead = self.condition(state.alternative).ref if state.alternative is not None else ""
        return GateLine(
            condition=self.condition(state.condition),
            standing=state.standing.value,
            standing_label=state.standing.label,
            reason=gate_reason(state, instead),
            clause=self.clauses.get(state.clause),
            disputes=tuple(self.dispute(key) for key in state.disputes),
        )

    def blocked(self, one: Blocked, *, is_entry: bool) -> BlockedLine:
        return BlockedLine(
            pk=one.condition,
            condition=self.condition(one.condition),
            obligors=self.actors(self.web.conditions[one.condition].obligors),
            is_entry=is_entry,
            is_blocked=one.is_blocked,
            layer=one.layer,
            group=one.group,
            waits=tuple(self.wait(one.condition, hold) for hold in one.holds),
        )

    def wait(self, waiting: Key, hold: Hold) -> Wait:
        on = None
        if hold.kind is HoldKind.DISPUTE:
            on = self.dispute(hold.on)
        elif hold.is_on_condition:
            on = self.condition(hold.on)
        return Wait(
            kind=hold.kind.value,
            kind_label=hold.kind.label,
            is_binding=hold.is_binding,
            on=on,
            actor=self.actor(hold.on) if hold.kind is HoldKind.NO_ACCESS else None,
            ratio=hold.ratio,
            owed=hold.owed,
            unit=words_of(self.conditions[waiting], "unit"),
            clause=self.clauses.get(hold.clause),
        )

    def mutual(self, group: MutualPrecondition) -> MutualLine:
        return MutualLine(tuple(self.condition(key) for key in group.conditions), self.actors(group.parties))

    def step(self, step: NextStep, place: int) -> StepLine:
        unit = words_of(self.conditions[step.conditions[0]], "unit") if step.owed is not None else Words("")
        return StepLine(
            kind=step.kind,
            conditions=tuple(self.condition(key) for key in step.conditions),
            actors=self.actors(step.actors),
            clauses=tuple(self.clauses[key] for key in step.clauses if key in self.clauses),
            held_by=tuple(self.dispute(key) for key in step.held_by),
            dispute=self.dispute(step.dispute) if step.dispute is not None else None,
            owed=step.owed,
            unit=unit,
            unlocks=self.unlock(step) if place < FORESEEN and step.dispute is None else None,
        )

    def unlock(self, step: NextStep) -> UnlockLine | None:
        found = unlocks(self.web, step.conditions, self.phases)
        if not found.conditions and not found.phases:
            return None
        phases = self.scene.by_id(Phase)
        freed = tuple(self.condition(key) for key in found.conditions)
        return UnlockLine(freed, tuple(phases[key].number for key in found.phases))

    def condition(self, key: Key) -> Named:
        if key not in self.seen:
            row = self.conditions[key]
            self.seen[key] = named_condition(row, self.reckoning.shaken.get(row.public_id, ()))
        return self.seen[key]

    def dispute(self, key: Key) -> Named:
        if key not in self.seen:
            self.seen[key] = named_dispute(self.disputes[key])
        return self.seen[key]

    def actor(self, key: Key | None) -> Who | None:
        if key not in self.people:
            self.people[key] = who(self.scene, key)
        return self.people[key]

    def actors(self, keys: Iterable[Key]) -> tuple[Who, ...]:
        """By their English name, the order in which every list of people stands."""
        found = {one.pk: one for one in (self.actor(key) for key in keys) if one is not None}
        return tuple(sorted(found.values(), key=lambda one: one.name.text))


def _clauses(scene: Scene, reckoning: Reckoning) -> dict[Key, ClauseLine]:
    """The visible clauses that conditions, links and gates of the scene name."""
    wanted: set[Key] = {one.clause for one in reckoning.conditions.values() if not one.is_settled}
    wanted |= {one.clause for one in reckoning.links} | {one.clause for one in reckoning.gates}
    clauses = Clause.objects.filter(pk__in=wanted - {None})
    # Instruments first: in the past, a clause finds its instrument only among the rows at hand.
    also(scene, Instrument, pk__in=clauses.values("instrument"))
    also(scene, Clause, pk__in=clauses.values("pk"))
    titles = {row.pk: words_of(row, "title") for row in scene.all(Instrument)}
    return {row.pk: _clause(row, titles.get(row.instrument_id, Words(""))) for row in scene.all(Clause)}


def _clause(row: Clause, instrument: Words) -> ClauseLine:
    text = words_of(row, "text", row.text_language)
    return ClauseLine(row.public_id, row.number, instrument, text, row.is_paraphrase)
