"""Two ages, never mixed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from negotiations.rules.codes import ConditionStatus
from negotiations.rules.freshness import Ages, Freshness, ages

from .moments import DAY, condition, on

CHECKED = on(2025, 12, 1)


def aged(days: float, status: str = "in_progress", **more: Any) -> Ages:
    given = {"review_interval": 10 * DAY, "checked_at": CHECKED, "evidence_at": CHECKED - DAY, **more}
    return ages(condition("C1", status, **given), at=CHECKED + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "state", "flips"),
    [
        (0, Freshness.FRESH, 8),
        (7.99, Freshness.FRESH, 8),
        (8, Freshness.DUE, 10),
        (10, Freshness.DUE, 10),
        (10.01, Freshness.STALE, None),
    ],
)
def test_it_is_due_from_four_fifths_and_stale_after_the_interval(
    days: float, state: Freshness, flips: int | None
) -> None:
    one = aged(days)
    assert one.state is state
    assert one.flips_at == (CHECKED + flips * DAY if flips else None)


def test_the_two_ages_are_told_apart() -> None:
    one = aged(3)
    assert (one.checked_age, one.evidence_age) == (3 * DAY, 4 * DAY)


def test_new_evidence_does_not_make_it_checked() -> None:
    assert aged(11, evidence_at=CHECKED + 11 * DAY).is_stale


def test_what_was_never_checked_is_due_and_not_stale() -> None:
    one = aged(100, checked_at=None)
    assert (one.is_due, one.is_stale, one.checked_age) == (True, False, None)


@pytest.mark.parametrize("status", list(ConditionStatus))
@pytest.mark.parametrize("kind", ["milestone", "gate", "reciprocal_tranche", "continuous"])
def test_what_is_done_with_never_goes_stale_and_what_must_hold_does(status: str, kind: str) -> None:
    done = status in {"waived", "superseded"} or (status == "met" and kind != "continuous")
    assert aged(100, status, kind=kind).is_stale is not done


def test_without_a_review_interval_it_is_not_reviewed_but_keeps_its_ages() -> None:
    one = aged(100, review_interval=None)
    assert (one.state, one.checked_age) == (Freshness.NOT_REVIEWED, 100 * DAY)


def test_coverage_that_ended_stops_the_clock() -> None:
    coverage_end = CHECKED + 5 * DAY
    now: datetime = min(on(2026, 12, 1), coverage_end)
    assert ages(condition("C1", checked_at=CHECKED, review_interval=10 * DAY), at=now).state is Freshness.FRESH
