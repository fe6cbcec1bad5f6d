"""The next steps of a phase-state document: who is to act under the text, which clause says so, what it frees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from negotiations.models import Clause, Condition, Party, Phase, ThirdParty
from negotiations.rules.anchors import terms_of, what_happened
from negotiations.rules.blockers import Blockers, unlocks
from negotiations.rules.deadlines import earliest_start
from negotiations.rules.facts import Key
from negotiations.rules.gates import Readiness
from negotiations.rules.steps import NextStep, StepKind, next_steps

from .state_reckoning import StateReckoning, disputes_by_key
from .state_rows import Row, StateRows
from .state_values import by_name, number, refs, seat

# What follows from a step is worked out for the first ones only: each asks for a walk over the whole web.
FORESEEN = 12


def step_documents(
    rows: StateRows, reckoning: StateReckoning, found: Blockers, phases: Iterable[Readiness]
) -> list[dict[str, Any]]:
    """Every step that no other condition stands before, in the order in which the rules tell them."""
    known = tuple(phases)
    conditions, disputes, clauses = rows.by_id(Condition), disputes_by_key(rows), rows.by_id(Clause)
    return [
        {
            "kind": step.kind,
            "conditions": refs(conditions, step.conditions),
            "actors": by_name(_actors(rows, reckoning, step)),
            "clauses": [_clause(clauses[key]) for key in step.clauses if key in clauses],
            "in_dispute": refs(disputes, step.held_by),
            "dispute": next(iter(refs(disputes, [step.dispute])), None),
            "owed": number(step.owed),
            "unlocks": _unlocks(rows, reckoning, step, known) if place < FORESEEN and step.dispute is None else None,
        }
        for place, step in enumerate(next_steps(reckoning.web, found))
    ]


def earliest_start_document(rows: StateRows, reckoning: StateReckoning, row: Row) -> dict[str, Any] | None:
    """The earliest start that the offsets of the text allow; no moment while it hangs on something still open.

    A moment that moves with the clock would make the document another one at every reading.
    """
    in_force = rows.negotiation["entry_into_force_at"]
    conditions, phases = reckoning.conditions.values(), reckoning.phases.values()
    terms = terms_of(conditions, phases, reckoning.links, entry_into_force_at=in_force, at=reckoning.at)
    happened = what_happened(conditions, phases, entry_into_force_at=in_force, at=reckoning.at)
    found = earliest_start(reckoning.phases[row["id"]], terms, happened, at=reckoning.at, zone=reckoning.zone)
    return {"at": None if found.after else found.at, "is_firm": found.after is None} if found else None


def _actors(rows: StateRows, reckoning: StateReckoning, step: NextStep) -> Iterator[dict[str, Any] | None]:
    """Seats are numbered by kind: who verifies is a third party where the text names one, else a party."""
    is_verifier = step.kind is StepKind.VERIFY and reckoning.conditions[step.conditions[0]].verifier is not None
    seats: Mapping[int, Row] = rows.by_id(ThirdParty) if is_verifier else rows.by_id(Party)
    return (seat(rows, seats, key) for key in step.actors)


def _clause(row: Row) -> dict[str, Any]:
    return {"instrument": row["instrument__ref"], "number": row["number"]}


def _unlocks(
    rows: StateRows, reckoning: StateReckoning, step: NextStep, phases: tuple[Readiness, ...]
) -> dict[str, Any]:
    found = unlocks(reckoning.web, step.conditions, phases)
    numbers: dict[Key, Row] = rows.by_id(Phase)
    return {
        "conditions": refs(rows.by_id(Condition), found.conditions),
        "phases": [numbers[key]["number"] for key in found.phases],
    }
