"""The secret of a webhook: told once, kept sealed, renewed."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from negotiations.models import SentOnce, Webhook
from negotiations.services.webhook import secrets_of

from .calling import JSON, URL, WEBHOOKS, make, under


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


def test_another_secret_is_refused_while_the_one_before_signs(reader: Client) -> None:
    address = f"{make(reader).headers['Location']}rotate/"
    first = reader.post(address).json()["secret"]
    refused = reader.post(address)
    assert (refused.status_code, refused.json()["code"]) == (422, "secret_overlap")
    Webhook.objects.update(previous_until=timezone.now())
    assert reader.post(address).json()["secret"] != first


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


def test_a_new_secret_leaves_the_old_one_signing_for_a_day(reader: Client) -> None:
    made = make(reader)
    new = reader.post(f"{made.headers['Location']}rotate/").json()
    webhook = Webhook.objects.get()
    assert secrets_of(webhook, at=timezone.now()) == [new["secret"], made.json()["secret"]]
    assert secrets_of(webhook, at=timezone.now() + timedelta(hours=25)) == [new["secret"]]
