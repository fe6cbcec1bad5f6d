"""Webhooks through the interface: one's own alone, made, changed, paused and given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from negotiations.models import User, Webhook, WebhookDelivery
from negotiations.rules.codes import DeliveryState, TokenScope
from negotiations.rules.webhook import LIVING_MAX
from negotiations.services.token import create_token
from tests.factories import Talks

from ..conftest import signed_in
from .calling import JSON, URL, WEBHOOKS, make, told


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
