"""The gap between the parties is a word for what analysts judged, and never a number."""

from __future__ import annotations

import pytest

from negotiations.rules.gap import Gap, GapTrend, gap, gap_trend


@pytest.mark.parametrize(
    ("placements", "word"),
    [([3, 3], Gap.SETTLED), ([2, 3], Gap.NARROW), ([1, 3], Gap.MODERATE), ([5, 2], Gap.WIDE), ([1, 3, 5], Gap.OPPOSED)],
)
def test_it_measures_between_the_outermost(placements: list[int], word: Gap) -> None:
    assert gap(placements) is word


def test_one_party_alone_has_no_gap() -> None:
    assert gap([4]) is None
    assert gap([]) is None


def test_it_says_how_the_gap_moved() -> None:
    assert gap_trend(Gap.WIDE, Gap.NARROW) is GapTrend.NARROWING
    assert gap_trend(Gap.NARROW, Gap.NARROW) is GapTrend.UNCHANGED
    assert gap_trend(Gap.SETTLED, Gap.OPPOSED) is GapTrend.WIDENING
    assert gap_trend(None, Gap.NARROW) is None
