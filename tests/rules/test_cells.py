"""Nothing that is written into a table runs when a spreadsheet opens it."""

from __future__ import annotations

import pytest

from negotiations.rules.cells import cell_text


@pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")
def test_what_a_spreadsheet_would_run_is_marked_as_text(sign: str) -> None:
    assert cell_text(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", [" =1+1", "\u00a0@SUM(A1)", "\u3000＝1"])
def test_blanks_before_it_hide_nothing(text: str) -> None:
    assert cell_text(text) == f"'{text}"


@pytest.mark.parametrize("number", ["-3", "+5", "-0.25", "12", "12.50"])
def test_numbers_stay_numbers(number: str) -> None:
    assert cell_text(number) == number


@pytest.mark.parametrize("text", ["-3+4", "-1e9", "+1.2.3", "-٣", "-3\n", "--5"])
def test_what_only_begins_like_a_number_does_not(text: str) -> None:
    assert cell_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Rafah", "a=b", "5-6", "'=1", "القوات"])
def test_other_words_are_left_as_they_are(text: str) -> None:
    assert cell_text(text) == text
