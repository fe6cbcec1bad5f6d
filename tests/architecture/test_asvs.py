"""The table of security requirements is complete, and every test it names is there."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
TABLE: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "asvs.toml").read_text())
ANSWERS = {"tests", "reason", "operator", "gap"}
# Requirements of levels 1 and 2 of ASVS 5.0.0, by section.
WANTED = {
    "1.1": "1 2", "1.2": "1 2 3 4 5 6 7 8 9", "1.3": "1 2 3 4 5 6 7 8 9 10 11", "1.4": "1 2 3", "1.5": "1 2",
    "2.1": "1 2 3", "2.2": "1 2 3", "2.3": "1 2 3 4", "2.4": "1",
    "3.2": "1 2", "3.3": "1 2 3 4", "3.4": "1 2 3 4 5 6", "3.5": "1 2 3 4 5", "3.7": "1 2",
    "4.1": "1 2 3", "4.2": "1", "4.3": "1 2", "4.4": "1 2 3 4",
    "5.1": "1", "5.2": "1 2 3", "5.3": "1 2", "5.4": "1 2 3",
    "6.1": "1 2 3", "6.2": "1 2 3 4 5 6 7 8 9 10 11 12", "6.3": "1 2 3 4", "6.4": "1 2 3 4", "6.5": "1 2 3 4 5",
    "6.6": "1 2 3", "6.8": "1 2 3 4",
    "7.1": "1 2 3", "7.2": "1 2 3 4", "7.3": "1 2", "7.4": "1 2 3 4 5", "7.5": "1 2", "7.6": "1 2",
    "8.1": "1 2", "8.2": "1 2 3", "8.3": "1", "8.4": "1",
    "9.1": "1 2 3", "9.2": "1 2 3 4",
    "10.1": "1 2", "10.2": "1 2", "10.3": "1 2 3 4", "10.4": "1 2 3 4 5 6 7 8 9 10 11", "10.5": "1 2 3 4 5",
    "10.6": "1 2", "10.7": "1 2 3",
    "11.1": "1 2", "11.2": "1 2 3", "11.3": "1 2 3", "11.4": "1 2 3 4", "11.5": "1", "11.6": "1",
    "12.1": "1 2 3", "12.2": "1 2", "12.3": "1 2 3 4",
    "13.1": "1", "13.2": "1 2 3 4 5", "13.3": "1 2", "13.4": "1 2 3 4 5",
    "14.1": "1 2", "14.2": "1 2 3 4", "14.3": "1 2 3",
    "15.1": "1 2 3", "15.2": "1 2 3", "15.3": "1 2 3 4 5 6 7",
    "16.1": "1", "16.2": "1 2 3 4 5", "16.3": "1 2 3 4", "16.4": "1 2 3", "16.5": "1 2 3",
    "17.1": "1", "17.2": "1 2 3 4", "17.3": "1 2",
}  # fmt: skip
REQUIREMENTS = [f"{section}.{number}" for section, numbers in WANTED.items() for number in numbers.split()]


def keys_of(requirement: str) -> list[str]:
    """The requirement, its section and its chapter, the most exact first."""
    parts = requirement.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


@cache
def named_in(path: str) -> frozenset[str]:
    tree = ast.parse((CHECKOUT / path).read_text())
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_requirement_of_levels_1_and_2_is_answered() -> None:
    assert len(REQUIREMENTS) == 253
    assert [one for one in REQUIREMENTS if not TABLE.keys() & set(keys_of(one))] == []


def test_nothing_else_is_answered() -> None:
    known = {key for one in REQUIREMENTS for key in keys_of(one)}
    assert sorted(TABLE.keys() - known) == []


@pytest.mark.parametrize("key", TABLE)
def test_an_answer_is_in_kind_and_its_tests_are_there(key: str) -> None:
    answer = TABLE[key]
    assert answer
    assert set(answer) <= ANSWERS
    for named in answer.get("tests", []):
        path, _colons, function = named.partition("::")
        assert (CHECKOUT / path).is_file(), named
        assert not function or function in named_in(path), named
