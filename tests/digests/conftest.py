"""The small negotiation, whose record every test goes on from."""

from __future__ import annotations

import pytest

from tests.factories import Talks
from tests.factories import talks as build

from .world import swept


@pytest.fixture
def talks(db: None) -> Talks:
    """Built anew for each test, with its set-up already handed to the readers of the outbox."""
    made = build()
    swept()
    return made
