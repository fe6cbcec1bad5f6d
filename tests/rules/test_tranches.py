"""Reciprocal deliveries: Aceh's arms against troops, Gaza's remains against bodies."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.tranches import Count, Exchange, Ledger, Quota, Row, ledgers

ARMS, TROOPS, AMM, GOVERNMENT = "arms", "troops", "Aceh Monitoring Mission", "Indonesia"
# Arms accepted by the mission in four rounds, 840 in all; the government accepted 769 and gave no rounds.
BY_MISSION = {1: 243, 2: 233, 3: 222, 4: 142}
ROUNDS = [Quota(ARMS, number, Decimal(210)) for number in range(1, 5)]
WITHDRAWN = [Count(TROOPS, 1, Decimal(6500)), Count(TROOPS, 2, Decimal(6100))]
LEVELS = [Quota(TROOPS, number, Decimal(6000)) for number in range(1, 5)]
TROOPS_FOR_ARMS = Exchange(TROOPS, ARMS)


def arms(rounds: dict[int, int], by: str | None = AMM) -> list[Count]:
    return [Count(ARMS, number, Decimal(amount), by) for number, amount in rounds.items()]


def aceh(*counts: Count) -> dict[str | None, Ledger]:
    return {one.counted_by: one for one in ledgers(TROOPS_FOR_ARMS, [*WITHDRAWN, *counts], [*ROUNDS, *LEVELS])}


def row(ledger: Ledger, tranche: int) -> Row:
    return next(one for one in ledger.rows if one.tranche == tranche)


def test_aceh_handed_over_840_arms_in_four_rounds() -> None:
    total = aceh(*arms(BY_MISSION))[AMM].total
    assert (total.other_delivered, total.other_quota, total.other_short) == (840, 840, 0)


def test_the_third_round_was_44_short_on_the_day_it_was_due() -> None:
    third = row(aceh(*arms({1: 243, 2: 233, 3: 166}))[AMM], 3)
    assert (third.other_delivered, third.other_short) == (166, 44)
    assert (third.due, third.owed) == (0, 0)


def test_the_answering_tranche_is_owed_in_full_once_the_other_side_is_complete() -> None:
    third = row(aceh(*arms(BY_MISSION))[AMM], 3)
    assert (third.due, third.delivered, third.owed) == (6000, None, 6000)


def test_competing_counts_are_kept_apart() -> None:
    found = aceh(*arms(BY_MISSION), *arms({4: 769}, GOVERNMENT))
    assert {by: one.total.other_delivered for by, one in found.items()} == {None: None, AMM: 840, GOVERNMENT: 769}


def test_who_counted_one_side_only_borrows_the_assessed_count_of_the_other_and_says_so() -> None:
    mission = aceh(*arms(BY_MISSION))[AMM]
    assert row(mission, 1).delivered == 6500
    assert (ARMS, 1) in mission.own
    assert (TROOPS, 1) not in mission.own


def test_fifteen_bodies_for_each_of_the_deceased() -> None:
    exchange = Exchange("bodies", "remains", Decimal(15))
    counts = [Count("remains", 1, Decimal(24)), Count("bodies", 1, Decimal(315)), Count("remains", 2, Decimal(3))]
    (assessed,) = ledgers(exchange, counts)
    assert [(one.due, one.owed) for one in assessed.rows] == [(360, 45), (45, 45)]
    assert (assessed.total.other_delivered, assessed.total.due, assessed.total.owed) == (27, 405, 90)


def test_the_last_fifteen_close_the_account() -> None:
    counts = [Count("remains", 1, Decimal(28)), Count("bodies", 1, Decimal(405)), Count("bodies", 2, Decimal(15))]
    (assessed,) = ledgers(Exchange("bodies", "remains", Decimal(15)), counts)
    assert assessed.total.owed == 0


def test_a_side_may_be_ahead() -> None:
    counts = [Count("bodies", 1, Decimal(30)), Count("remains", 1, Decimal(1))]
    assert ledgers(Exchange("bodies", "remains", Decimal(15)), counts)[0].total.owed == -15


def test_what_nobody_counted_is_unknown_not_nothing() -> None:
    (assessed,) = ledgers(Exchange("bodies", "remains", Decimal(15)), [Count("bodies", 1, Decimal(15))])
    assert (assessed.total.other_delivered, assessed.total.due, assessed.total.owed) == (None, None, None)


def test_the_latest_count_of_an_actor_stands() -> None:
    found = aceh(*arms({1: 279}), *arms({1: 243}))
    assert row(found[AMM], 1).other_delivered == 243


def test_other_conditions_do_not_enter_the_account() -> None:
    assert ledgers(TROOPS_FOR_ARMS, [Count("police", 1, Decimal(5))])[0].rows == ()


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4), st.integers(0, 99), st.sampled_from("xyz"))),
    st.decimals(min_value=1, max_value=20, places=0),
)
def test_each_ledger_adds_up_by_itself(counted: list[tuple[str, int, int, str]], ratio: Decimal) -> None:
    counts = [Count(condition, tranche, Decimal(amount), by) for condition, tranche, amount, by in counted]
    latest: dict[str, dict[tuple[str, int], int]] = defaultdict(dict)
    for condition, tranche, amount, by in counted:
        latest[by][condition, tranche] = amount
    for ledger in ledgers(Exchange("a", "b", ratio), counts)[1:]:
        mine = sum(amount for (side, _), amount in latest[ledger.counted_by].items() if side == "a")
        theirs = sum(amount for (side, _), amount in latest[ledger.counted_by].items() if side == "b")
        assert (ledger.total.delivered or 0, ledger.total.other_delivered or 0) == (mine, theirs)
        assert ledger.total.owed is None or ledger.total.owed == ratio * theirs - mine
