"""Subscriptions and deliveries for programs: a person's own, and nothing that they may not see."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from negotiations.models import Delivery, Subscription
from negotiations.rules.codes import AlertChannel, DeliveryState, Marking, TokenScope
from negotiations.services.membership import end_membership
from negotiations.services.subscription import subscribe
from negotiations.services.token import create_token
from tests.digests.world import edition_of
from tests.factories import Talks

from .conftest import signed_in

SUBSCRIPTIONS, DELIVERIES = "/api/v1/subscriptions/", "/api/v1/deliveries/"
WANTED = {"negotiation": "two-shores", "channel": "inbox", "rhythm": "weekdays", "time_zone": "Africa/Cairo"}


def make(client: Client, **sent: Any) -> HttpResponse:
    return client.post(SUBSCRIPTIONS, {**WANTED, **sent}, content_type="application/json")


def due(row: Subscription, window: int, **facts: Any) -> Delivery:
    values = {"channel": AlertChannel.INBOX, "state": DeliveryState.SENT, "due_at": timezone.now(), **facts}
    return Delivery.objects.create(subscription=row, user=row.user, window=window, **values)


def test_it_is_made_listed_read_changed_rested_and_ended(mediator: Client) -> None:
    made = make(mediator)
    assert (made.status_code, made.json()["about"]["negotiation"]) == (201, "two-shores")
    assert made.json()["sentence"] == "notable changes, Monday to Friday at 07:45 (Cairo), in the inbox"
    here = made.headers["Location"]
    assert mediator.get(SUBSCRIPTIONS).json()["results"] == [mediator.get(here).json()]
    read = {"if-match": mediator.get(here).headers["ETag"]}
    changed = mediator.patch(here, {"local_time": "06:30"}, content_type="application/json", headers=read)
    assert (changed.json()["local_time"], changed.json()["rhythm"]) == ("06:30", "weekdays")
    urls = made.json()["urls"]
    assert mediator.post(urls["pause"]).json()["next_due_at"] is None
    assert mediator.post(urls["resume"]).json()["paused_at"] is None
    assert mediator.post(urls["end"]).json()["ended_at"] is not None
    assert mediator.get(SUBSCRIPTIONS).json()["results"] == []
    assert [mediator.get(here).status_code, mediator.post(urls["pause"]).status_code] == [200, 404]


def test_the_very_same_again_is_refused_and_the_one_that_is_there_named(mediator: Client) -> None:
    made = make(mediator)
    again = make(mediator)
    assert (again.status_code, again.json()["code"]) == (409, "already_there")
    assert again.json()["detail"] == f"You have this alert already: {made.json()['sentence']}."
    there = again.json()["present"]
    assert there["id"] == made.json()["id"]
    assert mediator.get(there["url"]).json() == made.json()
    assert make(mediator, local_time="08:00").status_code == 201
    assert Subscription.objects.count() == 2


def test_a_change_into_the_very_same_is_refused(mediator: Client) -> None:
    first, other = make(mediator), make(mediator, local_time="08:00")
    changed = mediator.patch(
        other.headers["Location"],
        {"local_time": first.json()["local_time"]},
        content_type="application/json",
        headers={"if-match": other.headers["ETag"]},
    )
    assert (changed.status_code, changed.json()["present"]["id"]) == (409, first.json()["id"])


def test_a_change_names_the_version_that_was_read(mediator: Client) -> None:
    made = make(mediator)
    here, read = made.headers["Location"], {"if-match": made.headers["ETag"]}
    sent: dict[str, Any] = {"data": {"local_time": "06:30"}, "content_type": "application/json"}
    assert mediator.patch(here, **sent).status_code == 428
    assert mediator.patch(here, **sent, headers=read).status_code == 200
    late = mediator.patch(here, **sent, headers=read)
    assert (late.status_code, late.json()["code"]) == (412, "version_conflict")
    again = {"if-match": mediator.get(here).headers["ETag"]}
    assert mediator.patch(here, **sent, headers=again).status_code == 200


def test_one_item_is_named_by_its_kind_and_id(small: Talks, mediator: Client) -> None:
    made = make(mediator, item_kind="condition", item=str(small.release.public_id))
    assert made.json()["about"]["id"] == str(small.release.public_id)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"negotiation": "nowhere"}, "negotiation"),
        ({"item_kind": "condition"}, "item"),
        ({"verbs": ["condition.eaten"]}, "verbs.0"),
        ({"time_zone": "Moon/Base"}, "time_zone"),
        ({"local_time": "25:00"}, "local_time"),
        ({"channel": "webhook"}, "webhook"),
        ({"weekday": 7}, "weekday"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_is_refused_by_field(mediator: Client, sent: dict[str, Any], field: str) -> None:
    refused = make(mediator, **sent)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [field])


def test_half_of_the_quiet_hours_is_refused_by_the_rule(mediator: Client) -> None:
    assert make(mediator, quiet_from="22:00").status_code == 422


def test_hidden_and_unknown_items_are_refused_alike(small: Talks) -> None:
    hidden = small.add_condition(marking=Marking.AMBER)
    reader, nowhere = signed_in(small, "reader"), "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d"
    answers = [make(reader, item_kind="condition", item=item) for item in (str(hidden.public_id), nowhere)]
    assert {(answer.status_code, str(answer.json()["errors"])) for answer in answers} == {
        (400, "{'item': [{'code': 'invalid', 'detail': 'There is no such item.'}]}")
    }


def test_somebody_elses_is_not_there(small: Talks, mediator: Client) -> None:
    made = make(mediator)
    row = due(Subscription.objects.get(), 1)
    other = signed_in(small, "analyst")
    assert other.get(made.headers["Location"]).status_code == 404
    assert other.patch(made.headers["Location"], {}, content_type="application/json").status_code == 404
    assert [other.post(made.json()["urls"][name]).status_code for name in ("pause", "resume", "end")] == [404] * 3
    assert other.get(f"{DELIVERIES}{row.public_id}/").status_code == 404
    assert [other.get(page).json()["results"] for page in (SUBSCRIPTIONS, DELIVERIES)] == [[], []]


def test_nobody_in_particular_is_asked_to_sign_in(small: Talks, anybody: Client) -> None:
    assert [anybody.get(page).status_code for page in (SUBSCRIPTIONS, DELIVERIES)] == [401, 401]
    assert make(anybody).status_code == 401


@pytest.mark.parametrize(("scope", "status"), [(TokenScope.READ, 403), (TokenScope.WRITE, 201)])
def test_a_program_needs_a_token_that_writes(small: Talks, scope: str, status: int) -> None:
    _token, secret = create_token(small.cast.analyst, name="Program", scope=scope)
    program = Client(headers={"authorization": f"Bearer {secret}"})
    assert make(program).status_code == status
    assert program.get(SUBSCRIPTIONS).status_code == 200


def test_the_same_key_makes_one(mediator: Client) -> None:
    answers = [
        mediator.post(SUBSCRIPTIONS, WANTED, content_type="application/json", headers={"idempotency-key": "k1"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert Subscription.objects.count() == 1


def test_what_is_no_longer_seen_is_called_nothing(small: Talks) -> None:
    hidden = small.add_condition("Open the ferry", marking=Marking.AMBER)
    subscribe(small.cast.analyst, now=timezone.now(), subject=hidden, channel="inbox")
    seat = small.cast.analyst.memberships.get()
    end_membership(seat, act=small.act(small.cast.lead), version=seat.version)
    told = signed_in(small, "analyst").get(SUBSCRIPTIONS)
    assert told.json()["results"][0]["about"]["kind"] == "gone"
    assert "ferry" not in told.content.decode()
    assert str(hidden.public_id) not in told.content.decode()


def test_deliveries_are_narrowed_by_state_and_channel(small: Talks) -> None:
    row = subscribe(small.cast.analyst, now=timezone.now(), channel="inbox")
    due(row, 1)
    due(row, 2, state=DeliveryState.FAILED, channel=AlertChannel.EMAIL, trouble="refused 550")
    client = signed_in(small, "analyst")
    found = client.get(DELIVERIES, {"state": "failed", "channel": "email"}).json()["results"]
    assert [one["trouble"] for one in found] == ["The mail server refused it for good (550)"]
    assert client.get(DELIVERIES, {"state": "lost"}).status_code == 400
    assert client.get(DELIVERIES, {"status": "sent"}).status_code == 400


def test_the_numbers_of_the_record_are_not_told(small: Talks) -> None:
    row = subscribe(small.cast.analyst, now=timezone.now(), channel="inbox")
    message = due(row, 1, ranges={str(small.negotiation.pk): [70_001, 70_002]}, edition=edition_of(70_003))
    told = signed_in(small, "analyst").get(f"{DELIVERIES}{message.public_id}/").content.decode()
    assert "7000" not in told


def test_pages_follow_each_other_and_ask_as_much_for_twenty_as_for_two(small: Talks) -> None:
    client = signed_in(small, "analyst")
    row = subscribe(small.cast.analyst, now=timezone.now(), negotiation=small.negotiation, channel="inbox")
    for window in (1, 2):
        due(row, window)
    few = [asked(client, page) for page in (SUBSCRIPTIONS, DELIVERIES)]
    for window in range(3, 21):
        about = {"negotiation": small.negotiation, "local_time": time(window)}
        subscribe(small.cast.analyst, now=timezone.now(), channel="inbox", **about)
        due(row, window)
    assert [asked(client, page) for page in (SUBSCRIPTIONS, DELIVERIES)] == few
    assert max(few) <= 8
    first = client.get(DELIVERIES, {"limit": 15}).json()
    second = client.get(first["next"]).json()
    ids = [one["id"] for page in (first, second) for one in page["results"]]
    assert (len(ids), len(set(ids)), second["next"]) == (20, 20, None)


def asked(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)
