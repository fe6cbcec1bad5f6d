"""ETags, 304, and what caches may keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.factories import Talks

from .calls import LIST, STATE, condition_url


@pytest.fixture(params=[LIST, "/api/v1/negotiations/two-shores/", STATE, "condition"])
def address(request: pytest.FixtureRequest, small: Talks) -> str:
    return condition_url(small.release) if request.param == "condition" else request.param


def test_who_has_the_bytes_gets_304(address: str, anybody: Client) -> None:
    etag = anybody.get(address).headers["ETag"]
    again = anybody.get(address, headers={"if-none-match": f'"other", W/{etag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)


def test_a_change_is_seen_at_once(anybody: Client, small: Talks) -> None:
    addresses = [STATE, condition_url(small.release)]
    tags = [anybody.get(address).headers["ETag"] for address in addresses]
    small.set_status(small.release, "in_progress")
    for address, tag in zip(addresses, tags, strict=True):
        assert anybody.get(address, headers={"if-none-match": tag}).status_code == 200


def test_an_items_etag_leads_with_its_version(anybody: Client, small: Talks) -> None:
    assert anybody.get(condition_url(small.release)).headers["ETag"].startswith('"v1-')


def test_time_alone_changes_the_bytes_only_when_a_flag_flips(anybody: Client, small: Talks) -> None:
    due = datetime.now(tz=UTC) + timedelta(days=3)
    small.add_condition(due_anchor="date", due_at=due, at=None)
    before = anybody.get(STATE)
    assert before.json()["valid_until"] == due.isoformat().replace("+00:00", "Z")
    with time_machine.travel(due - timedelta(minutes=1), tick=False):
        assert anybody.get(STATE).content == before.content
    with time_machine.travel(due + timedelta(minutes=1), tick=False):
        after = anybody.get(STATE)
    assert after.json()["conditions"][-1]["due"]["is_overdue"] is True


def test_anybodys_answers_may_be_shared_and_members_may_not(address: str, anybody: Client, mediator: Client) -> None:
    public, private = anybody.get(address), mediator.get(address)
    assert public.headers["Cache-Control"].startswith("public")
    assert private.headers["Cache-Control"].startswith("private")
    assert {"Cookie", "Authorization", "Accept-Language"} <= set(public.headers["Vary"].split(", "))


def test_other_origins_read_as_anybody_only(address: str, anybody: Client, mediator: Client) -> None:
    assert anybody.get(address).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in mediator.get(address).headers


def test_a_preflight_allows_reading(address: str, anybody: Client) -> None:
    response = anybody.options(address)
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
