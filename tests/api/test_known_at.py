"""`?known_at=`: as it was known then; what was told later, corrections too, is left out."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from negotiations.models import Entry
from negotiations.services.correction import correct
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.source import add_source
from tests.factories import START, Talks

from .calls import LIST, STATE, condition_url
from .conftest import signed_in
from .two_shores import DAY, on, small

__all__ = ["small"]


def sources_known(client: Client, query: str) -> set[str]:
    found = client.get(f"/api/v1/negotiations/two-shores/sources/?{query}").json()
    return {one["ref"] for one in found["results"]}


def condition(client: Client, query: str) -> Any:
    return client.get(f"{STATE}?{query}").json()["conditions"][0]


def test_it_answers_with_what_was_known_then(small: Talks, anybody: Client) -> None:
    assert condition(anybody, f"as_of={on(4)}")["status"] == "in_progress"
    assert condition(anybody, f"as_of={on(4)}&known_at={on(9)}")["status"] == "not_assessed"
    assert condition(anybody, f"as_of={on(4)}&known_at={on(10)}")["status"] == "in_progress"


def test_alone_it_asks_about_the_latest_moment(small: Talks, anybody: Client) -> None:
    found = anybody.get(f"{STATE}?known_at={on(9)}").json()
    assert (found["conditions"][0]["status"], found["is_past"]) == ("not_assessed", True)
    assert found["as_of"] > on(9)
    assert found["known_at"].startswith(on(9)[:19])


def test_what_a_status_rests_on_is_what_was_known_too(small: Talks, anybody: Client) -> None:
    last = Entry.objects.get(verb="condition.status_changed")
    correct(last, act=small.act(at=START + 3 * DAY, recorded_at=START + 20 * DAY), version=None, status="partly_met")
    before, after = (condition(anybody, f"as_of={on(4)}&known_at={on(day)}")["assessed"] for day in (15, 21))
    assert before["entry"] == str(last.public_id)
    assert after["entry"] not in (before["entry"], None)


def test_sources_filed_later_are_left_out(small: Talks, anybody: Client) -> None:
    act = small.act(recorded_at=START + 12 * DAY, at=START + 2 * DAY)
    add_source(act=act, negotiation=small.negotiation, publisher="River Post", title="Late paper")
    assert sources_known(anybody, f"known_at={on(11)}") == {"S1"}
    assert sources_known(anybody, f"known_at={on(12)}") == {"S1", "S2"}


def test_the_list_and_the_facts_go_back_too(small: Talks, anybody: Client) -> None:
    act = small.act(small.cast.lead, at=START + DAY, recorded_at=START + 5 * DAY)
    edit_negotiation(small.negotiation, act=act, version=None, title="Renamed")
    for address in (LIST, "/api/v1/negotiations/two-shores/"):
        found = [anybody.get(f"{address}?as_of={on(2)}{more}").json() for more in (f"&known_at={on(4)}", "")]
        titles = [one["results"][0]["title"] if "results" in one else one["title"] for one in found]
        assert titles == ["Talks of the two shores", "Renamed"]


def test_before_it_was_known_a_negotiation_is_not_there(small: Talks, anybody: Client) -> None:
    assert anybody.get(f"{STATE}?known_at={on(-1)}").status_code == 404
    assert anybody.get(f"{LIST}?known_at={on(-1)}").json()["results"] == []


def test_an_item_carries_both_clocks_and_a_permalink_that_gives_it_again(small: Talks, anybody: Client) -> None:
    found = anybody.get(f"{condition_url(small.withdrawal)}?as_of={on(4)}&known_at={on(9)}").json()
    assert (found["status"], found["allowed_actions"]) == ("not_assessed", [])
    assert f"as known at {on(9)}" in found["cite_as"]
    again = anybody.get(found["permalink"]).json()
    assert {**again, "permalink": ""} == {**found, "permalink": ""}


def test_a_file_says_as_known_when(small: Talks, anybody: Client) -> None:
    response = anybody.get(f"/api/v1/negotiations/two-shores/conditions/?format=csv&known_at={on(9)}")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert response.headers["Known-At"].startswith(on(9)[:19])
    assert "not_assessed" in text
    assert "in_progress" not in text


@pytest.mark.parametrize(("text", "code"), [("2999-01-01", "known_at_future"), ("yesterday", "known_at_unreadable")])
@pytest.mark.parametrize("address", [STATE, LIST])
def test_it_refuses_the_future_and_what_cannot_be_read(
    small: Talks, anybody: Client, address: str, text: str, code: str
) -> None:
    response = anybody.get(f"{address}?known_at={text}")
    assert (response.status_code, response.json()["code"]) == (400, code)
    assert "known_at" in response.json()["errors"]


@pytest.mark.parametrize("clock", ["as_of", "known_at"])
def test_seats_are_those_of_now_and_of_no_other_moment(small: Talks, clock: str) -> None:
    refused = signed_in(small, "analyst").get(f"/api/v1/negotiations/two-shores/memberships/?{clock}={on(4)}")
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_parameter")


def test_kept_bytes_are_of_the_moment_asked_about(small: Talks, anybody: Client) -> None:
    queries = (f"as_of={on(4)}&known_at={on(9)}", f"as_of={on(4)}", f"as_of={on(4)}&known_at={on(10)}")
    for _again in range(2):
        assert [condition(anybody, query)["status"] for query in queries] == [
            "not_assessed", "in_progress", "in_progress"
        ]  # fmt: skip
