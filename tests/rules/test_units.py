"""The usual units of a count are known in Arabic."""

from __future__ import annotations

import re

import pytest

from negotiations.rules.units import UNITS, unit_in_arabic


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_a_usual_unit_is_known_in_arabic(unit: str) -> None:
    assert re.search("[؀-ۿ]", unit_in_arabic(unit))


def test_any_other_unit_stays_as_it_was_written() -> None:
    assert unit_in_arabic("boats of the northern fleet") == ""
