"""POST /conditions/{id}/status/: one entry, seen at once, and refused for many reasons."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from negotiations.models import Condition, Entry
from tests.factories import Talks

from .calls import STATE, change, condition_url, post, without_request_id
from .conftest import signed_in


def test_it_writes_one_entry_and_answers_with_the_condition(small: Talks, mediator: Client) -> None:
    before = Entry.objects.count()
    response = post(mediator, small.withdrawal, change(), version=1)
    assert response.status_code == 200
    assert (response.json()["status"], response.json()["version"]) == ("in_progress", 2)
    assert response.headers["ETag"].startswith('"v2-')
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.actor, entry.payload.reason) == (
        "condition.status_changed",
        small.cast.mediator,
        "Posts were seen moving.",
    )


def test_anybody_sees_it_at_once(small: Talks, mediator: Client, anybody: Client) -> None:
    post(mediator, small.withdrawal, change(), version=1)
    assert anybody.get(STATE).json()["conditions"][0]["status"] == "in_progress"


def test_the_tag_of_a_read_is_good_for_a_write(small: Talks, mediator: Client) -> None:
    etag = mediator.get(condition_url(small.withdrawal)).headers["ETag"]
    url = f"{condition_url(small.withdrawal)}status/"
    response = mediator.post(url, change(), content_type="application/json", headers={"if-match": etag})
    assert response.status_code == 200


def test_met_takes_a_finding(small: Talks, mediator: Client) -> None:
    found = {"by": "third_party", "actor": str(small.monitors.public_id), "method": "on_site", "access": "full"}
    response = post(mediator, small.withdrawal, change(status="met", verification=found, value=4), version=1)
    assert response.status_code == 200
    assert response.json()["verification"]["actor"]["name"] == "River Monitors"
    assert response.json()["quantity"]["value"] == 4


def test_it_refuses_met_on_one_sides_word(small: Talks, mediator: Client) -> None:
    response = post(mediator, small.withdrawal, change(status="met", verification={"by": "obligor"}), version=1)
    assert (response.status_code, response.json()["code"]) == (422, "evidence_refused")
    assert "verification" in response.json()["errors"]


def test_it_refuses_a_step_the_workflow_has_not(small: Talks, mediator: Client) -> None:
    small.set_status(small.withdrawal, "in_progress")
    response = post(mediator, small.withdrawal, change(status="not_started"), version=2)
    assert (response.status_code, response.json()["code"]) == (422, "transition_refused")


def test_it_refuses_the_future(small: Talks, mediator: Client) -> None:
    response = post(mediator, small.withdrawal, change(effective_at="2999-01-01T00:00:00Z"), version=1)
    assert (response.status_code, response.json()["code"]) == (422, "future_moment")


def test_a_party_waives_by_its_seat_or_its_name(small: Talks, mediator: Client) -> None:
    sent = change(status="waived", waived_by=str(small.south.public_id))
    assert post(mediator, small.withdrawal, sent, version=1).json()["waived_by"]["name"] == "Southern Shore"


def test_nobody_in_particular_is_asked_to_sign_in(small: Talks, anybody: Client) -> None:
    response = post(anybody, small.withdrawal, change(), version=1)
    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
    assert "WWW-Authenticate" in response.headers


@pytest.mark.parametrize("name", ["reader", "outsider"])
def test_who_may_only_read_is_refused(small: Talks, name: str) -> None:
    response = post(signed_in(small, name), small.withdrawal, change(), version=1)
    assert (response.status_code, response.json()["code"]) == (403, "permission_denied")


@pytest.mark.parametrize("name", ["anybody", "outsider", "reader"])
def test_what_is_hidden_is_not_there_before_anything_else(small: Talks, name: str, anybody: Client) -> None:
    hidden = small.add_condition(marking="AMBER")
    client = anybody if name == "anybody" else signed_in(small, name)
    there, nowhere = (without_request_id(post(client, item, "{broken")) for item in (hidden, None))
    assert there == nowhere
    assert there["status"] == 404


def test_without_if_match_nothing_is_changed(small: Talks, mediator: Client) -> None:
    response = post(mediator, small.withdrawal, change())
    assert (response.status_code, response.json()["code"]) == (428, "precondition_required")
    assert Condition.objects.get(pk=small.withdrawal.pk).version == 1


def test_who_comes_second_sees_opened_saved_and_theirs(small: Talks, mediator: Client) -> None:
    small.set_status(small.withdrawal, "partly_met")
    before = Entry.objects.count()
    response = post(mediator, small.withdrawal, change(), version=1)
    assert (response.status_code, response.json()["code"]) == (412, "version_conflict")
    conflict = response.json()["conflict"]
    assert (conflict["opened_version"], conflict["saved_version"], conflict["changed_by"]) == (1, 2, "Mediator")
    status = next(one for one in conflict["fields"] if one["field"] == "status")
    assert status == {"field": "status", "opened": "not_assessed", "saved": "partly_met", "yours": "in_progress"}
    assert Entry.objects.count() == before


def test_a_session_without_the_csrf_token_is_refused(small: Talks) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(small.cast.mediator)
    response = post(client, small.withdrawal, change(), version=1)
    assert (response.status_code, response.headers["Content-Type"]) == (403, "application/problem+json")


def test_an_item_lists_what_the_caller_may_do(small: Talks, mediator: Client, anybody: Client) -> None:
    address = condition_url(small.withdrawal)
    assert "condition.status_changed" in mediator.get(address).json()["allowed_actions"]
    assert anybody.get(address).json()["allowed_actions"] == []
    assert mediator.get(f"{address}?as_of=2025-10-12").json()["allowed_actions"] == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"status": "finished"}, "status"),
        ({"status": 3}, "status"),
        ({"reason": None}, "reason"),
        ({"reason": "\x00"}, "reason"),
        ({"reason": {"a": 1}}, "reason"),
        ({"citations": "S1"}, "citations"),
        ({"citations": [{"source": "S999"}]}, "citations.0.source"),
        ({"citations": [{"source": "S1", "credibility": "9"}]}, "citations.0.credibility"),
        ({"citations": [{"source": "S1", "translation": "x"}]}, "citations.0.translated_by"),
        ({"effective_at": "yesterday"}, "effective_at"),
        ({"effective_at": "0000-00-00T00:00:00Z"}, "effective_at"),
        ({"value": 10**40}, "value"),
        ({"value": "NaN"}, "value"),
        ({"waived_by": "7"}, "waived_by"),
        ({"waived_by": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d"}, "waived_by"),
        ({"verification": {"by": "the press"}}, "verification.by"),
        (
            {"verification": {"by": "third_party", "actor": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d"}},
            "verification.actor",
        ),
    ],
)
def test_wrong_fields_are_named(small: Talks, mediator: Client, sent: dict[str, Any], field: str) -> None:
    response = post(mediator, small.withdrawal, change(**sent), version=1)
    assert (response.status_code, response.json()["code"]) == (400, "invalid")
    assert list(response.json()["errors"]) == [field]


def test_a_hidden_source_is_as_unknown_as_one_that_is_not_there(small: Talks, mediator: Client) -> None:
    from negotiations.services.source import add_source

    hidden = add_source(
        act=small.act(small.cast.other_mediator),
        negotiation=small.negotiation,
        publisher="A diplomat",
        title="Heard in the corridor",
        marking="AMBER+STRICT",
        organisation=small.cast.lakeside,
    )
    bodies = [change(citations=[{"source": name}]) for name in (hidden.ref, str(hidden.public_id), "S-XXX")]
    answers = [without_request_id(post(mediator, small.withdrawal, body, version=1)) for body in bodies]
    assert answers[0] == answers[1] == answers[2]
