"""The small negotiation that these tests bring files into."""

from __future__ import annotations

import pytest

from tests.factories import Talks
from tests.factories import talks as build


@pytest.fixture
def talks() -> Talks:
    """Built anew for each test; the test says itself that it uses the database."""
    return build()
