"""What was not taken is tried again in growing gaps, for 72 hours at most."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from negotiations.rules.retrying import GAPS, HOLDS, LONGEST, PATIENCE, hold, next_try

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_gaps_grow_and_end_within_72_hours(chance: float) -> None:
    now, tries = START, [START]
    while (now := next_try(len(tries), first_at=START, now=now, chance=chance)) is not None:
        tries.append(now)
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert gaps == sorted(gaps)
    assert len(tries) == len(GAPS) + 1
    assert timedelta(hours=60) < tries[-1] - START <= LONGEST


def test_chance_only_shortens_a_gap_a_little() -> None:
    gaps = {next_try(3, first_at=START, now=START, chance=chance) for chance in (0.0, 0.3, 1.0)}
    assert len(gaps) == 3
    assert all(START + 0.9 * GAPS[2] <= at <= START + GAPS[2] for at in gaps if at is not None)


def test_a_receiver_may_ask_for_patience_within_reason() -> None:
    asked = timedelta(minutes=20)
    assert next_try(1, first_at=START, now=START, chance=0, retry_after=asked) == START + asked
    assert next_try(1, first_at=START, now=START, chance=0, retry_after=timedelta(days=900)) == START + PATIENCE
    assert next_try(4, first_at=START, now=START, chance=0, retry_after=timedelta(seconds=1)) == START + GAPS[3]


def test_no_try_begins_later_than_72_hours_after_the_first() -> None:
    late = START + timedelta(hours=71)
    assert next_try(3, first_at=START, now=late, chance=0) is not None
    assert next_try(5, first_at=START, now=late, chance=0) is None
    assert next_try(1, first_at=START, now=late, chance=0, retry_after=timedelta(hours=2)) is None


def test_a_receiver_that_does_not_answer_is_left_in_peace_for_longer_and_longer() -> None:
    assert [hold(failures) for failures in range(1, 7)] == [*HOLDS, HOLDS[-1]]
    assert hold(1, retry_after=timedelta(hours=1)) == timedelta(hours=1)
