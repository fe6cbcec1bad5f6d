"""Pages over all negotiations tell nothing of the past that a reader may not see, at one price for any number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from negotiations.rules.codes import Marking
from negotiations.services.condition import edit_condition
from negotiations.services.marking import narrow_marking, widen_marking
from negotiations.services.meeting import hold_meeting
from negotiations.services.source import retract_source
from tests.factories import START, Talks, talks

from .test_all_at_a_moment import DAY, PAGES, on
from .test_query_budget import asked as questions

# Falls due nine days after the agreement entered into force.
DUE = {"due_anchor": "entry_into_force", "due_offset": timedelta(days=9)}


@pytest.fixture
def shore(db: None) -> Talks:
    return talks(recorded_at=START)


def bodies(client: Client) -> list[bytes]:
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    asked = [(path, {"as_of": on(days), "month": "2025-10"}) for path in PAGES for days in (4, 9)]
    return [token.sub(b"", client.get(path, query).content) for path, query in asked]


@pytest.fixture
def still() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 1, 2, tzinfo=UTC), tick=False):
        yield


def test_what_is_hidden_moves_no_byte_of_the_past(still: None, shore: Talks, client: Client) -> None:
    before = bodies(client)
    one = shore.add_condition("CANARY", at=START + DAY, marking=Marking.AMBER, **DUE)
    shore.set_status(one, "in_progress", at=START + 2 * DAY, known=START + 2 * DAY)
    hold_meeting(
        act=shore.act(at=START + DAY),
        negotiation=shore.negotiation,
        kind="round",
        title="CANARY",
        starts_at=START + 9 * DAY,
        marking=Marking.AMBER,
    )
    talks("quiet-shores", cast=shore.cast, recorded_at=START, published=False)
    assert bodies(client) == before


def test_what_was_open_then_and_is_hidden_now_stays_hidden(shore: Talks, client: Client) -> None:
    shown = shore.add_condition("CANARY", at=START + DAY, **DUE)
    assert "CANARY" in client.get("/", {"as_of": on(4)}).content.decode()
    narrow_marking(shown, act=shore.act(shore.cast.lead), version=None, marking=Marking.AMBER)
    for body in bodies(client):
        assert b"CANARY" not in body


def test_what_was_before_it_was_opened_to_more_stays_hidden(shore: Talks, client: Client) -> None:
    one = shore.add_condition("CANARY", at=START + DAY, **DUE, marking=Marking.AMBER)
    edit_condition(one, act=shore.act(at=START + 5 * DAY), version=None, title="Open the gate")
    widen_marking(one, act=shore.act(shore.cast.lead, at=START + 6 * DAY), version=None, marking=Marking.CLEAR)
    for body in bodies(client):
        assert b"CANARY" not in body
    assert "Open the gate" in client.get("/", {"as_of": on(8)}).content.decode()


@pytest.mark.parametrize("query", ["as_of=2025-10-14", "as_of=2025-10-14&known_at=2025-10-19", "known_at=2025-11-01"])
@pytest.mark.parametrize("path", PAGES)
def test_more_negotiations_ask_no_more_questions(shore: Talks, client: Client, path: str, query: str) -> None:
    retract_source(shore.source, act=shore.act(at=START + DAY, recorded_at=START + DAY), version=None)
    talks("first-shores", cast=shore.cast, recorded_at=START, time_zone="America/Bogota")
    before = questions(client, f"{path}?{query}")
    for number, zone in enumerate(("Asia/Jakarta", "Africa/Cairo", "UTC")):
        more = talks(f"other-shores-{number}", cast=shore.cast, recorded_at=START, time_zone=zone)
        more.set_status(more.withdrawal, "met", at=START + 2 * DAY, known=START + 2 * DAY)
        retract_source(more.source, act=more.act(at=START + DAY, recorded_at=START + DAY), version=None)
    assert questions(client, f"{path}?{query}") <= before
    assert before <= 55
