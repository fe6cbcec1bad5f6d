"""The Traffic Light Protocol as one decision table."""

from __future__ import annotations

from itertools import product

import pytest

from negotiations.rules.codes import Marking, Role
from negotiations.rules.errors import MarkingRefused
from negotiations.rules.marking import (
    ANYBODY,
    Marked,
    Seat,
    Viewer,
    check_clearance,
    check_structure,
    check_within,
    may_see,
    narrowest,
    rank,
)

HERE, ELSEWHERE, OURS, THEIRS = 1, 2, 10, 20
OUTSIDER = Viewer(user_id=7)
STRANGER = Viewer(user_id=8, seats={ELSEWHERE: Seat(Role.LEAD, Marking.AMBER_STRICT, OURS)})


def member(clearance: Marking = Marking.AMBER, organisation: int | None = OURS) -> Viewer:
    return Viewer(user_id=9, seats={HERE: Seat(Role.ANALYST, clearance, organisation)})


def item(marking: Marking, *, published: bool = True, readers: frozenset[int] = frozenset()) -> Marked:
    return Marked(marking, HERE, published, OURS, readers)


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (ANYBODY, {"CLEAR"}),
        (OUTSIDER, {"CLEAR"}),
        (STRANGER, {"CLEAR", "GREEN"}),
        (member(Marking.CLEAR), {"CLEAR", "GREEN"}),
        (member(Marking.GREEN), {"CLEAR", "GREEN"}),
        (member(Marking.AMBER), {"CLEAR", "GREEN", "AMBER"}),
        (member(Marking.AMBER_STRICT), {"CLEAR", "GREEN", "AMBER", "AMBER+STRICT"}),
        (member(Marking.AMBER_STRICT, THEIRS), {"CLEAR", "GREEN", "AMBER"}),
        (member(Marking.AMBER_STRICT, None), {"CLEAR", "GREEN", "AMBER"}),
        (member(Marking.RED), {"CLEAR", "GREEN", "AMBER", "AMBER+STRICT"}),
    ],
)
def test_who_sees_what_of_a_published_negotiation(viewer: Viewer, seen: set[str]) -> None:
    assert {marking.value for marking in Marking if may_see(viewer, item(marking))} == seen


@pytest.mark.parametrize("viewer", [ANYBODY, OUTSIDER, STRANGER])
def test_an_unpublished_negotiation_is_for_its_members(viewer: Viewer) -> None:
    assert not any(may_see(viewer, item(marking, published=False)) for marking in Marking)
    assert may_see(member(), item(Marking.CLEAR, published=False))


@pytest.mark.parametrize("clearance", Marking)
def test_red_is_for_the_persons_named_whatever_their_clearance(clearance: Marking) -> None:
    assert may_see(member(clearance), item(Marking.RED, readers=frozenset({9})))
    assert not may_see(member(clearance), item(Marking.RED, readers=frozenset({7})))


def test_a_name_without_a_seat_opens_nothing() -> None:
    assert not may_see(OUTSIDER, item(Marking.RED, readers=frozenset({7})))


@pytest.mark.parametrize(("part", "whole"), list(product(Marking, repeat=2)))
def test_a_part_is_never_wider_than_its_whole(part: Marking, whole: Marking) -> None:
    """Of one organisation and one circle of readers, only the order of the markings counts."""
    ours = {"part_organisation": OURS, "whole_organisation": OURS}
    if rank(part) >= rank(whole):
        check_within(part, whole, **ours)
    else:
        with pytest.raises(MarkingRefused):
            check_within(part, whole, **ours)


@pytest.mark.parametrize("part", [Marking.AMBER_STRICT, Marking.RED])
def test_a_strict_whole_has_no_part_of_another_organisation(part: Marking) -> None:
    with pytest.raises(MarkingRefused):
        check_within(part, Marking.AMBER_STRICT, part_organisation=THEIRS, whole_organisation=OURS)


def test_a_red_part_names_nobody_that_its_whole_does_not() -> None:
    check_within("RED", "RED", part_readers=frozenset({1}), whole_readers=frozenset({1, 2}))
    with pytest.raises(MarkingRefused):
        check_within("RED", "RED", part_readers=frozenset({1, 3}), whole_readers=frozenset({1, 2}))


@pytest.mark.parametrize("marking", Marking)
def test_structure_is_clear_to_amber(marking: Marking) -> None:
    if marking in (Marking.AMBER_STRICT, Marking.RED):
        with pytest.raises(MarkingRefused):
            check_structure(marking)
    else:
        check_structure(marking)


def test_a_page_bears_the_highest_marking_in_it() -> None:
    assert narrowest(["GREEN", "RED", "AMBER"]) == Marking.RED
    assert narrowest([]) == Marking.CLEAR


@pytest.mark.parametrize(("marking", "may"), [("AMBER", True), ("AMBER+STRICT", False), ("RED", True)])
def test_nobody_marks_above_their_own_clearance_but_for_named_persons(marking: str, may: bool) -> None:
    seat = Seat(Role.ANALYST, Marking.AMBER, OURS)
    if may:
        check_clearance(marking, seat)
    else:
        with pytest.raises(MarkingRefused):
            check_clearance(marking, seat)
    with pytest.raises(MarkingRefused):
        check_clearance(marking, None)


def test_nobody_marks_for_another_organisation() -> None:
    seat = Seat(Role.MEDIATOR, Marking.AMBER_STRICT, OURS)
    check_clearance(Marking.AMBER_STRICT, seat, OURS)
    with pytest.raises(MarkingRefused):
        check_clearance(Marking.AMBER_STRICT, seat, THEIRS)
