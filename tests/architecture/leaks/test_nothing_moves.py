"""What somebody may not see changes no byte of what they receive: no count, no order, no ref, no ETag."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.routes import routes

from .addresses import addresses
from .asking import IS_FULL, ask
from .conftest import settled
from .hidden import plant
from .test_no_canary import ASKED
from .world import World, bare

Seen = dict[str, tuple[int, dict[str, str], str]]
# Of accounts and of the machine: nothing of a negotiation, and a clock that stands still would hold them up.
APART = ("/admin/", "/accounts/", "/healthz", "/readyz")
READERS = ("nobody", "outsider", "reader", "analyst", "mediator")


@pytest.fixture(scope="module")
def standing(apart: None) -> World:
    return settled(bare())


def asked(world: World, route: str, *, share: int) -> Iterator[str]:
    """Addresses of what is seen: all in each way in the full run, else one of each route, and a share of the ways."""
    for number, address in enumerate(one for one in addresses(world, route) if not one.twin):
        if address.path.startswith(APART):
            return
        if IS_FULL or number == 0:
            yield address.path
        for at, further in enumerate(ASKED):
            if IS_FULL or (number == 0 and (at + share + len(route)) % len(READERS) == 0):
                yield address.path + further


def received(world: World, who: str, paths: list[str]) -> Seen:
    client = world.client(who)
    return {path: ask(client, "get", path).lasting() for path in paths}


@pytest.mark.parametrize("who", READERS if IS_FULL else ("nobody", "reader", "mediator"))
def test_the_bytes_stay_the_same(world: World, who: str) -> None:
    paths = [path for route in routes() for path in asked(world, route, share=READERS.index(who))]
    with time_machine.travel(datetime.now(tz=UTC) + timedelta(hours=1), tick=False):
        before = {path: answer for path, answer in received(world, who, paths).items() if answer[0] == 200}
        plant(world, unseen_by=who)
        after = received(world, who, list(before))
    assert [path for path in before if before[path] != after[path]] == []
