"""Differences: laid over the first reading they give the second, whatever the two are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.history.diff import Difference, How, differences
from negotiations.history.states import states_at
from negotiations.services.condition import edit_condition
from negotiations.services.correction import correct
from tests.factories import START, talks

DAY = timedelta(days=1)
KEYS = [UUID(int=number) for number in range(4)]
VALUES = st.one_of(st.none(), st.text(max_size=2), st.integers(0, 3), st.lists(st.text(max_size=1), max_size=2))
STATES = st.dictionaries(
    st.sampled_from(KEYS), st.dictionaries(st.sampled_from(["title", "phase", "status"]), VALUES, max_size=3)
)
States = Mapping[UUID, Mapping[str, Any]]


def laid_over(before: States, found: Iterable[Difference]) -> dict[UUID, dict[str, Any]]:
    """What the first reading becomes by the differences."""
    after = {key: dict(values) for key, values in before.items()}
    for one in found:
        if one.how is How.REMOVED:
            del after[one.subject]
        else:
            after.setdefault(one.subject, {}).update({name: pair[1] for name, pair in one.fields.items()})
    return after


def without_nothing(states: States) -> dict[UUID, dict[str, Any]]:
    """A field that is not there and one without a value are told alike."""
    return {key: {name: v for name, v in values.items() if v is not None} for key, values in states.items()}


@given(before=STATES, after=STATES)
def test_what_is_laid_over_the_first_gives_the_second(before: States, after: States) -> None:
    assert without_nothing(laid_over(before, differences(before, after))) == without_nothing(after)


@given(before=STATES, after=STATES)
def test_backwards_everything_is_the_other_way_round(before: States, after: States) -> None:
    there = {one.subject: one for one in differences(before, after)}
    back = {one.subject: one for one in differences(after, before)}
    assert there.keys() == back.keys()
    for key, one in there.items():
        assert {name: pair[::-1] for name, pair in one.fields.items()} == dict(back[key].fields)


@given(states=STATES)
def test_nothing_differs_from_itself(states: States) -> None:
    assert list(differences(states, states)) == []


def test_another_phase_has_moved_it() -> None:
    key = KEYS[0]
    (one,) = differences({key: {"phase": "a", "title": "x"}}, {key: {"phase": "b", "title": "x"}})
    assert (one.how, dict(one.fields)) == (How.MOVED, {"phase": ("a", "b")})


@pytest.mark.django_db
def test_the_steps_add_up_to_the_way() -> None:
    """Day by day or at once: the same states in the end, over late entries and corrections."""
    small = talks(recorded_at=START)
    small.set_status(small.withdrawal, "in_progress", at=START + 3 * DAY, known=START + 6 * DAY)
    edit_condition(small.release, act=small.act(at=START + DAY, recorded_at=START + 2 * DAY), version=None, target=25)
    last = small.withdrawal.negotiation.entries.get(verb="condition.status_changed")
    correct(last, act=small.act(at=START + 2 * DAY, recorded_at=START + 8 * DAY), version=None, status="partly_met")
    readings = [
        states_at(small.negotiation.pk, as_of=START + day * DAY, known_at=START + (day + more) * DAY)
        for day in range(-1, 9)
        for more in (0, 3)
    ]
    state = without_nothing(readings[0])
    for before, after in pairwise(readings):
        state = laid_over(state, differences(before, after))
    assert without_nothing(state) == without_nothing(readings[-1])
