"""How many questions a page asks of the database: the same for two rows and for twenty."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.rules.codes import ClaimKind, ConditionStatus
from negotiations.services.claim import make_claim
from tests.factories import START, Talks, talks

from .conftest import address

BUDGET = {
    "overview": 60,
    "conditions": 45,
    "record": 45,
    "dashboard": 55,
    "condition": 70,
    "dispute": 60,
    "calendar": 45,
    "all dates": 45,
    "changes": 45,
    "search": 35,
}


def pages(shore: Talks) -> dict[str, str]:
    return {
        "dashboard": "/",
        "overview": "/n/two-shores/",
        "conditions": "/n/two-shores/conditions/",
        "record": "/n/two-shores/record/",
        "condition": address(shore.withdrawal),
        "calendar": "/n/two-shores/calendar/",
        "all dates": "/calendar/",
        "changes": "/n/two-shores/changes/?since=2020-01-01",
        "search": "/search/?q=bridge",
        "dispute": f"/n/two-shores/disputes/{shore.dispute.ref}/",
    }


def asked(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def grow(shore: Talks) -> None:
    """Many more rows of the kinds that are there already."""
    for number in range(6):
        one = shore.add_condition(f"Open bridge {number}")
        shore.set_status(one, ConditionStatus.IN_PROGRESS)
        shore.open_dispute(f"Who opens bridge {number}", conditions=[one, shore.withdrawal])
        make_claim(
            act=shore.act(at=START),
            negotiation=shore.negotiation,
            claimant=shore.north,
            kind=ClaimKind.FULFILLED,
            text=f"Bridge {number} is open.",
            said_at=START,
            conditions=[one, shore.withdrawal],
        )


@pytest.mark.parametrize("name", BUDGET)
def test_more_rows_ask_no_more_questions(shore: Talks, client: Client, name: str) -> None:
    grow(shore)
    page = pages(shore)[name]
    before = asked(client, page)
    grow(shore)
    assert asked(client, page) <= before
    assert before <= BUDGET[name]


def test_more_negotiations_ask_no_more_questions(shore: Talks, client: Client) -> None:
    before = asked(client, "/")
    for number in range(3):
        talks(f"other-shores-{number}", cast=shore.cast)
    assert asked(client, "/") <= before
