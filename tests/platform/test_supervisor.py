"""What dies is started again with growing pauses; what cannot live is named with its last words."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field

import pytest
import redis

from tracker.local.engines import Engines, running
from tracker.local.failure import Refusal
from tracker.local.folder import DataFolder
from tracker.local.supervisor import DEATHS_IN_A_ROW, Process, Supervisor

from .conftest import MakeFolder


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Mortal:
    """A program whose every life is one process that ends at once."""

    name: str = "worker"
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)

    def start(self) -> None:
        self.starts.append(self.clock.now)
        self.process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"], start_new_session=True)
        self.process.wait()

    def stop(self) -> None: ...


@pytest.fixture
def mortal() -> Mortal:
    return Mortal()


def watch(folder: DataFolder, mortal: Mortal) -> Supervisor:
    supervisor = Supervisor(folder, clock=mortal.clock)
    supervisor.adopt(mortal)
    return supervisor


def live(supervisor: Supervisor, mortal: Mortal, *, seconds: float) -> None:
    end = mortal.clock.now + seconds
    while mortal.clock.now < end:
        supervisor.look()
        mortal.clock.now += 0.25


def test_it_starts_the_dead_again_after_a_growing_pause(make_folder: MakeFolder, mortal: Mortal) -> None:
    supervisor = watch(make_folder(), mortal)
    live(supervisor, mortal, seconds=10)
    pauses = [later - earlier for earlier, later in zip(mortal.starts, mortal.starts[1:], strict=False)]
    assert pauses == sorted(pauses)
    assert len(pauses) >= 3


def test_it_gives_up_on_what_cannot_live_and_says_why(make_folder: MakeFolder, mortal: Mortal) -> None:
    folder = make_folder()
    (folder.logs / "worker.log").write_text("no such queue\n")
    supervisor = watch(folder, mortal)
    said = rf"worker ended with code 3, {DEATHS_IN_A_ROW} times in a row:\n +no such queue"
    with pytest.raises(Refusal, match=said):
        live(supervisor, mortal, seconds=100)


def test_it_forgives_one_that_was_well_in_between(make_folder: MakeFolder, mortal: Mortal) -> None:
    supervisor = watch(make_folder(), mortal)
    for _ in range(30):
        supervisor.look()
        mortal.clock.now += 60
    assert len(mortal.starts) > DEATHS_IN_A_ROW


def test_it_stops_a_process_and_its_children(make_folder: MakeFolder) -> None:
    code = "import subprocess, sys, time; subprocess.Popen(['sleep', '60']); print('up', flush=True); time.sleep(60)"
    process = Process("web", make_folder(), [sys.executable, "-c", code], dict(os.environ), make_folder().base)
    supervisor = Supervisor(process.folder)
    supervisor.adopt(process)
    assert process.process is not None
    supervisor.stop()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.process.pid, 0)


def look_until_back(engines: Engines, name: str) -> None:
    clock = Clock()
    supervisor = Supervisor(engines.folder, clock=clock)
    for engine in engines.started:
        supervisor.adopt(engine)
    (victim,) = (engine for engine in engines.started if engine.name == name)
    assert victim.process is not None
    killed = victim.process
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    for _ in range(10):
        supervisor.look()
        clock.now += 5
        if victim.process is not killed and victim.process.poll() is None:
            return
    pytest.fail(f"{name} did not come back")


@pytest.mark.parametrize("name", ["postgres", "valkey"])
def test_an_engine_that_is_killed_comes_back(make_folder: MakeFolder, name: str) -> None:
    with running(make_folder(), "test") as engines:
        look_until_back(engines, name)
        with redis.Redis.from_url(engines.env["REDIS_URL"]) as client:
            assert client.ping()
