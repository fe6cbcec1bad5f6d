"""A list is narrowed by what its own lines answer to."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.selectors.facets import Facet, Facets, flag


@dataclass
class Bridge:
    name: str
    owner: str
    is_open: bool


BRIDGES = [Bridge("Reed bridge", "north", True), Bridge("Mill bridge", "south", False), Bridge("Ford", "north", False)]
FACETS: Facets[Bridge] = Facets(
    (
        Facet("owner", "Owner", lambda one: ((one.owner, one.owner.title()),)),
        flag("open", "Open", lambda one: one.is_open),
    ),
    lambda one: one.name,
)


def narrowed(typed: str = "", **wanted: str) -> list[str]:
    return [one.name for one in FACETS.narrowed(BRIDGES, wanted, typed)]


def test_it_offers_only_what_some_line_answers_to() -> None:
    assert FACETS.facets[0].options(BRIDGES) == [("north", "North"), ("south", "South")]
    assert FACETS.facets[1].options(BRIDGES[1:]) == []


def test_every_wanted_value_must_hold() -> None:
    assert narrowed(owner="north", open="1") == ["Reed bridge"]


def test_every_typed_word_must_occur() -> None:
    assert narrowed("BRIDGE mill") == ["Mill bridge"]


def test_what_nobody_answers_to_finds_nothing() -> None:
    assert narrowed(owner="nobody") == []


def test_nothing_wanted_keeps_all() -> None:
    assert len(narrowed(owner="")) == 3
