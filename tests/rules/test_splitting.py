"""Splitting an agreement's text into clauses: nothing added, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.splitting import numbered, split

MARKS = [
    "1. ",
    "2) ",
    "3.1 ",
    "Article 4: ",
    "(a) ",
    "b. ",
    "• ",
    "- ",
    "١. ",
    "المادة ٢: ",
    "البند الثالث: ",
    "",
    "\n",
]
LINES = st.lists(st.tuples(st.sampled_from(MARKS), st.text(max_size=30)), max_size=12)


def numbers(text: str) -> list[str]:
    return [one.number for one in numbered(split(text))]


@given(st.text(max_size=300))
def test_joining_the_pieces_gives_any_text_back(text: str) -> None:
    assert "".join(piece.text for piece in split(text)) == text


@given(LINES)
def test_joining_the_pieces_gives_an_agreement_back(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(mark + words for mark, words in lines)
    assert "".join(piece.text for piece in split(text)) == text


@given(LINES)
def test_no_two_clauses_share_a_number(lines: list[tuple[str, str]]) -> None:
    found = numbers("\n".join(mark + words for mark, words in lines))
    assert len(set(found)) == len(found)
    assert all(0 < len(number) <= 24 for number in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Halt.\n2. Withdraw.", ["1", "2"]),
        ("1) Halt\n1.1 At noon\n1.2 At dusk", ["1", "1.1", "1.2"]),
        ("Article 1: Halt\nArticle 2: Withdraw", ["1", "2"]),
        ("١. وقف\n٢. انسحاب", ["1", "2"]),
        ("المادة ١: وقف\nالمادة ٢: انسحاب", ["1", "2"]),
        ("4. Exchange:\n(a) the living\n(b) the dead", ["4", "4(a)", "4(b)"]),
        ("3. Aid:\n• food\n• fuel", ["3", "3-1", "3-2"]),
        ("1. Halt.\nAnnex\n1. Maps.", ["1", "1 (2)"]),
        ("They agree.\n\nThey leave.", ["§1", "§2"]),
        ("Preamble\n1. Halt.", ["§1", "1"]),
    ],
)
def test_it_numbers_clauses_as_people_cite_them(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


def test_a_clause_keeps_the_lines_that_follow_it() -> None:
    found = numbered(split("1. Forces withdraw\n   behind the line.\n2. Aid enters."))
    assert [one.words for one in found] == ["Forces withdraw\n   behind the line.", "Aid enters."]


def test_a_year_or_a_quantity_begins_no_clause() -> None:
    assert numbers("1. They met in\n2025 again, and\n600 trucks entered.") == ["1"]
