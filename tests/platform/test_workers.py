"""Real workers and beats: one slow queue holds up no other, and what is in hand is finished before the end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from celery import Celery
from django.conf import settings

from tracker.local.engines import Engines
from tracker.local.folder import DataFolder
from tracker.local.server import processes

from .jobs.waiting import PATIENCE_S, wait_for_word

CHECKOUT = Path(__file__).resolve().parent.parent.parent
Run = Callable[[str], subprocess.Popen[bytes]]

pytestmark = pytest.mark.serial


@pytest.fixture
def store() -> Iterator[redis.Redis]:
    """The cache's database, where tasks and tests talk; it and the broker's are empty before and after."""
    urls = (settings.REDIS_BROKER_URL, settings.REDIS_CACHE_URL)
    with redis.Redis.from_url(urls[0]) as broker, redis.Redis.from_url(urls[1], socket_timeout=2 * PATIENCE_S) as cache:
        for client in (broker, cache):
            client.flushdb()
        yield cache
        for client in (broker, cache):
            client.flushdb()


@pytest.fixture
def run(tmp_path: Path, store: redis.Redis) -> Iterator[Run]:
    """Starts one of the product's own processes by its name, on this test's broker; ends them all after."""
    commands = {one.name: list(one.argv) for one in processes(Engines(DataFolder(tmp_path), {}), CHECKOUT, 8000)}
    running: list[subprocess.Popen[bytes]] = []

    def start(name: str) -> subprocess.Popen[bytes]:
        command = [*commands[name]]
        if "worker" in command:
            command += ["--include", wait_for_word.__module__]
        with (tmp_path / f"{name}-{len(running)}.log").open("ab") as log:
            env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(CHECKOUT)}
            process = subprocess.Popen(command, cwd=CHECKOUT, env=env, stdout=log, stderr=log, start_new_session=True)
        running.append(process)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    # Shown where a test failed: the reason stands in what they wrote.
    for log in tmp_path.glob("*.log"):
        print(log.name, log.read_text()[-4000:], sep="\n")


@pytest.fixture
def app() -> Celery:
    from tracker.celery import app

    return app


def wait_until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def is_heard(store: redis.Redis, queue: str) -> bool:
    return bool(store.exists(f"{settings.HEARTBEAT_KEY}:{queue}"))


def has_begun(store: redis.Redis, name: str) -> bool:
    return store.blpop([f"begun:{name}"], timeout=PATIENCE_S) is not None


def test_new_workers_prove_themselves_through_their_own_queue_alone(run: Run, store: redis.Redis) -> None:
    run("worker-mail")
    wait_until(lambda: is_heard(store, "mail"))
    assert not is_heard(store, "maintenance")
    assert not is_heard(store, "webhooks")


def test_a_slow_queue_holds_up_no_other(run: Run, store: redis.Redis, app: Celery) -> None:
    run("worker-mail")
    for number in range(4):
        app.send_task(wait_for_word.name, [f"slow-{number}"], queue="mail")
    assert has_begun(store, "slow-0")
    assert has_begun(store, "slow-1")
    run("worker")
    wait_until(lambda: is_heard(store, "maintenance"))
    app.send_task(wait_for_word.name, ["quick"], queue="maintenance")
    assert has_begun(store, "quick")
    assert store.llen("begun:slow-2") == 0


def test_a_worker_that_is_told_to_stop_finishes_what_it_has_in_hand(run: Run, store: redis.Redis, app: Celery) -> None:
    worker = run("worker-default")
    wait_until(lambda: is_heard(store, "default"))
    app.send_task(wait_for_word.name, ["in-hand"], queue="default")
    assert has_begun(store, "in-hand")
    worker.send_signal(signal.SIGTERM)
    app.send_task(wait_for_word.name, ["later"], queue="default")
    store.rpush("go:in-hand", 1)
    assert worker.wait(PATIENCE_S) == 0
    assert store.llen("done:in-hand") == 1
    assert store.llen("begun:later") == 0
    with redis.Redis.from_url(settings.REDIS_BROKER_URL) as broker:
        assert broker.llen("default") == 1


def test_what_a_killed_process_had_in_hand_is_given_to_another(run: Run, store: redis.Redis, app: Celery) -> None:
    run("worker-default")
    app.send_task(wait_for_word.name, ["lost"], queue="default")
    pid = store.blpop(["begun:lost"], timeout=PATIENCE_S)
    assert pid is not None
    os.kill(int(pid[1]), signal.SIGKILL)
    again = store.blpop(["begun:lost"], timeout=PATIENCE_S)
    assert again is not None
    assert again[1] != pid[1]


def test_two_beats_ring_every_queue_and_nothing_breaks(run: Run, store: redis.Redis) -> None:
    beats = [run("beat"), run("beat")]
    with redis.Redis.from_url(settings.REDIS_BROKER_URL) as broker:
        wait_until(lambda: all(broker.llen(queue) >= 2 for queue in ("maintenance", "mail", "webhooks", "default")))
    assert [beat.poll() for beat in beats] == [None, None]


def test_beat_keeps_no_file_that_a_second_one_could_tear(tmp_path: Path, run: Run, store: redis.Redis) -> None:
    beat = run("beat")
    with redis.Redis.from_url(settings.REDIS_BROKER_URL) as broker:
        wait_until(lambda: broker.llen("maintenance"))
    assert beat.poll() is None
    assert [
        path for folder in (tmp_path, settings.DATA_DIR) for path in folder.glob("beat*") if path.suffix != ".log"
    ] == []


def test_beat_only_rings() -> None:
    """What is due stands in the database; no countdown to something due waits in the broker for over a minute."""
    for name, told in settings.CELERY_BEAT_SCHEDULE.items():
        if name == "forget":
            assert told["schedule"].minute == {17}
        else:
            assert told["schedule"] <= 60, name
        assert set(told["options"]) <= {"expires", "queue"}


def test_the_launcher_waits_as_long_as_a_worker_takes(tmp_path: Path) -> None:
    patience = {one.name: one.patience_s for one in processes(Engines(DataFolder(tmp_path), {}), CHECKOUT, 8000)}
    assert {name: s for name, s in patience.items() if s >= 60}.keys() == {
        "worker", "worker-mail", "worker-webhooks", "worker-default",
    }  # fmt: skip
