"""What blocks a phase: every chain told, every circle named, nothing guessed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.blockers import Blockers, blockers, is_blocked, phase_blockers, unlocks
from negotiations.rules.codes import DisputeStatus
from negotiations.rules.facts import Dispute, Link
from negotiations.rules.gates import GateStanding, VerdictKind, readiness
from negotiations.rules.holds import HoldKind, Web, weave
from negotiations.rules.steps import StepKind, next_steps

from . import gaza
from .moments import DAY, condition
from .webs import Small, negotiations, smallest_closed, waits

NOW = gaza.ON_8_DECEMBER


def web(**later: str) -> Web:
    return weave(gaza.conditions(**later).values(), gaza.LINKS, gaza.DISPUTES, at=NOW)


def holds(found: Blockers) -> dict[Any, list[tuple[str, Any]]]:
    return {one.condition: [(hold.kind.value, hold.on) for hold in one.holds] for one in found.conditions}


def tied(kind: str, *items: Any, **more: Any) -> Web:
    given = items or (condition("C1"), condition("C2"))
    return weave(given, [Link("L", "C1", "C2", kind, **more)], at=NOW)


def test_gaza_on_8_december_waits_for_the_remains_and_a_dispute() -> None:
    ready = readiness(gaza.SECOND, gaza.GATES, gaza.conditions(), at=NOW)
    found = phase_blockers(web(), ready.text)
    assert holds(found) == {"C4": [("dispute", "D4")], "C6": [("reciprocal_to", "C4"), ("dispute", "D4")]}
    assert found.longest_chain == (("C6",), ("C4",))


def test_withdrawal_against_disarmament_is_a_mutual_precondition() -> None:
    found = blockers(web(), ["C13"])
    (group,) = found.groups
    assert (group.conditions, group.parties) == (("C12", "C13"), (gaza.HAMAS, gaza.ISRAEL))
    assert [(key, hold.kind.value) for key, hold in group.holds] == [
        ("C12", "requires"),
        ("C13", "conditional_on_verification_of"),
    ]
    assert {one.condition: (one.layer, one.group) for one in found.conditions} == {
        "C11": (0, None),
        "C12": (1, 0),
        "C13": (1, 0),
    }


def test_a_deferred_dispute_holds_and_a_resolved_one_does_not() -> None:
    assert ("dispute", "D3") in holds(blockers(web(), ["C8"]))["C8"]
    assert blockers(web(C5="breached"), ["C5"]).disputes == ()


@pytest.mark.parametrize("status", list(DisputeStatus))
def test_every_dispute_holds_until_it_is_resolved_or_withdrawn(status: str) -> None:
    one = weave([condition("C1")], [], [Dispute("D1", "D1", status, conditions=("C1",))], at=NOW)
    assert is_blocked(one, "C1") is (status not in {"resolved", "withdrawn"})


@pytest.mark.parametrize("kind", ["requires", "conditional_on_verification_of", "simultaneous_with", "reciprocal_to"])
@pytest.mark.parametrize(("status", "blocks"), [("reported_met", True), ("met", False), ("superseded", False)])
def test_a_tie_holds_until_the_other_end_is_settled(kind: str, status: str, *, blocks: bool) -> None:
    assert is_blocked(tied(kind, condition("C1"), condition("C2", status)), "C1") is blocks


@pytest.mark.parametrize("kind", ["triggers_within", "alternative_to"])
def test_a_trigger_or_an_alternative_holds_nothing(kind: str) -> None:
    assert not is_blocked(tied(kind), "C1")
    assert not is_blocked(tied(kind), "C2")


def test_what_must_happen_at_once_waits_both_ways() -> None:
    assert blockers(tied("simultaneous_with"), ["C1"]).groups[0].conditions == ("C1", "C2")


def test_a_withdrawn_link_ties_nothing() -> None:
    assert not is_blocked(tied("requires", withdrawn_at=NOW), "C1")
    assert is_blocked(tied("requires", withdrawn_at=NOW + DAY), "C1")


def test_an_alternative_that_holds_keeps_nobody_waiting() -> None:
    links = [Link("L1", "C1", "C2", "requires"), Link("L2", "C2", "C3", "alternative_to")]
    items = [condition("C1"), condition("C2"), condition("C3", "met")]
    assert not is_blocked(weave(items, links, at=NOW), "C1")


def test_a_verifier_without_access_holds() -> None:
    one = weave([condition("C1", verification_access="denied", verifier="the mission")], at=NOW)
    assert holds(blockers(one, ["C1"])) == {"C1": [("no_access", "the mission")]}


def test_a_side_that_owes_its_part_is_not_blocked_by_the_rest() -> None:
    hold = blockers(web(), ["C6"]).conditions[1].holds[0]
    assert (hold.kind, hold.ratio, hold.owed) == (HoldKind.RECIPROCAL, Decimal(15), Decimal(27 * 15 - 345))
    ahead = tied("reciprocal_to", condition("C1", value=Decimal(30)), condition("C2", value=Decimal(2)), ratio=15)
    assert is_blocked(ahead, "C1")


def test_what_is_owed_for_an_unknown_count_is_unknown() -> None:
    hold = blockers(tied("reciprocal_to", ratio=Decimal(15)), ["C1"]).conditions[0].holds[0]
    assert (hold.owed, hold.is_binding) == (None, True)


def test_the_next_steps_name_who_acts_and_the_clause() -> None:
    steps = next_steps(web(), blockers(web(), ["C4", "C6"]))
    assert [(step.kind.value, step.conditions, step.actors, step.clauses) for step in steps] == [
        ("deliver", ("C6",), (gaza.ISRAEL,), ("clause 6",)),
        ("fulfil", ("C4",), (gaza.HAMAS,), ("clause 4",)),
        ("settle", ("C4", "C6"), (), ()),
    ]
    assert (steps[0].owed, steps[1].held_by) == (Decimal(60), ("D4",))


def test_what_is_owed_is_a_step_after_the_other_side_is_done() -> None:
    later = web(C4="met")
    assert next_steps(later, blockers(later, ["C6"]))[0].owed == 60


def test_a_mutual_precondition_moves_together_once_nothing_else_stands_before_it() -> None:
    def together(found: Web) -> list[Any]:
        steps = next_steps(found, blockers(found, ["C13"]))
        return [(step.conditions, step.actors) for step in steps if step.kind is StepKind.MOVE_TOGETHER]

    assert together(web()) == []
    assert together(web(C11="met")) == [(("C12", "C13"), (gaza.HAMAS, gaza.ISRAEL))]


@pytest.mark.parametrize("status", ["reported_met", "contested"])
def test_what_is_said_to_be_met_waits_for_its_verifier(status: str) -> None:
    one = weave([condition("C1", status, verifier="the mission", beneficiary="Hamas", obligors=("Israel",))], at=NOW)
    (step,) = next_steps(one, blockers(one, ["C1"]))
    assert (step.kind, step.actors) == (StepKind.VERIFY, ("the mission",))


def test_the_last_remains_unlock_the_crossing_and_not_the_phase() -> None:
    ready = readiness(gaza.SECOND, gaza.GATES, gaza.conditions(), at=NOW)
    freed = unlocks(web(), ["C4"], [ready])
    assert (freed.conditions, freed.phases, freed.waiting) == ((), (), ("C6", "C8"))
    assert unlocks(web(), ["C4", "C6"], [ready]).phases == ("P2",)


def test_only_what_has_no_other_hold_is_freed() -> None:
    links = [Link("L1", "C2", "C1", "requires"), Link("L2", "C3", "C1", "requires"), Link("L3", "C3", "C4", "requires")]
    freed = unlocks(weave([condition(f"C{n}") for n in range(1, 5)], links, at=NOW), ["C1"])
    assert (freed.conditions, freed.waiting) == (("C2",), ("C2", "C3"))


def test_what_is_settled_or_unknown_waits_for_nothing() -> None:
    assert blockers(web(), ["C2", "no such key"]) == Blockers(())


def open_roots(small: Small) -> list[Any]:
    ready = readiness(gaza.SECOND, small.gates, small.by_key(), at=NOW, links=small.links)
    return [gate.condition for gate in ready.text.gates if gate.standing is GateStanding.OPEN]


@given(negotiations(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(small: Small, random: Any) -> None:
    one, other = small.web(), small.shuffled(random).web()
    first = blockers(one, open_roots(small))
    assert blockers(other, reversed(open_roots(small))) == first
    assert next_steps(other, first) == next_steps(one, first)


@given(negotiations())
def test_every_unmet_gate_is_explained_by_a_hold_or_a_step(small: Small) -> None:
    found = blockers(small.web(), open_roots(small))
    acted_on = {key for step in next_steps(small.web(), found) for key in step.conditions}
    assert set(found.roots) == set(open_roots(small))
    assert set(found.roots) <= {one.condition for one in found.conditions}
    assert all(one.holds or one.condition in acted_on for one in found.conditions)


@given(negotiations())
def test_settling_everything_that_is_told_opens_the_phase(small: Small) -> None:
    found = blockers(small.web(), open_roots(small))
    after = small.settling([one.condition for one in found.conditions], found.disputes)
    ready = readiness(gaza.SECOND, after.gates, after.by_key(), at=NOW, links=after.links)
    assert ready.verdict.kind in (VerdictKind.READY, VerdictKind.NO_GATES)
    assert blockers(after.web(), found.roots) == Blockers(())


@given(negotiations())
def test_taking_the_next_steps_again_and_again_opens_the_phase(small: Small) -> None:
    for _round in range(3 * len(small.conditions) + 1):
        found = blockers(small.web(), open_roots(small))
        steps = next_steps(small.web(), found)
        if not found.roots:
            break
        assert steps
        small = take(small, steps)
    assert not open_roots(small)


def take(small: Small, steps: Any) -> Small:
    """Do what the steps say, and no more: what is delivered is not yet met, what is let in is not yet verified."""
    done = {StepKind.FULFIL, StepKind.VERIFY, StepKind.MOVE_TOGETHER}
    met = {key for step in steps if step.kind in done for key in step.conditions}
    owed = {step.conditions[0]: step.owed for step in steps if step.kind is StepKind.DELIVER}
    access = {step.conditions[0] for step in steps if step.kind is StepKind.GRANT_ACCESS}
    small = small.settling(met, {step.dispute for step in steps})
    items = [
        replace(
            item,
            value=(item.value or 0) + owed[item.id] if item.id in owed else item.value,
            verification_access="" if item.id in access else item.verification_access,
        )
        for item in small.conditions
    ]
    return replace(small, conditions=tuple(items))


@given(negotiations(most=6))
def test_a_chain_is_the_smallest_set_that_waits_for_nothing_outside_itself(small: Small) -> None:
    one = small.web()
    for root in one.holds:
        told = {blocked.condition for blocked in blockers(one, [root]).conditions}
        assert told == smallest_closed(one.graph, root)


@given(negotiations())
def test_a_circle_is_told_exactly_where_conditions_wait_for_one_another(small: Small) -> None:
    one = small.web()
    known = waits(one.graph)
    found = blockers(one, one.holds)
    circles = {key: set(group.conditions) for group in found.groups for key in group.conditions}
    for key in one.holds:
        mutual = {other for other in known[key] if key in known[other]}
        assert circles.get(key, set()) == mutual


@given(negotiations(), st.data())
def test_a_reader_is_told_nothing_of_what_they_may_not_see(small: Small, data: st.DataObject) -> None:
    keys = [one.id for part in (small.conditions, small.links, small.disputes) for one in part]
    hidden = data.draw(st.sets(st.sampled_from(keys)))
    seen = small.without(hidden)
    found = blockers(seen.web(), open_roots(seen))
    told = repr((found, next_steps(seen.web(), found)))
    assert not any(f"'{key}'" in told for key in hidden)


@given(negotiations())
def test_what_is_freed_is_exactly_what_waits_for_nothing_any_more(small: Small) -> None:
    one = small.web()
    for key in one.holds:
        after = small.settling([key]).web()
        newly = {other for other in after.holds if one.holds[other] and not after.holds[other]}
        assert set(unlocks(one, [key]).conditions) == newly
