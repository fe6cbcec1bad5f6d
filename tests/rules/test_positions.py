"""Where actors stand, and when they turned."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.codes import Stance
from negotiations.rules.positions import Position, Stand, stands

from .moments import DAY, on

START = on(2025, 12, 1)


def line(*stances: str) -> list[Position]:
    return [Position(at, "Egypt", "D1", stance, START + at * DAY) for at, stance in enumerate(stances)]


def stand(*stances: str) -> Stand:
    return stands(line(*stances))["Egypt", "D1"]


def test_the_latest_statement_is_the_current_one() -> None:
    assert stand("rejects", "undecided").current.stance == "undecided"


def test_it_is_the_latest_by_when_it_was_said_not_by_when_it_was_entered() -> None:
    found = stands(reversed(line("rejects", "accepts")))
    assert found["Egypt", "D1"].current.stance == "accepts"


def test_of_one_moment_the_one_entered_later_stands() -> None:
    twice = [Position(1, "Egypt", "D1", "rejects", START), Position(2, "Egypt", "D1", "accepts", START)]
    assert stands(twice)["Egypt", "D1"].current.id == 2


def test_silence_is_current_and_the_last_known_stance_stays_beside_it() -> None:
    found = stand("accepts", "silent")
    assert (found.current.stance, found.last_on_ruler and found.last_on_ruler.stance) == ("silent", "accepts")
    assert stand("unknown").last_on_ruler is None


def test_to_turn_from_rejecting_to_accepting_is_a_reversal_whatever_lies_between() -> None:
    found = stand("rejects", "undecided", "silent", "accepts_with_conditions")
    assert [(move.before.stance, move.after.stance) for move in found.reversals] == [
        ("silent", "accepts_with_conditions")
    ]
    assert len(found.moves) == 3


def test_to_drop_conditions_or_to_hesitate_is_no_reversal() -> None:
    assert stand("accepts_with_conditions", "accepts", "undecided", "accepts").reversals == ()


def test_to_say_the_same_again_is_no_move() -> None:
    assert stand("rejects", "rejects").moves == ()


def test_each_actor_stands_for_itself_on_each_matter() -> None:
    others = [Position(7, "Qatar", "D1", "rejects", START), Position(8, "Egypt", "C4", "silent", START)]
    found = stands([*line("accepts"), *others])
    assert {key: one.current.stance for key, one in found.items()} == {
        ("Egypt", "D1"): "accepts",
        ("Qatar", "D1"): "rejects",
        ("Egypt", "C4"): "silent",
    }


def test_as_of_a_moment_later_statements_were_not_made() -> None:
    assert stands(line("rejects", "accepts"), at=START)["Egypt", "D1"].current.stance == "rejects"


@given(st.lists(st.sampled_from(list(Stance)), min_size=1, max_size=8))
def test_reversals_alternate_between_the_two_sides(stances: list[str]) -> None:
    accepts = {"accepts", "accepts_with_conditions"}
    sides = [stance in accepts for stance in stances if stance in accepts | {"rejects"}]
    turns = sum(one is not other for one, other in pairwise(sides))
    assert len(stand(*stances).reversals) == turns
