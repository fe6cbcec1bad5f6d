"""Measures beside statuses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from negotiations.rules.measures import MeasureRefused, check_measure

D = Decimal


def test_a_measure_is_never_below_zero() -> None:
    with pytest.raises(MeasureRefused):
        check_measure("in_progress", D(-1))


@pytest.mark.parametrize(
    ("value", "comparator", "tolerance", "goes"),
    [
        (28, "=", None, True),
        (27, "=", None, False),
        (27, "=", 1, True),
        (1968, ">=", None, True),
        (3, ">=", None, False),
        (3, "", None, False),
        (20, "<=", None, True),
        (29, "<=", None, False),
    ],
)
def test_met_goes_with_a_value_that_reaches_the_target(
    value: int, comparator: str, tolerance: int | None, goes: bool
) -> None:
    terms = {"target": D(28), "comparator": comparator, "tolerance": None if tolerance is None else D(tolerance)}
    if goes:
        check_measure("met", D(value), **terms)
    else:
        with pytest.raises(MeasureRefused):
            check_measure("met", D(value), **terms)


def test_any_other_status_takes_any_value() -> None:
    check_measure("partly_met", D(3), target=D(28), comparator="=")


def test_a_ratio_is_not_the_whole() -> None:
    check_measure("met", D(420), target=D(15), comparator="=", per="ratio")


def test_without_a_value_there_is_nothing_to_compare() -> None:
    check_measure("met", None, target=D(28))
