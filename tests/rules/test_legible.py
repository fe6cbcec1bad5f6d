"""Words without what nobody sees: an empty reason is empty, and a title reads as it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.legible import legible


@pytest.mark.parametrize(
    "text",
    ["", "\u200b", "\u200b \u200d", "\u202e", "\ufeff", "\u3164", "\u2800", "\u200e\u200f", "\x07\x00", "\u2029"],
)
def test_what_shows_nothing_is_empty(text: str) -> None:
    assert legible(text) == ""


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Halt\u200bed", "Halted"),
        ("gnp.\u202efdp", "gnp.fdp"),
        ("bell\x07\x1b[31m", "bell[31m"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("tagged\U000e0041\U000e0042", "tagged"),
    ],
)
def test_signs_that_only_programs_notice_are_left_out(sent: str, kept: str) -> None:
    assert legible(sent) == kept


@pytest.mark.parametrize(
    "text",
    [
        "Halt at noon.",
        "وقف إطلاق النار",
        "می\u200cخواهم",
        "\u200fهدنة (a)\u200e",
        "tab\tand\nline",
        "a\u2067b\u2069",
        "café",
        "🙏🏽",
    ],
)
def test_words_of_any_language_stay_as_they_are(text: str) -> None:
    assert legible(text) == text


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert legible(legible(text)) == legible(text)
