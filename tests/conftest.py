"""What every test stands on: the application's role in the database, and a Redis of its own.

Test databases are made by the owner, who may. Inside a test the connection takes the role the
application has in production, so a right that is missing there is missing here too. To act as the
owner (damage a row, say) a test uses the fixture `as_owner`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone, translation
from hypothesis import settings as hypothesis_settings

from tracker.local.browser import find_browser

hypothesis_settings.register_profile("quick", deadline=None, max_examples=60, database=None)
hypothesis_settings.register_profile("full", deadline=None, max_examples=1500, database=None)
hypothesis_settings.load_profile("full" if os.environ.get("TEST_FULL") == "true" else "quick")


def _take(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {connection.ops.quote_name(role)}" if role else "RESET ROLE")


@pytest.fixture(autouse=True)
def _application_role(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with a database run under the application's role, transactional ones too.

    The role is put back before pytest-django's own clean-up, which flushes tables as the owner.
    """
    wanted = {"db", "transactional_db"} & set(request.fixturenames)
    if not wanted and request.node.get_closest_marker("django_db") is None:
        yield
        return
    request.getfixturevalue(_database_fixture(request))
    _take(settings.DATABASE_APP_ROLE)
    yield
    # A test may have left the connection closed or its transaction broken; then nothing has to be put back.
    with contextlib.suppress(Exception):
        if connection.connection is not None and not connection.needs_rollback:
            _take("")


@pytest.fixture(autouse=True)
def _site_language() -> Iterator[None]:
    """A request leaves its language and zone with the thread, where the next test would find them."""
    yield
    translation.deactivate()
    timezone.deactivate()


def _database_fixture(request: pytest.FixtureRequest) -> str:
    marker = request.node.get_closest_marker("django_db")
    is_transactional = "transactional_db" in request.fixturenames or bool(marker and marker.kwargs.get("transaction"))
    return "transactional_db" if is_transactional else "db"


@pytest.fixture
def as_owner(db: None) -> Callable[[], AbstractContextManager[None]]:
    """`with as_owner():` runs the block as the role that owns the tables."""

    @contextlib.contextmanager
    def block() -> Iterator[None]:
        _take("")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _take(settings.DATABASE_APP_ROLE)

    return block


@pytest.fixture
def bell() -> Iterator[redis.Redis]:
    """This worker's broker database, empty before and after."""
    with redis.Redis.from_url(settings.REDIS_BROKER_URL) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program. Without one a browser test is skipped, except in CI, where nothing may be."""
    if (found := find_browser(may_install=False)) is not None:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail("No Chromium was found, and CI skips nothing.")
    pytest.skip("No Chromium was found: install the package chromium, or set CHROMIUM to its path.")
