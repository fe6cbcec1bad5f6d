"""The small negotiation, whose record every test goes on from."""

from __future__ import annotations

import pytest

from negotiations.digests.windows import close_windows
from negotiations.models import Subscription
from tests.factories import Talks
from tests.factories import talks as build

from .world import DUE, NOON, subscribed, swept


@pytest.fixture
def talks(db: None) -> Talks:
    """Built anew for each test, with its set-up already handed to the readers of the outbox."""
    made = build()
    swept()
    return made


@pytest.fixture
def due(talks: Talks) -> Subscription:
    """A subscription with one window closed."""
    subscription = subscribed(talks, now=NOON)
    talks.set_status(talks.release, "in_progress")
    close_windows(DUE)
    return subscription
