"""Every address, method and person: nothing hidden comes back, and hidden answers as unknown does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from tests.routes import routes

from .addresses import Address, addresses
from .asking import IS_FULL, Answer, ask, post_of, watch
from .world import PEOPLE, World

METHODS = ("get", "post", "put", "patch", "delete", "options", "head")
# Searched, counted and cut off, as a file, in the past.
ASKED = ("?q=kanarie&count=exact&limit=2", "?format=csv", "?as_of=2025-12-01")
# Says 503 where a part of the machine is away, as in tests.
HEALTH = ("/readyz",)
Question = tuple[str, str]


def test_every_address_can_be_filled(world: World) -> None:
    """A new route has to say what stands in its places, or nobody walks it."""
    unfilled = [route for route in routes() if not list(addresses(world, route))]
    assert unfilled == [], f"These routes have no address to ask: {unfilled}. Add to FILLED in leaks/addresses.py."


def test_a_route_that_nobody_filled_is_told_of(world: World) -> None:
    with pytest.raises(LookupError, match="Add to FILLED"):
        list(addresses(world, "n/<slug:slug>/rumours/<uuid:rumour>/"))


def walked(world: World, who: str, *, hidden: bool) -> Iterator[tuple[Address, Iterator[Question]]]:
    """Every address that names something hidden from the person, or every other, and how they ask there."""
    share = PEOPLE.index(who)
    for route in routes():
        is_first = True
        for address in addresses(world, route):
            share += 1
            if who == "token" and not address.path.startswith("/api/"):
                continue
            if (bool(address.twin) and not world.sees(who, address.item)) == hidden:
                others = () if hidden else further(address.path)
                yield address, asked(address.path, others, share, is_first=is_first)
                is_first = False


def asked(path: str, others: Iterable[Question], share: int, *, is_first: bool) -> Iterator[Question]:
    """How one person asks at an address.

    Everybody asks one address of a route by every method. But for the full run they share what is left,
    another address or another question, and half of it is left to the full run.
    """
    if is_first or IS_FULL:
        yield from ((method, path) for method in METHODS[:-1])
        rest = [("head", path), *others]
    else:
        rest = [("get", path)]
    yield from (one for at, one in enumerate(rest) if IS_FULL or (share + at) % (2 * len(PEOPLE)) == 0)


def further(path: str) -> Iterator[Question]:
    """Other ways to read an address, and the other language."""
    if not path.startswith(("/admin/", "/accounts/", "/healthz", "/readyz")):
        yield from (("get", path + asked) for asked in ASKED)
    if not path.startswith(("/api/", "/admin/", "/healthz", "/readyz")):
        yield "get", f"/ar{path}"


@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_hidden_comes_back(world: World, who: str) -> None:
    client, secret, wrong = world.client(who), watch(world, who), []
    for _address, questions in walked(world, who, hidden=False):
        for method, path in questions:
            answer = ask(client, method, path, post_of(method, path))
            wrong += [f"{method} {path}: {answer.status} {found}" for found in secret.found_in(answer, path)]
            wrong += [f"{method} {path}: {answer.status}"] * (answer.status >= 500 and path not in HEALTH)
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.parametrize("who", PEOPLE)
def test_hidden_answers_as_unknown_does(world: World, who: str) -> None:
    client, secret, wrong = world.client(who), watch(world, who), []
    known: dict[Question, Answer] = {}
    for address, questions in walked(world, who, hidden=True):
        for method, path in questions:
            sent = post_of(method, path)
            there = ask(client, method, path, sent)
            if (method, address.twin) not in known:
                known[method, address.twin] = ask(client, method, address.twin, sent)
            nowhere = known[method, address.twin]
            if there.lasting(*named(path, address.twin)) != nowhere.lasting(*named(address.twin, path)):
                wrong.append(f"{method} {path} ({there.status}) is not as {address.twin} ({nowhere.status})")
            wrong += [f"{method} {path}: {found}" for found in secret.found_in(there, path)]
    assert not wrong, "\n".join(sorted(wrong))


def named(path: str, twin: str) -> list[str]:
    """What an address names that its twin does not."""
    return [one for one, other in zip(path.split("/"), twin.split("/"), strict=True) if one != other]
