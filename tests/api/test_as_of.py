"""`?as_of=`: how it was, read from the state versions and never from what came later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from negotiations.services.negotiation import edit_negotiation
from tests.factories import START, Talks

from .calls import LIST, STATE, change, condition_url, post

NOVEMBER = datetime(2025, 11, 3, 12, tzinfo=UTC)


def status_of(client: Client, address: str) -> str:
    return str(client.get(address).json()["conditions"][0]["status"])


def test_it_answers_with_what_held_then(small: Talks, anybody: Client) -> None:
    small.set_status(small.withdrawal, "in_progress", at=NOVEMBER)
    assert status_of(anybody, STATE) == "in_progress"
    assert status_of(anybody, f"{STATE}?as_of=2025-11-03T11:59:59Z") == "not_assessed"
    assert status_of(anybody, f"{STATE}?as_of=2025-11-03T12:00:00Z") == "in_progress"


def test_a_date_means_the_end_of_that_day_in_the_negotiations_zone(small: Talks, anybody: Client) -> None:
    # Midnight in Jerusalem is ten in the evening in Greenwich.
    small.set_status(small.withdrawal, "in_progress", at=datetime(2025, 11, 3, 21, 59, tzinfo=UTC))
    small.set_status(small.withdrawal, "partly_met", at=datetime(2025, 11, 3, 22, 0, tzinfo=UTC))
    assert status_of(anybody, f"{STATE}?as_of=2025-11-03") == "in_progress"
    assert status_of(anybody, f"{STATE}?as_of=2025-11-04") == "partly_met"


def test_what_was_not_there_yet_is_left_out(small: Talks, anybody: Client) -> None:
    added = small.add_condition(at=NOVEMBER)
    found = anybody.get(f"{STATE}?as_of=2025-11-01").json()
    assert [one["ref"] for one in found["conditions"]] == ["C1", "C2"]
    assert anybody.get(f"{condition_url(added)}?as_of=2025-11-01").status_code == 404


def test_before_its_beginning_a_negotiation_is_not_there(small: Talks, anybody: Client) -> None:
    for address in (STATE, "/api/v1/negotiations/two-shores/"):
        assert anybody.get(f"{address}?as_of=2025-10-01").status_code == 404
    assert anybody.get(f"{LIST}?as_of=2025-10-01").json()["results"] == []


def test_flags_are_those_of_the_moment(small: Talks, anybody: Client) -> None:
    found = anybody.get(f"{STATE}?as_of=2025-11-01").json()
    assert found["conditions"][0]["due"]["is_overdue"] is False
    assert (found["is_past"], found["valid_until"]) == (True, None)


def test_relations_are_those_of_the_moment(small: Talks, anybody: Client) -> None:
    from negotiations.services.condition import edit_condition

    edit_condition(small.withdrawal, act=small.act(at=NOVEMBER), version=None, obligors=[small.southern])
    before, after = (anybody.get(f"{STATE}{query}").json() for query in ("?as_of=2025-11-01", ""))
    assert [one["name"] for one in before["conditions"][0]["obligors"]] == ["Northern Shore"]
    assert [one["name"] for one in after["conditions"][0]["obligors"]] == ["Southern Shore"]


def test_the_list_and_the_facts_go_back_too(small: Talks, anybody: Client) -> None:
    edit_negotiation(small.negotiation, act=small.act(small.cast.lead, at=NOVEMBER), version=None, title="Renamed")
    address = "/api/v1/negotiations/two-shores/"
    assert anybody.get(f"{address}?as_of=2025-11-01").json()["title"] == "Talks of the two shores"
    assert anybody.get(f"{LIST}?as_of=2025-11-01").json()["results"][0]["title"] == "Talks of the two shores"
    assert anybody.get(LIST).json()["results"][0]["title"] == "Renamed"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2999-01-01", "as_of_future"),
        ("2999-01-01T00:00:00Z", "as_of_future"),
        ("yesterday", "as_of_unreadable"),
        ("2025-13-45", "as_of_unreadable"),
        ("2025-11-03T99:00Z", "as_of_unreadable"),
        ("9999-12-31", "as_of_unreadable"),
        ("0001-01-01", "as_of_unreadable"),
        ("0001-01-02", "as_of_unreadable"),
        ("1799-12-31", "as_of_unreadable"),
        ("0001-01-01T00:00:00+14:00", "as_of_unreadable"),
        ("%00", "as_of_unreadable"),
        ("1" * 5000, "as_of_unreadable"),
    ],
)
@pytest.mark.parametrize("address", [STATE, LIST])
def test_it_refuses_the_future_and_what_cannot_be_read(
    small: Talks, anybody: Client, address: str, text: str, code: str
) -> None:
    response = anybody.get(f"{address}?as_of={text}")
    assert (response.status_code, response.json()["code"]) == (400, code)
    assert "as_of" in response.json()["errors"]


def test_an_ended_coverage_is_answered_as_of_its_end(small: Talks, anybody: Client) -> None:
    end_coverage(small, NOVEMBER)
    found = anybody.get(STATE).json()
    assert (found["as_of"], found["coverage_has_ended"]) == ("2025-11-03T12:00:00Z", True)
    assert found["conditions"][0]["due"]["is_overdue"] is False


def test_a_later_write_moves_the_end_of_coverage(small: Talks, anybody: Client, mediator: Client) -> None:
    end_coverage(small, NOVEMBER)
    sent = change(effective_at=(NOVEMBER + timedelta(days=9)).isoformat())
    assert post(mediator, small.withdrawal, sent, version=1).status_code == 200
    assert anybody.get(STATE).json()["as_of"] == "2025-11-12T12:00:00Z"


def test_a_hidden_write_moves_it_only_for_those_who_see_it(small: Talks, anybody: Client, mediator: Client) -> None:
    end_coverage(small, NOVEMBER)
    small.add_condition(marking="AMBER", at=NOVEMBER + timedelta(days=9))
    assert anybody.get(STATE).json()["as_of"] == "2025-11-03T12:00:00Z"
    assert mediator.get(STATE).json()["as_of"] == "2025-11-12T12:00:00Z"


def end_coverage(small: Talks, end: datetime) -> None:
    act = small.act(small.cast.lead, at=START)
    edit_negotiation(small.negotiation, act=act, version=None, coverage_end=end)
