"""The demonstration is loaded once for all its tests, in a transaction that is taken back afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from negotiations.demo.load import load
from negotiations.history.states import states_at
from negotiations.models import Negotiation

from . import asking

MOMENT = asking.EIGHTH_OF_DECEMBER


@pytest.fixture(scope="package")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
            load()
            # Let the guards that wait for the commit speak now.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("RESET ROLE")
            # Statistics of an empty database would have pages read thousands of rows again and again.
            cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def told(_loaded: None, db: None) -> None:
    """The whole demonstration."""


@pytest.fixture
def gaza(told: None) -> Negotiation:
    return Negotiation.objects.get(slug="gaza-2025")


@pytest.fixture
def aceh(told: None) -> Negotiation:
    return Negotiation.objects.get(slug="aceh-2005")


@pytest.fixture
def stood(gaza: Negotiation) -> Callable[..., list[dict[str, Any]]]:
    """`stood("dispute")`: the values of every dispute of Gaza as of 8 December 2025 or another moment."""

    def at(kind: str, moment: datetime = MOMENT) -> list[dict[str, Any]]:
        return list(states_at(gaza.pk, as_of=moment, kinds=[kind]).values())

    return at
