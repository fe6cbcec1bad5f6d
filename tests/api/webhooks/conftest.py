"""A reader of the small negotiation, on a site that is not on this machine alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import Talks

from ..conftest import signed_in


@pytest.fixture
def reader(small: Talks) -> Client:
    return signed_in(small, "reader")


@pytest.fixture(autouse=True)
def _deployed(settings: Any) -> None:
    """Not on this machine alone, where plain http would do."""
    settings.LOCAL = False
