"""Idempotency-Key: what is sent again is answered again, byte for byte, and not done again."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from negotiations.models import Claim, Entry
from tests.factories import START, Talks, talks

from .calls import change, status_url
from .conftest import signed_in

CLAIMS = "/api/v1/negotiations/two-shores/claims/"
SHOWN = ("ETag", "Location", "Content-Type")


def claim(small: Talks, **sent: Any) -> dict[str, Any]:
    return {
        "claimant": str(small.north.public_id),
        "kind": "fulfilled",
        "text": "All posts are gone.",
        "said_at": START.isoformat(),
        "citations": [{"source": "S1"}],
        **sent,
    }


def send(client: Client, body: Any, *, key: str = "a-key", url: str = CLAIMS, **headers: str) -> HttpResponse:
    return client.post(url, body, content_type="application/json", headers={"idempotency-key": key, **headers})


def test_sent_again_it_is_answered_again(small: Talks, mediator: Client) -> None:
    first, second = send(mediator, claim(small)), send(mediator, claim(small))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert [first[name] for name in SHOWN] == [second[name] for name in SHOWN]
    assert (first.get("Idempotent-Replayed"), second.get("Idempotent-Replayed")) == (None, "true")
    assert Claim.objects.count() == 2


def test_the_key_is_looked_at_before_the_version(small: Talks, mediator: Client) -> None:
    sent = {"key": "another", "url": status_url(small.withdrawal), "if-match": '"v1"'}
    first, second = send(mediator, change(), **sent), send(mediator, change(), **sent)
    assert (first.status_code, second.status_code, second["ETag"]) == (200, 200, first["ETag"])
    assert Entry.objects.filter(verb="condition.status_changed").count() == 1


def test_another_body_under_the_same_key_is_refused(small: Talks, mediator: Client) -> None:
    send(mediator, claim(small))
    response = send(mediator, claim(small, text="Nearly all."))
    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")


def test_what_was_refused_may_be_mended_under_the_same_key(small: Talks, mediator: Client) -> None:
    assert send(mediator, claim(small, kind="?")).status_code == 400
    assert send(mediator, claim(small, citations=[])).status_code == 422
    assert send(mediator, claim(small)).status_code == 201


def test_a_key_of_somebody_else_is_another_key(small: Talks, mediator: Client) -> None:
    send(mediator, claim(small))
    response = send(signed_in(small, "analyst"), claim(small))
    assert (response.status_code, response.get("Idempotent-Replayed")) == (201, None)


def test_who_has_lost_the_right_is_answered_nothing_that_was_kept(small: Talks, mediator: Client) -> None:
    send(mediator, claim(small))
    seat = small.negotiation.memberships.get(user=small.cast.mediator)
    url = f"/api/v1/memberships/{seat.public_id}/"
    headers = {"if-match": f'"v{seat.version}"'}
    ended = signed_in(small, "lead").patch(url, {"role": "reader"}, content_type="application/json", headers=headers)
    assert ended.status_code == 200
    assert send(mediator, claim(small)).status_code == 403


@pytest.mark.parametrize("key", ["", " ", "two words", "é", "k" * 256])
def test_what_is_no_key_is_refused(small: Talks, mediator: Client, key: str) -> None:
    response = send(mediator, claim(small), key=key)
    assert (response.status_code, response.json()["code"]) == (400, "invalid_idempotency_key")


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain"])
def test_a_form_with_a_key_is_refused_in_kind(small: Talks, mediator: Client, kind: str) -> None:
    response = mediator.post(CLAIMS, b"--x--", content_type=kind, headers={"idempotency-key": "k"})
    assert response.status_code == 415


@pytest.mark.django_db(transaction=True)
def test_sent_twenty_times_at_once_it_makes_one_claim() -> None:
    small, start, found = talks(), threading.Barrier(20), list[HttpResponse]()
    clients = [signed_in(small, "mediator") for _ in range(20)]

    def run(client: Client) -> None:
        start.wait()
        try:
            found.append(send(client, claim(small)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {response.status_code for response in found} == {201}
    assert len({response.content for response in found}) == 1
    assert sum(response.get("Idempotent-Replayed") is None for response in found) == 1
    assert Entry.objects.filter(verb="claim.made", actor=small.cast.mediator).count() == 1
