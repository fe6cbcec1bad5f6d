"""Kept documents: the same bytes as made ones, one statement, and nothing kept that may not be."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.api import hot
from negotiations.api.shelf import Shelf, shelf
from tests.factories import Talks

from ..calls import STATE, lasting
from .shelved import Program, kept_keys


@pytest.mark.parametrize("who", [None, "reader", "analyst", "mediator", "outsider"])
def test_a_kept_answer_is_the_made_one(
    small: Talks, anybody: Client, program: Program, makings: list[str], who: str | None
) -> None:
    small.add_condition(marking="AMBER")
    client = program(who) if who else anybody
    first, second = client.get(STATE), client.get(STATE)
    assert len(makings) == 1
    assert (second.content, lasting(second)) == (first.content, lasting(first))
    held = client.get(STATE, headers={"if-none-match": first.headers["ETag"]})
    assert (held.status_code, held.content, held.headers["ETag"]) == (304, b"", first.headers["ETag"])


@pytest.mark.parametrize("who", [None, "analyst"])
def test_a_kept_answer_costs_one_statement(small: Talks, anybody: Client, program: Program, who: str | None) -> None:
    client = program(who) if who else anybody
    etag = client.get(STATE).headers["ETag"]
    for headers in ({}, {"if-none-match": etag}):
        with CaptureQueriesContext(connection) as queries:
            client.get(STATE, headers=headers)
        assert len(queries) == 1


def test_a_hidden_write_changes_no_byte_for_the_public(small: Talks, anybody: Client, makings: list[str]) -> None:
    before = anybody.get(STATE)
    hidden = small.add_condition("Hidden canary", marking="AMBER")
    small.set_status(hidden, "in_progress")
    after = anybody.get(STATE)
    assert (after.content, lasting(after)) == (before.content, lasting(before))
    assert len(makings) == 2


def test_a_write_is_seen_at_once(small: Talks, anybody: Client) -> None:
    anybody.get(STATE)
    small.set_status(small.release, "in_progress")
    assert anybody.get(STATE).json()["conditions"][1]["status"] == "in_progress"


def test_a_past_moment_is_kept_apart_and_today_not_at_all(small: Talks, anybody: Client, makings: list[str]) -> None:
    small.set_status(small.release, "in_progress")
    for _round in range(2):
        assert anybody.get(STATE, {"as_of": "2025-12-08"}).json()["conditions"][1]["status"] == "not_assessed"
        assert anybody.get(STATE).json()["conditions"][1]["status"] == "in_progress"
    assert len(makings) == 2
    before, today = kept_keys(), f"{datetime.now(tz=ZoneInfo('Asia/Jerusalem')):%Y-%m-%d}"
    assert anybody.get(STATE, {"as_of": today}).status_code == 200
    assert kept_keys() == before


def test_without_redis_it_is_made_each_time(
    small: Talks, anybody: Client, makings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = anybody.get(STATE)
    monkeypatch.setattr(shelf(), "_away_until", float("inf"))
    after = [anybody.get(STATE) for _round in range(2)]
    assert {one.content for one in after} == {before.content}
    assert len(makings) == 3
    shelf().believe_back()
    assert anybody.get(STATE).content == before.content
    assert len(makings) == 3


def test_a_redis_that_is_gone_is_asked_once_in_a_while() -> None:
    gone, asked = Shelf("redis://127.0.0.1:1/0"), []
    assert [gone.ask(lambda pipeline: asked.append(pipeline.get("x"))) for _try in range(3)] == [None] * 3
    assert len(asked) == 1


def test_a_write_between_making_and_keeping_keeps_nothing(
    small: Talks, anybody: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = hot._seconds_true

    def meanwhile(*facts: Any) -> int:
        small.set_status(small.release, "in_progress")
        return seconds(*facts)

    monkeypatch.setattr(hot, "_seconds_true", meanwhile)
    anybody.get(STATE)
    assert kept_keys() == 0


@pytest.mark.parametrize("query", [{"lang": "xx"}, {"as_of": "never"}, {"as_of": "2999-01-01"}, {"x": "1"}])
def test_what_is_refused_or_unusual_is_never_kept(small: Talks, anybody: Client, query: dict[str, str]) -> None:
    anybody.get(STATE, query)
    assert kept_keys() == 0


def test_a_session_goes_the_long_way(small: Talks, mediator: Client) -> None:
    assert mediator.get(STATE).status_code == 200
    assert kept_keys() == 0
