"""Exchanges by stage: delivered on each side, owed now, and the counts of others apart."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from negotiations.rules.codes import ClaimKind, ConditionStatus
from negotiations.selectors.tranche_lines import exchange_tables
from negotiations.services.claim import make_claim
from tests.factories import START, Talks

from .conftest import reckoning

Tie = Callable[..., None]
FIFTEEN = Decimal(15)


def exchange(shore: Talks, tie: Tie) -> None:
    tie(shore.withdrawal, shore.release, "reciprocal_to", ratio=FIFTEEN)
    shore.set_status(shore.release, ConditionStatus.PARTLY_MET, value=Decimal(4))
    shore.set_status(shore.withdrawal, ConditionStatus.PARTLY_MET, value=Decimal(45))


def test_there_is_no_table_without_an_exchange(shore: Talks) -> None:
    assert exchange_tables(reckoning(shore)) == []


def test_it_says_what_is_owed_by_the_ratio(shore: Talks, tie: Tie) -> None:
    exchange(shore, tie)
    (table,) = exchange_tables(reckoning(shore))
    (stage,) = table.stages
    assert (table.ratio, stage.first.delivered, stage.answer.delivered, stage.owed) == (15, 4, 45, 15)


def test_it_says_how_much_a_stage_lacks(shore: Talks, tie: Tie) -> None:
    exchange(shore, tie)
    (table,) = exchange_tables(reckoning(shore))
    assert (table.stages[0].first.quota, table.stages[0].first.short) == (20, 16)


def test_it_calls_nothing_owed_where_a_delivery_was_not_counted(shore: Talks, tie: Tie) -> None:
    tie(shore.withdrawal, shore.release, "reciprocal_to", ratio=FIFTEEN)
    shore.set_status(shore.release, ConditionStatus.PARTLY_MET, value=Decimal(4))
    shore.set_status(shore.withdrawal, ConditionStatus.PARTLY_MET)
    (stage,) = exchange_tables(reckoning(shore))[0].stages
    assert (stage.due, stage.owed) == (Decimal(60), None)


def test_another_count_stands_beside_and_changes_nothing(shore: Talks, tie: Tie) -> None:
    exchange(shore, tie)
    say = {"kind": ClaimKind.MEASUREMENT, "text": "Six.", "said_at": START, "conditions": [shore.release]}
    make_claim(act=shore.act(), negotiation=shore.negotiation, claimant=shore.south, value_best=Decimal(6), **say)
    (stage,) = exchange_tables(reckoning(shore))[0].stages
    assert [(one.by.name.text, one.amount) for one in stage.first.others] == [("Southern Shore", 6)]
    assert stage.owed == FIFTEEN


def test_conditions_of_the_same_sides_are_stages_of_one_exchange(shore: Talks, tie: Tie) -> None:
    exchange(shore, tie)
    more = {"obligors": [shore.southern], "category": shore.release.category, "target": Decimal(20)}
    second = shore.add_condition("Release the others", **more)
    answer = shore.add_condition("Withdraw further", category=shore.withdrawal.category)
    tie(answer, second, "reciprocal_to", ratio=FIFTEEN)
    (table,) = exchange_tables(reckoning(shore))
    assert [stage.number for stage in table.stages] == [1, 2]
    assert table.total is not None
    assert table.total.first.quota == Decimal(40)
