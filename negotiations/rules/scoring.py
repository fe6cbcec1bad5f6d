"""How well dated judgements turned out."""

from __future__ import annotations

from collections.abc import Sequence


def brier(low: int, high: int, *, came_true: bool) -> float:
    """Return the Brier score of one judgement, 0 (right and sure) to 1, from the middle of its range in percent."""
    return ((low + high) / 200 - came_true) ** 2


def mean(scores: Sequence[float]) -> float | None:
    """Return the average score; None where nothing has been resolved yet."""
    return sum(scores) / len(scores) if scores else None
