"""Engines, workers, beats and a mail server of these tests' own, each of which can be killed and comes back."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tracker.local import children
from tracker.local.engines import Engines
from tracker.local.postgres import Postgres
from tracker.local.valkey import Valkey

CHECKOUT = Path(__file__).resolve().parent.parent.parent
QUEUES = "default,mail,webhooks,maintenance"


class Fleet:
    """What runs; `revive` starts again what died, as the supervisor of a real site does."""

    def __init__(self, engines: Engines) -> None:
        self.engines, self.folder = engines, engines.folder
        base = engines.folder.base
        self.step, self.order, self.log = base / "step", base / "order", base / "received"
        self.port = free_port()
        self.running: dict[str, tuple[list[str], subprocess.Popen[bytes]]] = {}

    @property
    def env(self) -> dict[str, str]:
        return {
            **self.engines.application_env,
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
            "FAULT_ORDER": str(self.step),
            "DEMO": "false",
            "LOG_LEVEL": "WARNING",
        }

    @property
    def postgres(self) -> Postgres:
        return next(one for one in self.engines.started if isinstance(one, Postgres))

    @property
    def valkey(self) -> Valkey:
        return next(one for one in self.engines.started if isinstance(one, Valkey))

    def migrate(self) -> None:
        """Make the tables, as the owner does."""
        command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
        subprocess.run(command, cwd=CHECKOUT, env={**self.env, **self.engines.settings}, check=True)

    def serve_mail(self) -> None:
        self.start("mail", ["tests/faults/smtp_server.py", str(self.port), str(self.order), str(self.log)])
        wait_for(lambda: listens(self.port))

    def work(self, name: str = "worker") -> None:
        options = ["--queues", QUEUES, "--concurrency", "1", "--loglevel", "WARNING", "--hostname", f"{name}@faults"]
        self.start(
            name, ["-m", "celery", "--app", "tracker", "worker", *options, "--without-gossip", "--without-mingle"]
        )

    def beat(self, name: str = "beat") -> None:
        self.start(name, ["-m", "celery", "--app", "tracker", "beat", "--pidfile", "", "--loglevel", "WARNING"])

    def start(self, name: str, arguments: list[str]) -> None:
        argv = [sys.executable, *arguments]
        self.running[name] = argv, children.start(self.folder, name, argv, env=self.env, cwd=CHECKOUT)

    def revive(self) -> None:
        """Start again what has died by itself or was killed."""
        for name, (argv, process) in list(self.running.items()):
            if process.poll() is not None:
                children.end_group(process.pid)
                self.start(name, argv[1:])

    def stop(self, name: str) -> None:
        """Stop one for good."""
        _argv, process = self.running.pop(name)
        children.stop(process, signal.SIGTERM, patience_s=30)

    def stop_all(self) -> None:
        for _argv, process in self.running.values():
            children.end_group(process.pid)
        for name in list(self.running):
            self.stop(name)

    def received(self) -> list[str]:
        """The address of each mail that the server took or may have taken, as often as it came."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [line.split()[-1] for line in lines]


def wait_for(is_so: Callable[[], bool], *, within_s: float = 120, between: Callable[[], None] = lambda: None) -> None:
    """Look again and again until something is so; fails after a time that only a stuck machine needs."""
    deadline = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about in time"
        between()
        time.sleep(0.15)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_order(file: Path, words: str) -> None:
    """Whole or not at all: others read it at any time."""
    part = file.with_suffix(".part")
    part.write_text(words)
    os.replace(part, file)  # noqa: PTH105
