"""The proof of the record: what it covers, and what it does not give away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from negotiations.rules.chain import clear_hash, clear_header, digest, full_hash, payload_digest

ENTRY: dict[str, Any] = {
    "id": UUID(int=1),
    "seq": 7,
    "verb": "claim.made",
    "subject_type": "claim",
    "subject_id": UUID(int=2),
    "subject_version": 1,
    "marking": "CLEAR",
    "effective_at": datetime(2025, 10, 10, tzinfo=UTC),
    "inserted_at": datetime(2025, 10, 11, tzinfo=UTC),
    "recorded_at": datetime(2025, 10, 11, tzinfo=UTC),
    "backfilled": False,
    "actor": UUID(int=3),
    "organisation": None,
    "supersedes": None,
    "request_id": "r1",
    "payload_digest": "ab",
}
INTERNAL = {"seq", "subject_version", "actor", "organisation", "request_id"}
WORDS: dict[str, Any] = {"salt": "s", "changes": {"a": [1, 2]}, "reason": "r", "no_source_reason": "", "basis": []}


@pytest.mark.parametrize("fact", ENTRY)
def test_the_whole_chain_covers_every_fact(fact: str) -> None:
    assert full_hash({**ENTRY, fact: "another"}, "") != full_hash(ENTRY, "")


@pytest.mark.parametrize("fact", ENTRY)
def test_the_public_chain_covers_what_everybody_may_see_and_nothing_else(fact: str) -> None:
    is_same = clear_hash({**ENTRY, fact: "another"}, "") == clear_hash(ENTRY, "")
    assert is_same is (fact in INTERNAL)


def test_the_public_header_counts_nothing_hidden() -> None:
    assert clear_header(ENTRY).keys() == ENTRY.keys() - INTERNAL


def test_a_link_depends_on_the_one_before() -> None:
    assert full_hash(ENTRY, "a") != full_hash(ENTRY, "b")
    assert clear_hash(ENTRY, "a") != clear_hash(ENTRY, "b")


@pytest.mark.parametrize("word", WORDS)
def test_the_digest_covers_every_word(word: str) -> None:
    assert payload_digest(**{**WORDS, word: "another"}) != payload_digest(**WORDS)


def test_the_order_of_keys_does_not_matter() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})
