"""Reading the phase state: the same document both ways, and how much faster the product's way is."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from negotiations.services.token import create_token

from .newsroom import newsroom_negotiation
from .rounds import IS_BENCH, Variant, compare, judge, tell
from .served import Wire, request_bytes, served

HOT, STOCK, COLD = ("/api/v1/negotiations/newsroom/state/", "/stock/newsroom/state/", "/cold/newsroom/state/")
WANTED = {"hot": 12, "cold": 3, "304": 15, "authenticated hot": 8}


@pytest.mark.django_db
@pytest.mark.urls("tests.benchmarks.urls")
def test_both_ways_make_the_same_document() -> None:
    newsroom_negotiation(conditions=12, disputes=3)
    product, stock = (Client().get(address).json() for address in (HOT, STOCK))
    assert stock == product


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_the_kept_document_is_many_times_faster() -> None:
    small = newsroom_negotiation() if IS_BENCH else newsroom_negotiation(conditions=8, disputes=2)
    _token, secret = create_token(small.cast.reader, name="Newsroom")
    bearer = {"Authorization": f"Bearer {secret}"}
    with served() as wire:
        etag = check_equal(wire, bearer)
        times = 200 if IS_BENCH else 2
        found = compare(
            ask(wire, STOCK, {}, 4),
            {
                "cold": ask(wire, COLD, {}, 8),
                "hot": ask(wire, HOT, {}, times),
                "304": ask(wire, HOT, {"If-None-Match": etag}, times),
                "authenticated hot": ask(wire, HOT, bearer, times),
            },
        )
    tell("phase state against stock serializers", {name: ratio.told() for name, ratio in found.items()})
    judge(found, WANTED)


def ask(wire: Wire, path: str, headers: dict[str, str], times: int) -> Variant:
    request = request_bytes(path, headers)
    return Variant(lambda: wire.ask(request), times)


def check_equal(wire: Wire, bearer: dict[str, str]) -> str:
    """All ways answer the same, kept or made; returns the ETag."""
    stock, cold, hot, mine = (
        wire.get(path, headers) for path, headers in ((STOCK, {}), (COLD, {}), (HOT, {}), (HOT, bearer))
    )
    for name, answer in (("cold", cold), ("hot", hot), ("authenticated", mine)):
        assert told(answer.body) == told(stock.body), name
    assert wire.get(HOT, {}).body == hot.body
    held = wire.get(HOT, {"If-None-Match": hot.header("etag")})
    assert (held.status, held.body) == (304, b"")
    return hot.header("etag")


def told(body: bytes) -> object:
    """The document but for the address it was asked at."""
    document = json.loads(body)
    return {name: value for name, value in document.items() if name not in ("permalink", "cite_as")}
