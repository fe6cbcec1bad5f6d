"""An empty shelf for each test, programs that ask, and what had to be made for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.conf import settings
from django.test import Client

from negotiations.api import hot
from negotiations.api.shelf import shelf
from negotiations.models import User
from negotiations.services.token import create_token
from tests.factories import Talks

from .shelved import Program


@pytest.fixture(autouse=True)
def _empty_shelf() -> Iterator[None]:
    with redis.Redis.from_url(settings.REDIS_CACHE_URL) as client:
        client.flushdb()
        shelf().believe_back()
        yield
        client.flushdb()


@pytest.fixture
def program(small: Talks) -> Program:
    """A client that sends a token of somebody, by name where they are of the cast."""

    def made(who: User | str) -> Client:
        owner = getattr(small.cast, who) if isinstance(who, str) else who
        _token, secret = create_token(owner, name="Program")
        return Client(headers={"authorization": f"Bearer {secret}"})

    return made


@pytest.fixture
def makings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One line for each document that had to be made."""
    found: list[str] = []
    keep = hot._keep

    def counted(question: hot.Question, *rest: Any) -> None:
        found.append(question.about)
        keep(question, *rest)

    monkeypatch.setattr(hot, "_keep", counted)
    return found
