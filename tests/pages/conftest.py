"""The small negotiation, and somebody to look at it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from negotiations.models import Condition, User
from tests.factories import Talks, talks


@pytest.fixture
def shore(db: None) -> Talks:
    return talks()


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def address(condition: Condition, *more: str) -> str:
    """The address of a condition's page, or of something under it."""
    return "/".join(["/n", condition.negotiation.slug, "conditions", condition.ref, *more]) + "/"
