"""Limits: declared on every answer, counted apart for each caller, and kept without Redis too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis
from django.conf import settings
from django.test import Client, RequestFactory
from pytest_django import Settings

from negotiations.api.limits import address_of
from negotiations.api.shelf import shelf
from negotiations.services.token import create_token
from tests.factories import Talks

from .calls import LIST, STATE, change, post
from .conftest import signed_in

MOST = 3


@pytest.fixture(autouse=True)
def _few(settings: Settings) -> Iterator[None]:
    settings.API_RATES = dict.fromkeys(("anonymous", "token", "session"), (MOST, 3600))
    with redis.Redis.from_url(settings.REDIS_CACHE_URL) as client:
        client.flushdb()
        shelf().believe_back()
        yield
        client.flushdb()


ABOUT = ("/api/v1/schema/", "/api/v1/docs/")


@pytest.mark.parametrize("address", [LIST, STATE, "/api/v1/nowhere/", f"{LIST}?limit=x", *ABOUT])
def test_every_answer_declares_the_limit(small: Talks, anybody: Client, address: str) -> None:
    headers = [anybody.get(address).headers for _request in range(2)]
    assert [one["RateLimit-Remaining"] for one in headers] == ["2", "1"]
    assert headers[0]["RateLimit-Limit"] == "3"
    assert headers[0]["RateLimit-Policy"] == "3;w=3600;comment=anonymous"
    assert 1 <= int(headers[0]["RateLimit-Reset"]) <= 3600


@pytest.mark.parametrize("address", [LIST, STATE, *ABOUT])
def test_beyond_it_the_caller_is_told_when_to_come_back(small: Talks, anybody: Client, address: str) -> None:
    assert [anybody.get(address).status_code for _request in range(MOST)] == [200] * MOST
    refused = anybody.get(address)
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["Retry-After"] == refused.headers["RateLimit-Reset"]
    assert refused.headers["Cache-Control"] == "no-store"


def test_callers_are_counted_apart(small: Talks, anybody: Client, mediator: Client) -> None:
    _token, secret = create_token(small.cast.analyst, name="Program")
    program = Client(headers={"authorization": f"Bearer {secret}"})
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    for client in (anybody, mediator, program, elsewhere, signed_in(small, "lead")):
        assert [client.get(STATE).status_code for _request in range(MOST + 1)] == [200] * MOST + [429]


def test_writes_count_as_well(small: Talks, mediator: Client) -> None:
    for _request in range(MOST):
        post(mediator, small.release, change(), version=9)
    assert post(mediator, small.release, change(), version=1).status_code == 429


def test_wrong_tokens_count_against_their_address(small: Talks) -> None:
    for number in range(MOST):
        guess = Client(headers={"authorization": f"Bearer ctt_{number:043}"})
        assert guess.get(STATE).status_code == 401
    assert guess.get(STATE).status_code == 429


def test_without_redis_each_process_counts_for_itself(
    small: Talks, anybody: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf(), "_away_until", float("inf"))
    client = Client(REMOTE_ADDR="192.0.2.8")
    assert [client.get(STATE).status_code for _request in range(MOST + 1)] == [200] * MOST + [429]


@pytest.mark.parametrize(
    ("remote", "forwarded", "is_trusted", "found"),
    [
        ("192.0.2.1", "", False, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.9", False, "192.0.2.1"),
        ("127.0.0.1", "203.0.113.5, 198.51.100.9", True, "198.51.100.9"),
        ("127.0.0.1", "", True, "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1:2::"),
        ("", "", False, "unknown"),
        ("127.0.0.1", "no address", True, "unknown"),
    ],
)
def test_a_caller_without_credentials_is_its_address(
    settings: Settings, remote: str, forwarded: str, is_trusted: bool, found: str
) -> None:
    settings.TRUST_PROXY = is_trusted
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert address_of(RequestFactory(REMOTE_ADDR=remote).get("/", headers=headers)) == found


def test_the_environment_sets_them() -> None:
    assert set(settings.API_RATES) == {"anonymous", "token", "session"}
