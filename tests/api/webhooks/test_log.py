"""The log of a webhook: it tells nothing hidden, and what it holds is sent once more."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from negotiations.models import Entry, WebhookAttempt, WebhookDelivery
from negotiations.rules.codes import DeliveryState
from negotiations.services.marking import narrow_marking
from negotiations.webhooks.consumer import make_deliveries
from tests.factories import Talks
from tests.services import facts

from .calling import RECORD, log, make, replay, told


def test_the_log_tells_every_attempt(small: Talks, reader: Client) -> None:
    made, entry = make(reader), told(small)
    delivery = WebhookDelivery.objects.get()
    WebhookAttempt.objects.create(delivery=delivery, began_at=timezone.now(), status=500, trouble="status")
    (line,) = log(reader, made)
    assert (line["id"], line["entry"], line["type"]) == (str(delivery.public_id), str(entry.public_id), "claim.made")
    assert [(one["status"], one["trouble_label"]) for one in line["attempts"]] == [(500, "Refused")]
    assert reader.get(line["urls"]["self"]).json() == line


def test_the_log_tells_nothing_of_what_its_owner_lost(small: Talks, reader: Client) -> None:
    made, claim = make(reader), facts.claim(small)
    make_deliveries(Entry.objects.filter(negotiation=small.negotiation).latest("seq"))
    assert len(log(reader, made)) == 1
    narrow_marking(claim, act=small.act(small.cast.lead), version=None, marking="AMBER")
    assert log(reader, made) == []
    WebhookAttempt.objects.create(delivery=WebhookDelivery.objects.get(), began_at=timezone.now())
    (line,) = log(reader, made)
    assert (line["type"], line["entry"], line["negotiation"]) == (None, None, None)


def test_the_log_is_paged_and_its_queries_do_not_grow(
    small: Talks, reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = make(reader)
    for _each in range(3):
        told(small)
    address = made.json()["urls"]["deliveries"]
    first = reader.get(f"{address}?limit=2").json()
    second = reader.get(first["next"]).json()
    assert [len(first["results"]), len(second["results"]), second["next"]] == [2, 1, None]
    for rows in (2, 20):
        for _each in range(rows):
            told(small)
        with django_assert_max_num_queries(10):
            reader.get(address)


def test_a_delivery_is_sent_once_more_under_its_id(small: Talks, reader: Client) -> None:
    made = make(reader)
    told(small)
    WebhookDelivery.objects.update(state=DeliveryState.FAILED, attempts=11, next_try_at=None)
    (line,) = log(reader, made)
    again = reader.post(line["urls"]["resend"], headers={"idempotency-key": "k"})
    assert (again.json()["id"], again.json()["state"]) == (line["id"], "waiting")
    assert reader.post(line["urls"]["resend"], headers={"idempotency-key": "k"})["Idempotent-Replayed"] == "true"
    WebhookDelivery.objects.update(state=DeliveryState.SENDING)
    assert reader.post(line["urls"]["resend"]).json()["code"] == "delivery_on_its_way"


def test_a_stretch_of_the_record_is_replayed_as_asked_for(small: Talks, reader: Client) -> None:
    made = make(reader, verbs=["claim.made"])
    start = reader.get(f"{RECORD}?limit=100").json()["latest"]
    facts.claim(small)
    facts.amber_claim(small)
    small.set_status(small.release, "in_progress")
    middle = reader.get(f"{RECORD}?limit=100").json()["latest"]
    facts.claim(small)
    assert replay(reader, made, after=start, upto=middle).json() == {"replayed": 1, "next": None}
    assert replay(reader, made, after=start).json()["replayed"] == 2
    ids = [line["id"] for line in log(reader, made)]
    assert len(set(ids)) == 3
    assert {line["is_replay"] for line in log(reader, made)} == {True}


def test_named_entries_are_replayed_whatever_was_asked_for(small: Talks, reader: Client) -> None:
    made = make(reader, verbs=["position.stated"])
    entry = told(small)
    assert replay(reader, made, entries=[str(entry.public_id)]).json()["replayed"] == 1
    hidden = told(small, marking="AMBER")
    for key in (hidden.public_id, uuid4()):
        assert replay(reader, made, entries=[str(entry.public_id), str(key)]).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"entries": [], "after": ""}, {"after": "", "entries": [str(uuid4())]}])
def test_a_replay_says_one_thing(small: Talks, reader: Client, sent: dict[str, Any]) -> None:
    assert replay(reader, make(reader), **sent).status_code == 400


def test_a_cursor_of_somebody_else_is_refused(small: Talks, reader: Client, mediator: Client) -> None:
    theirs = mediator.get(f"{RECORD}?limit=1").json()["latest"]
    refused = replay(reader, make(reader), after=theirs)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_cursor")


def test_a_test_is_sent_and_told_in_the_log(reader: Client) -> None:
    made = make(reader)
    assert reader.post(f"{made.headers['Location']}test/").status_code == 201
    assert [line["type"] for line in log(reader, made)] == ["test"]
