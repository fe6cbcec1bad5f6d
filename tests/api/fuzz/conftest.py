"""The small negotiation, with one more item of every noun."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from negotiations.models import Entry
from tests.api.nouns import one_of_each
from tests.factories import Talks, talks


@pytest.fixture(autouse=True)
def _connection_kept() -> Iterator[None]:
    """A server lets go of connections around each request; here all of them share the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def small(db: None) -> Talks:
    return talks()


@pytest.fixture
def known(small: Talks) -> dict[str, Any]:
    """By noun, something that is there."""
    told = Entry.objects.filter(negotiation=small.negotiation).earliest("seq")
    seat = small.negotiation.memberships.get(user=small.cast.reader)
    return {**one_of_each(small), "entry": told, "membership": seat}
