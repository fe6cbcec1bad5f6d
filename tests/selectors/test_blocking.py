"""What blocks a phase, put together from the record: the whole chain, in the words of the text."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.access.viewer import viewer_for
from negotiations.rules.codes import ConditionStatus, Marking
from negotiations.rules.steps import StepKind
from negotiations.selectors.blocking_lines import Blocking
from negotiations.selectors.step_words import mutual_sentence, step_sentence, wait_sentence
from negotiations.services.gate import assert_gate
from tests.factories import START, Talks

from .conftest import blocked, reckoning

Tie = Callable[..., None]


def refs(blocking: Blocking) -> list[str]:
    return [line.condition.ref for line in blocking.text.blocked]


def test_it_tells_the_dispute_that_holds_an_entry_condition(shore: Talks) -> None:
    (line,) = blocked(shore).text.blocked
    assert [wait.on.ref for wait in line.waits if wait.on] == [shore.dispute.ref]
    assert wait_sentence(line.waits[0]) == f"open dispute {shore.dispute.ref} “Where the line runs”"


def test_it_follows_the_chain_behind_an_entry_condition(shore: Talks, tie: Tie) -> None:
    bridge = shore.add_condition("Open the bridge")
    tie(shore.withdrawal, shore.release)
    tie(shore.release, bridge)
    found = blocked(shore)
    assert [[one.ref for one in step] for step in found.text.chain] == [
        [shore.withdrawal.ref],
        [shore.release.ref],
        [bridge.ref],
    ]


def test_it_names_who_is_to_act_next(shore: Talks, tie: Tie) -> None:
    tie(shore.withdrawal, shore.release)
    first = blocked(shore).text.steps[0]
    assert (first.kind, [one.name.text for one in first.actors]) == (StepKind.FULFIL, ["Southern Shore"])
    assert step_sentence(first) == f"Southern Shore: fulfil {shore.release.ref} “Release the detainees”"


def test_it_tells_what_a_step_unlocks(shore: Talks, tie: Tie) -> None:
    tie(shore.withdrawal, shore.release)
    shore.set_status(shore.release, ConditionStatus.IN_PROGRESS)
    unlocks = {step.conditions[0].ref: step.unlocks for step in blocked(shore).text.steps if not step.dispute}
    assert unlocks[shore.release.ref] is None  # the dispute still holds what it frees


def test_it_shows_a_circle_as_a_mutual_precondition(shore: Talks, tie: Tie) -> None:
    tie(shore.withdrawal, shore.release)
    tie(shore.release, shore.withdrawal, "conditional_on_verification_of")
    (group,) = blocked(shore).text.groups
    assert [one.name.text for one in group.parties] == ["Northern Shore", "Southern Shore"]
    assert "would have to move together" in mutual_sentence(group)


def test_it_tells_what_an_exchange_owes(shore: Talks, tie: Tie) -> None:
    tie(shore.withdrawal, shore.release, "reciprocal_to", ratio=Decimal(3))
    shore.set_status(shore.release, ConditionStatus.PARTLY_MET, value=Decimal(10))
    shore.set_status(shore.withdrawal, ConditionStatus.PARTLY_MET, value=Decimal(12))
    first = blocked(shore).text.steps[0]
    assert (first.kind, first.owed) == (StepKind.DELIVER, Decimal(18))


def test_it_keeps_an_actors_reading_beside_the_text(shore: Talks) -> None:
    also = {"authority": "actors", "asserted_by": [shore.egret]}
    assert_gate(act=shore.act(at=START), phase=shore.second, condition=shore.release, **also)
    found = blocked(shore)
    assert (found.text.total, refs(found)) == (1, [shore.withdrawal.ref])
    assert [(one.by and one.by.name.text, one.open, one.total) for one in found.others] == [("Egret Island", 1, 1)]


def test_a_settled_condition_leaves_the_chain(shore: Talks) -> None:
    shore.set_status(shore.withdrawal, ConditionStatus.MET)
    found = blocked(shore)
    assert (found.text.satisfied, found.text.blocked, found.text.steps) == (1, (), ())


def test_people_and_disputes_never_share_a_key_with_conditions(shore: Talks) -> None:
    web = reckoning(shore).web
    assert not web.conditions.keys() & web.disputes.keys()


@pytest.mark.parametrize("marking", [Marking.GREEN, Marking.AMBER])
def test_a_hidden_link_moves_nothing_for_the_public(shore: Talks, tie: Tie, marking: Marking) -> None:
    before = blocked(shore)
    tie(shore.withdrawal, shore.release, marking=marking)
    assert blocked(shore) == before
    assert refs(blocked(shore, viewer_for(shore.cast.analyst))) == [shore.withdrawal.ref, shore.release.ref]


@pytest.mark.parametrize("marking", [Marking.GREEN, Marking.AMBER])
def test_a_hidden_dispute_moves_nothing_for_the_public(shore: Talks, marking: Marking) -> None:
    before = blocked(shore)
    hidden = shore.open_dispute(conditions=[shore.withdrawal], marking=marking)
    assert blocked(shore) == before
    seen = [one.ref for one in blocked(shore, viewer_for(shore.cast.analyst)).text.disputes]
    assert hidden.ref in seen


def test_a_newsroom_sees_green_and_not_amber(shore: Talks) -> None:
    green, amber = (
        shore.open_dispute(conditions=[shore.withdrawal], marking=marking) for marking in (Marking.GREEN, Marking.AMBER)
    )
    seen = {one.ref for one in blocked(shore, viewer_for(shore.cast.reader)).text.disputes}
    assert green.ref in seen
    assert amber.ref not in seen


def queries(shore: Talks) -> int:
    with CaptureQueriesContext(connection) as captured:
        blocked(shore)
    return len(captured)


def test_it_asks_as_often_for_twenty_conditions_as_for_two(shore: Talks, tie: Tie) -> None:
    tie(shore.withdrawal, shore.release)
    few = queries(shore)
    before = shore.release
    for number in range(18):
        one = shore.add_condition(f"Step {number}")
        tie(before, one)
        before = one
    assert queries(shore) == few
