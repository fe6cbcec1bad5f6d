"""Guessing is slowed down, and nobody is kept out for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from negotiations.models import AttemptCount
from negotiations.rules.attempts import Limit
from negotiations.services.attempts import TooManyAttempts, count_attempt, forget_old_attempts, forgive_attempts

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 8, 12, tzinfo=UTC)
THREE = Limit("three", 3, timedelta(minutes=15))


def attempt(times: int, whose: str = "ann", *, now: datetime = NOON) -> None:
    for _number in range(times):
        count_attempt(THREE, whose, now=now)


def test_it_refuses_one_too_many_and_says_when_to_try_again() -> None:
    attempt(3)
    with pytest.raises(TooManyAttempts) as refused:
        attempt(1, now=NOON + timedelta(minutes=5))
    assert refused.value.again_at == NOON + timedelta(minutes=15)


def test_it_lets_everybody_try_again_however_often_somebody_knocked() -> None:
    attempt(3)
    for minute in range(1, 15):
        with pytest.raises(TooManyAttempts):
            attempt(1, now=NOON + timedelta(minutes=minute))
    attempt(1, now=NOON + timedelta(minutes=15))


def test_one_account_does_not_count_for_another() -> None:
    attempt(3)
    attempt(3, "ben")


def test_it_counts_one_name_however_it_is_written() -> None:
    attempt(3, "ann@example.org")
    with pytest.raises(TooManyAttempts):
        attempt(1, " Ann@Example.org ")


def test_whoever_showed_who_they_are_starts_anew() -> None:
    attempt(3)
    forgive_attempts(THREE, "ann")
    attempt(3)


def test_it_keeps_neither_names_nor_addresses() -> None:
    attempt(1, "ann@example.org")
    assert "ann" not in AttemptCount.objects.get().key


def test_it_forgets_after_a_day() -> None:
    attempt(1)
    assert forget_old_attempts(NOON + timedelta(hours=23)) == 0
    assert forget_old_attempts(NOON + timedelta(hours=25)) == 1
