"""Webhooks through the interface: one's own alone, a secret told once, a log that tells nothing hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from negotiations.models import Entry, SentOnce, User, Webhook, WebhookAttempt, WebhookDelivery
from negotiations.rules.codes import DeliveryState, TokenScope
from negotiations.rules.webhook import LIVING_MAX
from negotiations.services.marking import narrow_marking
from negotiations.services.token import create_token
from negotiations.services.webhook import secrets_of
from negotiations.webhooks.consumer import make_deliveries
from tests.factories import Talks
from tests.services import facts

from .conftest import signed_in

WEBHOOKS = "/api/v1/webhooks/"
RECORD = "/api/v1/negotiations/two-shores/record/"
URL = "https://hooks.example.org/in"
JSON = "application/json"


@pytest.fixture
def reader(small: Talks) -> Client:
    return signed_in(small, "reader")


@pytest.fixture(autouse=True)
def _deployed(settings: Any) -> None:
    """Not on this machine alone, where plain http would do."""
    settings.LOCAL = False


def make(client: Client, **sent: Any) -> HttpResponse:
    return client.post(WEBHOOKS, {"name": "Map", "url": URL, **sent}, content_type=JSON)


def told(small: Talks, **fields: Any) -> Entry:
    """A claim, told to the webhooks."""
    facts.claim(small, **fields)
    entry = Entry.objects.filter(negotiation=small.negotiation).latest("seq")
    make_deliveries(entry)
    return entry


def log(client: Client, made: HttpResponse) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(made.json()["urls"]["deliveries"]).json()["results"]
    return found


def test_the_secret_is_told_once_and_kept_sealed(reader: Client) -> None:
    made = make(reader, negotiation="two-shores", verbs=["claim.made"])
    assert made.status_code == 201
    assert made.headers["Cache-Control"] == "private, no-store"
    secret, webhook = made.json()["secret"], Webhook.objects.get()
    assert secret.startswith("whsec_")
    assert secrets_of(webhook, at=timezone.now()) == [secret]
    assert secret.removeprefix("whsec_") not in webhook.secret
    for address in (WEBHOOKS, made.headers["Location"]):
        assert secret not in reader.get(address).content.decode()
    assert reader.get(made.headers["Location"]).json()["verbs"] == ["claim.made"]


def under(key: str) -> dict[str, str]:
    return {"idempotency-key": key}


def test_making_one_twice_under_one_key_makes_one_and_tells_its_secret_again(reader: Client) -> None:
    sent = {"name": "Map", "url": URL}
    first, second = (reader.post(WEBHOOKS, sent, content_type=JSON, headers=under("k")) for _ in range(2))
    assert (first.status_code, second.status_code, Webhook.objects.count()) == (201, 201, 1)
    assert (first.content, second["Idempotent-Replayed"]) == (second.content, "true")
    assert second["Location"] == first["Location"]


def test_a_secret_is_renewed_once_under_one_key(reader: Client) -> None:
    address = f"{make(reader).headers['Location']}rotate/"
    first, second = (reader.post(address, headers=under("k")) for _ in range(2))
    assert first.content == second.content
    assert secrets_of(Webhook.objects.get(), at=timezone.now())[0] == first.json()["secret"]
    assert reader.post(address, headers=under("another")).json()["secret"] != first.json()["secret"]


def test_no_answer_that_is_kept_holds_a_secret_in_clear(reader: Client) -> None:
    made = reader.post(WEBHOOKS, {"name": "Map", "url": URL}, content_type=JSON, headers=under("made"))
    renewed = reader.post(f"{made.headers['Location']}rotate/", headers=under("renewed"))
    for answer, kept in zip((made, renewed), SentOnce.objects.order_by("pk"), strict=True):
        assert answer.json()["secret"].removeprefix("whsec_").encode() not in bytes(kept.body)
        assert b"whsec_" not in bytes(kept.body)


def test_what_cannot_be_opened_any_more_says_that_it_was_done(reader: Client) -> None:
    address = f"{make(reader).headers['Location']}rotate/"
    reader.post(address, headers=under("k"))
    before = Webhook.objects.get().secret
    kept = SentOnce.objects.get()
    kept.body = b"s1." + b"A" * 80
    kept.save()
    again = reader.post(address, headers=under("k"))
    assert (again.status_code, again["Idempotent-Replayed"], again.content) == (204, "true", b"")
    assert Webhook.objects.get().secret == before


def test_its_owner_is_told_by_mail(
    small: Talks, reader: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    User.objects.filter(pk=small.cast.reader.pk).update(email="reader@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        make(reader)
    assert [letter.subject for letter in mail.outbox] == ["A webhook was added to your account"]
    assert "whsec" not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({"name": ""}, 400, "name"),
        ({"name": "\u200b"}, 422, "name"),
        ({"url": "http://hooks.example.org/"}, 422, "url"),
        ({"url": "https://10.0.0.1/"}, 422, "url"),
        ({"url": "https://user:word@hooks.example.org/"}, 422, "url"),
        ({"verbs": ["claim.eaten"]}, 422, "verbs"),
        ({"least_urgency": "never"}, 400, "least_urgency"),
        ({"x": 1}, 400, "x"),
    ],
)
def test_what_no_webhook_can_be_is_refused_by_field(
    reader: Client, sent: dict[str, Any], status: int, field: str
) -> None:
    refused = make(reader, **sent)
    assert (refused.status_code, list(refused.json()["errors"])) == (status, [field])
    assert not Webhook.objects.exists()


def test_a_hidden_negotiation_is_as_unknown_as_none(small: Talks, reader: Client) -> None:
    assert make(reader, negotiation="no-such-talks").status_code == 404


def test_it_refuses_one_too_many(reader: Client) -> None:
    for _each in range(LIVING_MAX):
        last = make(reader)
    assert make(reader).json()["code"] == "too_many_webhooks"
    assert reader.delete(last.headers["Location"]).status_code == 204
    assert make(reader).status_code == 201


def test_a_program_that_may_write_has_webhooks_and_one_that_reads_sees_them(small: Talks) -> None:
    def program(scope: str) -> Client:
        _token, secret = create_token(small.cast.reader, name="Program", scope=scope)
        return Client(headers={"authorization": f"Bearer {secret}"})

    assert make(program(TokenScope.WRITE)).status_code == 201
    assert len(program(TokenScope.READ).get(WEBHOOKS).json()["results"]) == 1
    assert make(program(TokenScope.READ)).json()["code"] == "scope_missing"


def test_nobody_in_particular_is_asked_to_sign_in(small: Talks, anybody: Client) -> None:
    assert [make(anybody).status_code, anybody.get(WEBHOOKS).status_code] == [401, 401]


def test_somebody_elses_webhook_is_not_there(small: Talks, reader: Client) -> None:
    made, other = make(reader), signed_in(small, "lead")
    told(small)
    address, line = made.headers["Location"], WebhookDelivery.objects.get().public_id
    assert [other.get(address).status_code, other.delete(address).status_code] == [404, 404]
    assert other.patch(address, {"name": "Mine"}, content_type=JSON).status_code == 404
    posted = ("pause/", "resume/", "rotate/", "test/", "replay/", f"deliveries/{line}/resend/")
    assert {other.post(address + verb, {}, content_type=JSON).status_code for verb in posted} == {404}
    assert other.get(f"{address}deliveries/").status_code == 404
    assert other.get(WEBHOOKS).json()["results"] == []
    mine = make(other).headers["Location"]
    assert other.get(f"{mine}deliveries/{line}/").status_code == 404


def test_it_is_changed_paused_resumed_and_given_up(small: Talks, reader: Client) -> None:
    address = make(reader).headers["Location"]
    changed = reader.patch(address, {"name": "Atlas", "verbs": ["claim.made"]}, content_type=JSON).json()
    assert (changed["name"], changed["verbs"], changed["url"]) == ("Atlas", ["claim.made"], URL)
    assert reader.post(f"{address}pause/").json()["paused_because"] == "owner"
    assert reader.post(f"{address}test/").json()["code"] == "webhook_paused"
    assert reader.post(f"{address}resume/").json()["is_paused"] is False
    told(small)
    assert reader.delete(address).status_code == 204
    assert [reader.get(address).status_code, reader.delete(address).status_code] == [404, 404]
    assert WebhookDelivery.objects.get().state == DeliveryState.WITHHELD
    assert Webhook.objects.get().secret == ""


def test_a_new_secret_leaves_the_old_one_signing_for_a_day(reader: Client) -> None:
    made = make(reader)
    new = reader.post(f"{made.headers['Location']}rotate/").json()
    webhook = Webhook.objects.get()
    assert secrets_of(webhook, at=timezone.now()) == [new["secret"], made.json()["secret"]]
    assert secrets_of(webhook, at=timezone.now() + timedelta(hours=25)) == [new["secret"]]


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
        WebhookDelivery.objects.bulk_create(
            WebhookDelivery(webhook=Webhook.objects.get(), next_try_at=timezone.now()) for _each in range(rows)
        )
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


def replay(client: Client, made: HttpResponse, **sent: Any) -> HttpResponse:
    sent = {"negotiation": "two-shores", **sent}
    return client.post(f"{made.headers['Location']}replay/", sent, content_type=JSON)


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
