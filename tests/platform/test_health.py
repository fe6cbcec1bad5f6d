"""Two questions a machine asks, and what is said when a part fails."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import redis
from django.conf import settings
from django.test import Client

from tracker import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def store() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(settings.REDIS_CACHE_URL) as client:
        client.set(settings.HEARTBEAT_KEY, int(time.time()))
        yield client
        client.delete(settings.HEARTBEAT_KEY)


def test_the_process_answers_without_asking_anybody(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/healthz").content == b"ok\n"


def test_it_is_ready_when_every_part_works(client: Client, store: redis.Redis) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert set(answer.json()["parts"]) == {"database", "migrations", "redis", "worker", "outbox"}


def test_it_names_a_worker_that_was_never_heard(client: Client, store: redis.Redis) -> None:
    store.delete(settings.HEARTBEAT_KEY)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert [name for name, part in answer.json()["parts"].items() if not part["ok"]] == ["worker"]


def test_it_names_a_worker_that_fell_silent(client: Client, store: redis.Redis) -> None:
    store.set(settings.HEARTBEAT_KEY, int(time.time()) - 1000)
    part = client.get("/readyz").json()["parts"]["worker"]
    assert part["ok"] is False
    assert 1000 <= part["age_s"] <= 1005


def test_it_says_no_more_than_the_kind_of_failure(
    client: Client, store: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> health.Part:
        raise redis.ConnectionError("redis://:secret@host refused")

    monkeypatch.setattr(health, "_redis", broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["redis"] == {"ok": False, "error": "ConnectionError"}


def test_nobody_keeps_a_copy_of_the_answer(client: Client) -> None:
    assert "no-store" in client.get("/healthz").headers["Cache-Control"]
