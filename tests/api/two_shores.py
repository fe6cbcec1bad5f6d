"""Two Shores, with something that became known a week after it was so; read over the interface."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import START, Talks, talks

DAY = timedelta(days=1)
HERE = "/api/v1/negotiations/two-shores/"


def on(days: int) -> str:
    return (START + days * DAY).isoformat().replace("+00:00", "Z")


@pytest.fixture
def small(db: None) -> Talks:
    """Known from its beginning; its withdrawal was under way on day 3, which became known on day 10."""
    found = talks(recorded_at=START)
    found.set_status(found.withdrawal, "in_progress", at=START + 3 * DAY, known=START + 10 * DAY)
    return found


def told(client: Client, address: str) -> Any:
    response = client.get(HERE + address)
    assert response.status_code == 200, response.content
    return response.json()
