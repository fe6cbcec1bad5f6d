"""Base rates: small published aggregates with their n and their caveat."""

from __future__ import annotations

import pytest

from negotiations.rules.base_rates import ALL, BY_CATEGORY, RATES, YEARS, BaseRate, base_rates, caveat, footnote
from negotiations.rules.codes import CROSSWALK, ConditionCategory


@pytest.mark.parametrize("rate", [*RATES.values(), ALL], ids=lambda rate: rate.code)
def test_a_row_is_possible(rate: BaseRate) -> None:
    assert list(rate.full) == sorted(rate.full)
    assert max(rate.full) <= rate.n
    assert rate.regressed <= rate.n


@pytest.mark.parametrize(
    ("code", "year", "percent"),
    [("with", 1, 29), ("with", 3, 64), ("prisr", 1, 45), ("prisr", 3, 75), ("disarm", 5, 25), ("unpkf", 3, 92)],
)
def test_shares_are_those_of_the_table(code: str, year: int, percent: int) -> None:
    assert round(RATES[code].share(year) * 100) == percent


def test_all_724_provisions_are_the_last_line() -> None:
    assert [round(ALL.share(year) * 100) for year in YEARS] == [17, 26, 35, 45, 55]


def test_a_category_has_the_rates_of_its_own_provisions() -> None:
    assert [rate.code for rate in base_rates("disarmament_ddr")] == ["disarm", "demob"]
    assert base_rates("missing_persons") == ()


@pytest.mark.parametrize("category", list(CROSSWALK))
def test_a_rate_is_only_given_for_codes_the_crosswalk_names(category: ConditionCategory) -> None:
    assert set(BY_CATEGORY.get(category, ())) <= set(CROSSWALK[category][1])


def test_the_footnote_gives_n_and_year_and_has_a_caveat() -> None:
    assert footnote(RATES["with"]) == (
        "Withdrawal of troops: fully carried out by the end of year 3 in 9 of 14 accords (64%)."
    )
    assert "not a forecast" in caveat()


def test_a_year_that_was_not_computed_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        RATES["with"].share(4)
