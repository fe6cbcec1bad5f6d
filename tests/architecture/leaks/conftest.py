"""The world that is asked about: built once for each file, and undone behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from .hidden import plant
from .world import World, bare


@pytest.fixture(scope="module")
def apart(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """A transaction around all tests of a file, whose own are inside it; copies lie in a folder of their own."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with media, django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def standing(apart: None) -> World:
    """The world with all that is hidden in it; `world` is each test's own."""
    return settled(plant(bare()))


@pytest.fixture
def world(standing: World, db: None) -> World:
    return standing.copied()


def settled(world: World) -> World:
    """Check now what waits for a commit, and take statistics, without which each of many requests is planned badly."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world
