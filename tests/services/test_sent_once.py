"""A request under an idempotency key is done once, whoever sends it again and however soon."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from negotiations.models import Organisation, SentOnce, User
from negotiations.services.act import Act
from negotiations.services.organisation import register_organisation
from negotiations.services.sent_once import Answer, KeyReused, digest_of, forget_old, is_key, once
from tests.cast import person

db = pytest.mark.django_db
NOW = datetime(2025, 11, 1, 12, tzinfo=UTC)
DIGEST = digest_of("POST", "/api/v1/somewhere/", b"{}")


@pytest.fixture
def sender(db: None) -> User:
    return person("sender")


def register(name: str = "Hill Office") -> Answer:
    made = register_organisation(act=Act(actor=None), name=name)
    return Answer(status=201, headers={"Location": f"/{made.public_id}/"}, body=b"made")


def send(sender: User, do: Callable[[], Answer] = register, *, digest: str = DIGEST, now: datetime = NOW) -> Answer:
    return once(sender, "a-key", digest, do, now=now)


def test_sent_again_it_is_answered_again_and_not_done_again(sender: User) -> None:
    first, second = send(sender), send(sender)
    assert (first.is_replayed, second.is_replayed) == (False, True)
    assert (second.status, second.headers, second.body) == (first.status, first.headers, first.body)
    assert Organisation.objects.count() == 1


def test_another_request_under_the_same_key_is_refused(sender: User) -> None:
    send(sender)
    with pytest.raises(KeyReused):
        send(sender, digest=digest_of("POST", "/api/v1/somewhere/", b'{"a": 1}'))


def test_a_key_is_its_senders_own(sender: User) -> None:
    send(sender)
    assert not send(person("another"), lambda: register("Dale Office")).is_replayed


def test_what_was_refused_may_be_mended_and_sent_again(sender: User) -> None:
    def refuse() -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        send(sender, refuse)
    assert send(sender, lambda: Answer(status=422), digest="0" * 64).status == 422
    assert not send(sender).is_replayed


def test_after_a_day_a_key_is_free_again(sender: User) -> None:
    send(sender)
    later = NOW + timedelta(hours=24, seconds=1)
    assert not send(sender, lambda: register("Dale Office"), now=later).is_replayed
    assert forget_old(later) == 0
    assert forget_old(later + timedelta(days=2)) == 1
    assert not SentOnce.objects.exists()


@pytest.mark.parametrize("text", ["", " ", "a key", "k\n", "é", "k" * 256])
def test_what_cannot_be_a_key_is_none(text: str) -> None:
    assert not is_key(text)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_is_done_and_the_others_wait_for_its_answer() -> None:
    sender, start, found = person("sender"), threading.Barrier(8), list[Answer]()

    def run() -> None:
        start.wait()
        try:
            found.append(send(sender))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.is_replayed for answer in found) == [False] + [True] * 7
    assert Organisation.objects.count() == 1
