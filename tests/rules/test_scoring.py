"""Judgements are scored when their question is resolved."""

from __future__ import annotations

import pytest

from negotiations.rules.scoring import brier, mean


@pytest.mark.parametrize(
    ("low", "high", "came_true", "score"),
    [(95, 99, True, 0.0009), (1, 5, True, 0.9409), (45, 55, False, 0.25), (20, 45, False, 0.105625)],
)
def test_it_scores_the_middle_of_the_range(low: int, high: int, came_true: bool, score: float) -> None:
    assert brier(low, high, came_true=came_true) == pytest.approx(score)


def test_nothing_resolved_has_no_score() -> None:
    assert mean([]) is None
    assert mean([0.2, 0.4]) == pytest.approx(0.3)
