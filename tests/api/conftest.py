"""The small negotiation, and clients for the people of the cast."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import Talks, talks


@pytest.fixture
def small(db: None) -> Talks:
    return talks()


@pytest.fixture
def anybody() -> Client:
    return Client()


@pytest.fixture
def mediator(small: Talks) -> Client:
    return signed_in(small, "mediator")


def signed_in(small: Talks, name: str) -> Client:
    client = Client()
    client.force_login(getattr(small.cast, name))
    return client
