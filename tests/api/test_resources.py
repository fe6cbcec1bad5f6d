"""Every noun is served as a list and as single items, to each reader what they may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from negotiations.api.resources import RESOURCES
from tests.factories import Talks

from .nouns import ROOT, one_of_each

NOUNS = list(RESOURCES)


@pytest.fixture
def made(small: Talks) -> dict[str, Any]:
    return one_of_each(small)


def list_url(noun: str) -> str:
    return f"{ROOT}{RESOURCES[noun].plural}/"


def item_url(noun: str, item: Any) -> str:
    return f"/api/v1/{RESOURCES[noun].plural}/{item.public_id}/"


def test_a_row_of_a_list_is_the_item_itself(made: dict[str, Any], mediator: Client) -> None:
    for noun in NOUNS:
        rows = {row["id"]: row for row in mediator.get(list_url(noun)).json()["results"]}
        item = mediator.get(item_url(noun, made[noun])).json()
        row = rows[str(made[noun].public_id)]
        assert {name: item[name] for name in row if name != "marking"} == {
            n: v for n, v in row.items() if n != "marking"
        }


def test_an_item_is_found_by_what_people_call_it(made: dict[str, Any], mediator: Client) -> None:
    for noun in [one for one in NOUNS if RESOURCES[one].named_by]:
        by_id = mediator.get(item_url(noun, made[noun]))
        by_ref = mediator.get(f"{list_url(noun)}{getattr(made[noun], RESOURCES[noun].named_by)}/")
        assert by_ref.content == by_id.content
        assert by_ref.headers["ETag"] == by_id.headers["ETag"]
        assert by_id.headers["ETag"].startswith(f'"v{made[noun].version}-')


def test_the_past_is_told_as_it_was(made: dict[str, Any], mediator: Client) -> None:
    for noun in NOUNS:
        then = made[noun].negotiation.entry_into_force_at.isoformat()
        before = mediator.get(list_url(noun), {"as_of": then}).json()
        assert str(made[noun].public_id) not in [row["id"] for row in before["results"]]
        assert mediator.get(item_url(noun, made[noun]), {"as_of": then}).status_code == 404
        after = mediator.get(list_url(noun), {"as_of": "2025-10-20"}).json()["results"]
        now = mediator.get(list_url(noun)).json()["results"]
        if noun not in ("condition", "phase"):  # their flags are computed at the moment
            assert after == now
        assert [row["id"] for row in after] == [row["id"] for row in now]


def test_what_is_held_already_is_not_sent_again(made: dict[str, Any], mediator: Client) -> None:
    for noun in NOUNS:
        for url in (list_url(noun), item_url(noun, made[noun])):
            etag = mediator.get(url).headers["ETag"]
            assert mediator.get(url, headers={"if-none-match": etag}).status_code == 304


def test_every_document_says_how_it_may_be_used(made: dict[str, Any], mediator: Client) -> None:
    for noun in NOUNS:
        for url in (list_url(noun), item_url(noun, made[noun])):
            document = mediator.get(url).json()
            assert document["permalink"].split("?")[0].endswith(url)
            assert document["cite_as"].startswith("Ceasefire Negotiation Tracker: Talks of the two shores, ")
            assert (document["license"] is None) == (document["marking"] != "CLEAR")


def test_who_may_not_see_it_finds_nothing(made: dict[str, Any], anybody: Client) -> None:
    for noun in NOUNS:
        seen = anybody.get(item_url(noun, made[noun]))
        assert seen.status_code == (404 if noun in ("message", "note") else 200)
        rows = anybody.get(list_url(noun)).json()["results"]
        assert (str(made[noun].public_id) in [row["id"] for row in rows]) == (seen.status_code == 200)
        assert anybody.get("/api/v1/negotiations/elsewhere/" + RESOURCES[noun].plural + "/").status_code == 404
