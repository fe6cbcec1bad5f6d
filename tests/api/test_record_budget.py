"""The record costs as many queries for two hundred entries as for two, and refuses what it does not know."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import START, Talks
from tests.services.facts import claim

from .conftest import signed_in
from .following import RECORD

BUDGET = 16


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", ["anybody", "mediator"])
def test_two_hundred_entries_cost_as_many_queries_as_two(small: Talks, anybody: Client, name: str) -> None:
    client = anybody if name == "anybody" else signed_in(small, name)
    after = client.get(f"{RECORD}?limit=100").json()["latest"]
    page = f"{RECORD}?limit=100&after={after}"
    for _ in range(2):
        claim(small, act=small.act(at=START))
    few = queries(client, page)
    for _ in range(98):
        claim(small, act=small.act(at=START))
    assert len(client.get(page).json()["results"]) == 100
    assert queries(client, page) == few <= BUDGET


@pytest.mark.parametrize("query", ["befor=x", "cursor=x", "q=line", "format=csv", "as_of=2025-12-08", "offset=7"])
def test_what_it_does_not_know_is_refused(small: Talks, anybody: Client, query: str) -> None:
    response = anybody.get(f"{RECORD}?{query}")
    assert (response.status_code, response.json()["code"]) == (400, "unknown_parameter")
