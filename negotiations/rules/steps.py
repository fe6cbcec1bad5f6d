"""The next steps under the text: who is to act now, and which clause says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .blockers import Blockers, MutualPrecondition
from .codes import Code, ConditionStatus
from .codes.base import gettext_noop as _
from .facts import Key
from .holds import HoldKind, Web

_TO_VERIFY = frozenset({ConditionStatus.REPORTED_MET, ConditionStatus.CONTESTED})


class StepKind(Code):
    """In the order in which they are told."""

    DELIVER = "deliver", _("Deliver what is owed")
    FULFIL = "fulfil", _("Fulfil")
    VERIFY = "verify", _("Verify")
    MOVE_TOGETHER = "move_together", _("Move together")
    GRANT_ACCESS = "grant_access", _("Grant the verifier access")
    SETTLE = "settle", _("Settle the dispute")


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step that no other condition stands before.

    `actors` are the obligors, for verifying the verifier or whoever benefits; empty where the text
    names nobody, as with a dispute. `clauses` say so, as far as they are known. `held_by` are the open
    disputes over it, which do not release anybody from the text. `owed` is the amount due now.
    """

    kind: StepKind
    conditions: tuple[Key, ...]
    actors: tuple[Key, ...] = ()
    clauses: tuple[Key, ...] = ()
    held_by: tuple[Key, ...] = ()
    dispute: Key | None = None
    owed: Decimal | None = None


def next_steps(web: Web, blockers: Blockers) -> tuple[NextStep, ...]:
    """Return the steps that nothing else stands before, by kind and then in reading order.

    Taking them all, and then again as long as there are any, settles everything `blockers` tells of.
    """
    waits_inside = _waits_inside(blockers)
    steps: list[NextStep] = []
    for one in blockers.conditions:
        owing = _deliveries(web, one.condition)
        steps.extend(owing)
        if one.condition in waits_inside and one.group is None and not owing:
            steps.append(_fulfilment(web, one.condition))
        if any(hold.kind is HoldKind.NO_ACCESS for hold in one.holds):
            steps.append(NextStep(StepKind.GRANT_ACCESS, (one.condition,), clauses=_clauses(web, [one.condition])))
    steps.extend(_together(web, group) for group in blockers.groups if waits_inside.issuperset(group.conditions))
    steps.extend(_settlements(blockers))
    told = {kind: place for place, kind in enumerate(StepKind)}
    return tuple(sorted(steps, key=lambda step: (told[step.kind], [web.rank[key] for key in step.conditions])))


def _waits_inside(blockers: Blockers) -> set[Key]:
    """The conditions that wait for no condition outside their own circle."""
    circle_of = {one.condition: one.group for one in blockers.conditions}
    return {
        one.condition
        for one in blockers.conditions
        if not any(
            hold.is_on_condition and (one.group is None or circle_of[hold.on] != one.group) for hold in one.holds
        )
    }


def _deliveries(web: Web, key: Key) -> list[NextStep]:
    condition = web.conditions[key]
    return [
        NextStep(
            StepKind.DELIVER,
            (key,),
            condition.obligors,
            _known(due.clause) or _clauses(web, [key]),
            _held_by(web, [key]),
            owed=due.owed,
        )
        for due in web.dues.get(key, ())
    ]


def _fulfilment(web: Web, key: Key) -> NextStep:
    condition = web.conditions[key]
    clauses, held_by = _clauses(web, [key]), _held_by(web, [key])
    if condition.status not in _TO_VERIFY:
        return NextStep(StepKind.FULFIL, (key,), condition.obligors, clauses, held_by)
    finder = _known(condition.verifier) or _known(condition.beneficiary)
    return NextStep(StepKind.VERIFY, (key,), finder, clauses, held_by)


def _together(web: Web, group: MutualPrecondition) -> NextStep:
    ties = tuple(dict.fromkeys(hold.clause for _key, hold in group.holds if hold.clause is not None))
    clauses = ties or _clauses(web, group.conditions)
    held_by = _held_by(web, group.conditions)
    return NextStep(StepKind.MOVE_TOGETHER, group.conditions, group.parties, clauses, held_by)


def _settlements(blockers: Blockers) -> Iterable[NextStep]:
    held: dict[Key, list[Key]] = {dispute: [] for dispute in blockers.disputes}
    for one in blockers.conditions:
        for hold in one.holds:
            if hold.kind is HoldKind.DISPUTE:
                held[hold.on].append(one.condition)
    return [NextStep(StepKind.SETTLE, tuple(keys), dispute=dispute) for dispute, keys in held.items()]


def _held_by(web: Web, keys: Iterable[Key]) -> tuple[Key, ...]:
    holds = (hold for key in keys for hold in web.holds[key])
    return tuple(dict.fromkeys(hold.on for hold in holds if hold.kind is HoldKind.DISPUTE))


def _clauses(web: Web, keys: Iterable[Key]) -> tuple[Key, ...]:
    clauses = (web.conditions[key].clause for key in keys)
    return tuple(dict.fromkeys(clause for clause in clauses if clause is not None))


def _known(key: Key | None) -> tuple[Key, ...]:
    return () if key is None else (key,)
