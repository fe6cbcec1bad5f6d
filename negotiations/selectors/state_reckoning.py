"""What the rules say of the rows of a phase-state document, and how long it stays true."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from negotiations.history.moment import TICK
from negotiations.models import Condition, Dispute, Gate, Link, Phase, Window
from negotiations.rules import facts
from negotiations.rules.anchors import Event, Happening, Schedule
from negotiations.rules.deadlines import Deadline, deadlines, schedule_of
from negotiations.rules.freshness import Ages, ages
from negotiations.rules.gates import Readiness, readiness
from negotiations.rules.holds import Web, weave

from .state_rows import Row, StateRows

Fact = TypeVar("Fact")


@dataclasses.dataclass(frozen=True, slots=True)
class StateReckoning:
    """The rules' answers at one moment; `valid_until` is the next one at which any of them flips by itself."""

    at: datetime
    valid_until: datetime | None
    zone: ZoneInfo
    conditions: Mapping[int, facts.Condition]
    phases: Mapping[int, facts.Phase]
    gates: tuple[facts.Gate, ...]
    links: tuple[facts.Link, ...]
    disputes: tuple[facts.Dispute, ...]
    schedule: Schedule
    deadlines: Mapping[facts.Key, Deadline]
    web: Web

    def ages(self, pk: int) -> Ages:
        return ages(self.conditions[pk], at=self.at)

    def readiness(self, phase: int, when_declared: Mapping[facts.Key, str] | None) -> Readiness:
        return readiness(
            self.phases[phase],
            self.gates,
            self.conditions,
            at=self.at,
            links=self.links,
            disputes=self.disputes,
            when_declared=when_declared,
        )


def reckon_state(rows: StateRows, *, at: datetime, latest: datetime | None = None) -> StateReckoning:
    """Ask the rules once about everything.

    For a document that is followed live, `latest` is the last change its reader may see; the answer
    then is about the moment since when nothing in it has changed, so that it is the same, byte for
    byte, until something does. Without it the answer is about `at` and stays true for ever.
    """
    conditions, phases, links, disputes = _facts(rows)
    zone = ZoneInfo(rows.negotiation["time_zone"])
    in_force = rows.negotiation["entry_into_force_at"]
    schedule = schedule_of(conditions.values(), phases.values(), links, at=at, entry_into_force_at=in_force, zone=zone)
    valid_until: datetime | None = None
    if latest is not None:
        flips = sorted(_flips(rows, conditions, phases, schedule))
        # Deadlines pass strictly after their moment.
        passed = [flip + TICK for flip in flips if flip < at]
        valid_until = next((flip for flip in flips if flip >= at), None)
        at = max([latest, *passed[-1:]])
    return StateReckoning(
        at=at,
        valid_until=valid_until,
        zone=zone,
        conditions=conditions,
        phases=phases,
        gates=tuple(
            fact(facts.Gate, row, asserted_by=rows.of(Gate, "asserted_by", row["id"])) for row in rows.all(Gate)
        ),
        links=links,
        disputes=disputes,
        schedule=schedule,
        deadlines=deadlines(conditions.values(), schedule, at=at),
        web=weave(conditions.values(), links, disputes, at=at),
    )


def fact(kind: type[Fact], row: Row, **more: Any) -> Fact:
    """The plain values of a row that a rule reads; relations by id."""
    values: dict[str, Any] = {}
    for one in dataclasses.fields(kind):  # type: ignore[arg-type]
        name = one.name if one.name in row else f"{one.name}_id"
        if one.name not in more and name in row:
            values[one.name] = row[name]
    return kind(**values, **more)


def dispute_key(pk: int) -> facts.Key:
    """A key that is never taken for a condition's: the rules hold both in one web."""
    return ("dispute", pk)


def disputes_by_key(rows: StateRows) -> dict[facts.Key, Row]:
    return {dispute_key(row["id"]): row for row in rows.all(Dispute)}


def _facts(
    rows: StateRows,
) -> tuple[dict[int, facts.Condition], dict[int, facts.Phase], tuple[facts.Link, ...], tuple[facts.Dispute, ...]]:
    conditions = {
        row["id"]: fact(facts.Condition, row, obligors=rows.of(Condition, "obligors", row["id"]))
        for row in rows.all(Condition)
    }
    phases = {row["id"]: fact(facts.Phase, row) for row in rows.all(Phase)}
    links = tuple(fact(facts.Link, row) for row in rows.all(Link))
    disputes = tuple(
        fact(facts.Dispute, row, id=dispute_key(row["id"]), conditions=rows.of(Dispute, "conditions", row["id"]))
        for row in rows.all(Dispute)
    )
    return conditions, phases, links, disputes


def _flips(
    rows: StateRows,
    conditions: Mapping[int, facts.Condition],
    phases: Mapping[int, facts.Phase],
    schedule: Schedule,
) -> Iterator[datetime]:
    """Every moment at which something in the document changes without an entry."""
    moments: list[datetime | None] = [rows.negotiation["entry_into_force_at"]]
    for phase in phases.values():
        moments += [phase.started_at, phase.ended_at, phase.declared_at]
    for key, one in conditions.items():
        due = schedule.get(Happening(Event.MET, key))
        moments += [due.at if due else None, one.long_stop_at]
        review = ages(one, at=one.checked_at) if one.checked_at else None
        moments += [review.due_at, review.stale_at] if review else []
    for window in rows.all(Window):
        moments += [window["opens_at"], window["closes_at"]]
    yield from _known(moments)


def _known(moments: Iterable[datetime | None]) -> Iterator[datetime]:
    return (moment for moment in moments if moment is not None)
