"""One fleet for all fault tests, and the tests' own connection turned to its database."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from negotiations.services import bell
from tests.factories import Talks
from tests.factories import talks as build
from tracker.local.account import server_account
from tracker.local.engines import Shape, running
from tracker.local.folder import DataFolder

from .fleet import Fleet
from .world import World

NAMED = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_APP_ROLE", "REDIS_URL")


@pytest.fixture(scope="package")
def fleet() -> Iterator[Fleet]:
    """Engines, a mail server, a worker and a beat, all of which are gone afterwards."""
    with pytest.MonkeyPatch.context() as patched:
        for name in NAMED:
            patched.delenv(name, raising=False)
        root = Path(tempfile.mkdtemp(prefix="tracker-faults-"))
        root.chmod(0o755)
        folder = DataFolder(root / "data")
        homes = [folder.sockets_for(account) for account in {None, server_account()}]
        try:
            with running(folder, "fault tests", Shape(is_throwaway=True)) as engines:
                made = Fleet(engines)
                try:
                    made.migrate()
                    made.serve_mail()
                    made.work()
                    made.beat()
                    yield made
                finally:
                    made.stop_all()
        finally:
            for path in (root, folder.home_for(server_account()), *homes):
                shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="package")
def fault_database(fleet: Fleet, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The tests' own connection works on the fleet's database, as its application does."""
    ordinary = dict(connection.settings_dict)
    url = fleet.engines.settings["DATABASE_URL"]
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(bell, "tell_worker", lambda: None)
        connection.close()
        connection.settings_dict.update(dj_database_url.parse(url, conn_health_checks=True))
        yield
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(ordinary)


@pytest.fixture(scope="package")
def shore(fault_database: None) -> Talks:
    return build()


@pytest.fixture
def world(fleet: Fleet, shore: Talks) -> Iterator[World]:
    """Readers of its own for each test; the mail server behaves, nobody is told to die."""
    made = World(fleet, shore)
    yield made
    made.leave()
