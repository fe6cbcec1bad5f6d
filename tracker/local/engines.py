"""Both engines of a data folder, or the servers named in their place, and the environment they make."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tracker.queues import GROUPS

from . import children
from .folder import DataFolder, write_private
from .lock import Held, guest, hold, no_guests
from .postgres import APPLICATION, OWNER, Postgres
from .servers import check_redis, database_settings
from .terminal import say
from .valkey import Valkey

# In the order they end: nothing may outlive what it works on.
CHILDREN = ("web", *(group.name for group in GROUPS), "beat", "valkey", "postgres")
PATIENCE_S = 60


@dataclass
class Engines:
    """What was started here, and the environment for the programs that use it."""

    folder: DataFolder
    settings: dict[str, str]
    started: list[Postgres | Valkey] = field(default_factory=list)

    @property
    def env(self) -> dict[str, str]:
        return {**os.environ, **self.settings}

    @property
    def application_env(self) -> dict[str, str]:
        """The same without the owner's address, for processes that serve requests and jobs."""
        return {name: value for name, value in self.env.items() if name != "DATABASE_OWNER_URL"}

    @property
    def is_database_embedded(self) -> bool:
        return any(isinstance(engine, Postgres) for engine in self.started)

    def publish(self) -> None:
        """Leave the settings for guests; readable for this account alone, since they hold passwords."""
        write_private(_state(self.folder), json.dumps(self.settings))


@dataclass(frozen=True)
class Shape:
    """What a pair of engines is for: tests want many connections and databases, and no waiting for disks."""

    connections: int = 100
    redis_databases: int = 16
    is_throwaway: bool = False


ORDINARY = Shape()


def _state(folder: DataFolder) -> Path:
    return folder.base / "engines.json"


@contextlib.contextmanager
def running(folder: DataFolder, what: str, shape: Shape = ORDINARY) -> Iterator[Engines]:
    """Hold the folder and run what the environment does not name, until the end of the block."""
    with hold(folder.base, what):
        if left := children.stop_left_behind(folder, CHILDREN):
            say(f"Ended what an earlier run left behind: {', '.join(left)}.")
        engines = Engines(folder, _common(folder))
        _state(folder).unlink(missing_ok=True)
        try:
            _start(engines, shape)
            engines.publish()
            yield engines
        finally:
            _state(folder).unlink(missing_ok=True)
            for engine in reversed(engines.started):
                engine.stop()


def _common(folder: DataFolder) -> dict[str, str]:
    return {
        "DATA_DIR": str(folder.base),
        "SECRET_KEY": os.environ.get("SECRET_KEY") or folder.secret("secret_key"),
        "TRACKER_LOCAL": os.environ.get("TRACKER_LOCAL", "true"),
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "PYTHONUNBUFFERED": "1",
    }


def _start(engines: Engines, shape: Shape) -> None:
    folder, settings = engines.folder, engines.settings
    if os.environ.get("DATABASE_URL"):
        settings.update(database_settings(folder, os.environ))
    else:
        postgres = Postgres(folder, connections=shape.connections, is_throwaway=shape.is_throwaway)
        engines.started.append(postgres)
        postgres.start()
        settings.update(
            DATABASE_URL=postgres.url(APPLICATION),
            DATABASE_OWNER_URL=postgres.url(OWNER),
            DATABASE_APP_ROLE=APPLICATION,
        )
    if given := os.environ.get("REDIS_URL"):
        check_redis(given)
    else:
        valkey = Valkey(folder, databases=shape.redis_databases)
        engines.started.append(valkey)
        valkey.start()
        settings["REDIS_URL"] = valkey.url
    has_demo = engines.is_database_embedded and (folder.base / "demo").exists()
    settings["DEMO"] = "true" if has_demo else "false"


@contextlib.contextmanager
def borrowed(folder: DataFolder, what: str) -> Iterator[dict[str, str]]:
    """The environment of running engines, whoever runs them; where nobody does, run them for the block."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        with guest(folder.base):
            if (settings := _published(folder)) is not None:
                yield {**os.environ, **settings}
                return
        try:
            with running(folder, what) as engines:
                yield engines.env
                with no_guests(folder.base):
                    _state(folder).unlink(missing_ok=True)
            return
        except Held:
            # Somebody is just starting or just ending.
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _published(folder: DataFolder) -> dict[str, str] | None:
    """What the present holder left for guests; None when nobody holds the folder."""
    try:
        with hold(folder.base, "look"):
            return None
    except Held:
        with contextlib.suppress(OSError, ValueError):
            settings: dict[str, str] = json.loads(_state(folder).read_text())
            return settings
    return None
