"""Two questions a machine asks, and what is said when a part fails."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import redis
from django.conf import settings
from django.test import Client

from tracker import health
from tracker.queues import QUEUES

pytestmark = pytest.mark.django_db


@pytest.fixture
def store() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(settings.REDIS_CACHE_URL) as client:
        keys = [f"{settings.HEARTBEAT_KEY}:{queue}" for queue in QUEUES]
        client.mset(dict.fromkeys(keys, int(time.time())))
        yield client
        client.delete(*keys)


def test_the_process_answers_without_asking_anybody(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/healthz").content == b"ok\n"


def test_it_is_ready_when_every_part_works(client: Client, store: redis.Redis) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert set(answer.json()["parts"]) == {"database", "migrations", "redis", "worker", "outbox"}


def test_it_names_a_queue_whose_workers_were_never_heard(client: Client, store: redis.Redis) -> None:
    store.delete(f"{settings.HEARTBEAT_KEY}:mail")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    parts = answer.json()["parts"]
    assert [name for name, part in parts.items() if not part["ok"]] == ["worker"]
    assert [queue for queue, part in parts["worker"]["queues"].items() if not part["ok"]] == ["mail"]


def test_it_names_a_queue_whose_workers_fell_silent(client: Client, store: redis.Redis) -> None:
    store.set(f"{settings.HEARTBEAT_KEY}:maintenance", int(time.time()) - 1000)
    part = client.get("/readyz").json()["parts"]["worker"]["queues"]["maintenance"]
    assert part["ok"] is False
    assert 1000 <= part["age_s"] <= 1005


def test_workers_that_may_be_at_work_are_given_the_time_of_a_task(client: Client, store: redis.Redis) -> None:
    for queue in QUEUES:
        store.set(f"{settings.HEARTBEAT_KEY}:{queue}", int(time.time()) - settings.CELERY_TASK_TIME_LIMIT)
    queues = client.get("/readyz").json()["parts"]["worker"]["queues"]
    assert [queue for queue, part in queues.items() if not part["ok"]] == ["maintenance"]


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
