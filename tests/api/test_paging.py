"""Keyset pages: signed cursors, bound to their reader and their list."""

from __future__ import annotations

import base64

import pytest
from django.test import Client

from negotiations.services.act import Act
from negotiations.services.negotiation import open_negotiation
from tests.factories import Talks

from .calls import LIST
from .conftest import signed_in


@pytest.fixture
def five(small: Talks) -> Talks:
    for letter in "abcd":
        act = Act(actor=small.cast.lead, reason="Set up.")
        open_negotiation(act=act, slug=f"talks-{letter}", title=f"Talks {letter}", published=letter != "c")
    return small


def pages(client: Client, address: str) -> list[list[str]]:
    found = []
    while address:
        page = client.get(address).json()
        found.append([one["slug"] for one in page["results"]])
        address = page["next"]
    return found


def test_pages_hold_everything_once_and_count_nothing_hidden(five: Talks, anybody: Client) -> None:
    assert pages(anybody, f"{LIST}?limit=2") == [["talks-a", "talks-b"], ["talks-d", "two-shores"]]


def test_a_cursor_stands_where_it_stood_when_rows_come_before_it(five: Talks, anybody: Client) -> None:
    following = anybody.get(f"{LIST}?limit=2").json()["next"]
    open_negotiation(act=Act(actor=five.cast.lead), slug="aaa", title="Aaa", published=True)
    assert [one["slug"] for one in anybody.get(following).json()["results"]] == ["talks-d", "two-shores"]


def test_a_cursor_holds_nothing_but_what_its_reader_saw(five: Talks, anybody: Client) -> None:
    cursor = anybody.get(f"{LIST}?limit=2").json()["next"].split("cursor=")[1].split("%3A")[0]
    assert base64.urlsafe_b64decode(cursor + "==") == b'{"after":"talks-b"}'


def test_a_cursor_is_good_for_its_reader_and_its_list_only(five: Talks, anybody: Client) -> None:
    following = anybody.get(f"{LIST}?limit=2").json()["next"]
    for client, address in (
        (signed_in(five, "outsider"), following),
        (anybody, f"{following}&as_of=2025-11-01"),
        (anybody, following.replace("cursor=", "cursor=x")),
    ):
        response = client.get(address)
        assert (response.status_code, response.json()["code"]) == (400, "invalid_cursor")
