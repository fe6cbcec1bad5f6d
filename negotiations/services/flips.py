"""What the clock alone sets: conditions due soon, overdue or stale, and phases whose entry conditions are all met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min

from negotiations.models import Condition, Dispute, Entry, Gate, Link, MarkedItem, Negotiation, Phase
from negotiations.rules import facts
from negotiations.rules.codes import GateAuthority
from negotiations.rules.deadlines import Deadline, deadlines, schedule_of
from negotiations.rules.freshness import ages
from negotiations.rules.gates import VerdictKind, readiness
from negotiations.rules.marking import rank
from negotiations.selectors.reckoning import fact

OVERDUE, STALE = "condition.overdue", "condition.stale"
DUE_SOON, DUE_TOMORROW = "condition.due_soon", "condition.due_tomorrow"
GATE_MET = "phase.gate_met"
Item = TypeVar("Item", bound=MarkedItem)
SOON, TOMORROW = timedelta(days=7), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Flip:
    """Something that time or the sum of other changes has set on an item, and since when."""

    item: MarkedItem
    verb: str
    at: datetime

    @property
    def key(self) -> tuple[UUID, str, datetime]:
        return self.item.public_id, self.verb, self.at


@dataclass(frozen=True, slots=True)
class Structure:
    """The structure of a negotiation, all of it or what every reader of items of one marking may see."""

    negotiation: Negotiation
    conditions: list[Condition]
    phases: list[Phase]
    links: list[Link]
    gates: list[Gate]
    disputes: list[Dispute]

    def within(self, marking: str) -> Structure:
        """Without what some readers of items so marked may not see."""
        return Structure(
            self.negotiation,
            _within(self.conditions, marking),
            _within(self.phases, marking),
            _within(self.links, marking),
            _within(self.gates, marking),
            _within(self.disputes, marking),
        )


def flips(negotiation: Negotiation, now: datetime) -> Iterator[Flip]:
    """Everything that is so by now of a negotiation's conditions and phases, told or not.

    Each item is judged by what all its readers may see: an anchor or a gate that some of them may not
    know must not show in an entry they read.
    """
    whole = _structure(negotiation)
    for marking in sorted({row.marking for row in [*whole.conditions, *whole.phases]}, key=rank):
        scope = whole.within(marking)
        yield from _of_conditions(scope, [row for row in scope.conditions if row.marking == marking], now)
        yield from _of_phases(scope, [row for row in scope.phases if row.marking == marking], now)


def _structure(negotiation: Negotiation) -> Structure:
    return Structure(
        negotiation,
        list(Condition.objects.filter(negotiation=negotiation).order_by("pk")),
        list(Phase.objects.filter(negotiation=negotiation).order_by("pk")),
        list(Link.objects.filter(negotiation=negotiation)),
        list(Gate.objects.filter(negotiation=negotiation)),
        list(Dispute.objects.filter(negotiation=negotiation).prefetch_related("conditions")),
    )


def _within(rows: Iterable[Item], marking: str) -> list[Item]:
    """The rows that every reader of items so marked may see; structure is marked no narrower than AMBER."""
    return [row for row in rows if rank(row.marking) <= rank(marking)]


def _of_conditions(scope: Structure, mine: list[Condition], now: datetime) -> Iterator[Flip]:
    known = _facts(scope.conditions)
    schedule = schedule_of(
        known.values(),
        [fact(facts.Phase, row) for row in scope.phases],
        [fact(facts.Link, row) for row in scope.links],
        at=now,
        entry_into_force_at=scope.negotiation.entry_into_force_at,
        zone=ZoneInfo(scope.negotiation.time_zone),
    )
    due = deadlines([known[row.pk] for row in mine], schedule, at=now)
    for row in mine:
        if (found := due.get(row.pk)) is not None and not known[row.pk].is_settled:
            yield from _of_deadline(row, found, now)
        age = ages(known[row.pk], at=now)
        if age.is_stale and age.stale_at is not None:
            yield Flip(row, STALE, age.stale_at)


def _of_deadline(row: Condition, found: Deadline, now: datetime) -> Iterator[Flip]:
    """How near the due moment is, told at one moment each: what an outage skipped is not told late."""
    due = found.moment.at
    if due is None:
        return
    if found.is_overdue:
        yield Flip(row, OVERDUE, due)
    elif now >= due - TOMORROW:
        yield Flip(row, DUE_TOMORROW, due - TOMORROW)
    elif now >= due - SOON:
        yield Flip(row, DUE_SOON, due - SOON)


def _of_phases(scope: Structure, mine: Iterable[Phase], now: datetime) -> Iterator[Flip]:
    """Phases that wait for nothing in the text any more, since the last of their gates was satisfied."""
    known = _facts(scope.conditions)
    gates = [fact(facts.Gate, row, asserted_by=()) for row in scope.gates]
    links = [fact(facts.Link, row) for row in scope.links]
    disputes = [fact(facts.Dispute, row, conditions=()) for row in scope.disputes]
    rows = {row.pk: row for row in scope.conditions}
    for phase in mine:
        ready = readiness(fact(facts.Phase, phase), gates, known, at=now, links=links, disputes=disputes)
        if ready.verdict.kind is not VerdictKind.READY:
            continue
        relied_on = {key for one in ready.text.gates for key in (one.condition, one.alternative) if key is not None}
        moments = [*_since_when(scope, phase, [rows[key] for key in relied_on if key in rows])]
        if moments and max(moments) <= now:
            yield Flip(phase, GATE_MET, max(moments))


def _since_when(scope: Structure, phase: Phase, conditions: Iterable[Condition]) -> Iterator[datetime]:
    """The moments whose last one is that at which nothing was open any more."""
    mine = [gate for gate in scope.gates if gate.phase_id == phase.pk and gate.authority == GateAuthority.TEXT]
    asserted = Entry.objects.filter(subject_id__in=[gate.public_id for gate in mine]).values("subject_id")
    yield from asserted.annotate(first=Min("effective_at")).order_by().values_list("first", flat=True)
    yield from (gate.withdrawn_at for gate in mine if gate.withdrawn_at is not None)
    yield from (one.status_since for one in conditions if one.status_since is not None)


def _facts(conditions: Iterable[Condition]) -> dict[facts.Key, facts.Condition]:
    return {row.pk: fact(facts.Condition, row, obligors=()) for row in conditions}
