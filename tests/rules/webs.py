"""Random small negotiations for properties, and slow but obvious answers to compare with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from negotiations.rules.codes import ConditionStatus, DisputeStatus
from negotiations.rules.facts import Condition, Dispute, Gate, Link
from negotiations.rules.holds import Web, weave

from .gaza import ON_8_DECEMBER
from .moments import condition

TIES = ["requires", "conditional_on_verification_of", "simultaneous_with", "reciprocal_to", "alternative_to"]


@dataclass(frozen=True)
class Small:
    """A whole small negotiation."""

    conditions: tuple[Condition, ...]
    links: tuple[Link, ...]
    disputes: tuple[Dispute, ...]
    gates: tuple[Gate, ...]

    def by_key(self) -> dict[Any, Condition]:
        return {item.id: item for item in self.conditions}

    def web(self) -> Web:
        return weave(self.conditions, self.links, self.disputes, at=ON_8_DECEMBER)

    def shuffled(self, random: Any) -> Small:
        return Small(*(tuple(random.sample(part, len(part))) for part in self._parts()))

    def without(self, hidden: Collection[Any]) -> Small:
        """What a reader sees who may not see `hidden`: nor anything that speaks of it."""
        return Small(
            tuple(item for item in self.conditions if item.id not in hidden),
            tuple(link for link in self.links if not {link.id, link.condition, link.other} & set(hidden)),
            tuple(one for one in self.disputes if one.id not in hidden),
            tuple(gate for gate in self.gates if gate.condition not in hidden),
        )

    def settling(self, conditions: Collection[Any] = (), disputes: Collection[Any] = ()) -> Small:
        met = [replace(item, status="met") if item.id in conditions else item for item in self.conditions]
        over = [replace(one, status="resolved") if one.id in disputes else one for one in self.disputes]
        return replace(self, conditions=tuple(met), disputes=tuple(over))

    def _parts(self) -> tuple[tuple[Any, ...], ...]:
        return self.conditions, self.links, self.disputes, self.gates


@st.composite
def negotiations(draw: st.DrawFn, most: int = 7) -> Small:
    refs = [f"C{number}" for number in range(1, draw(st.integers(1, most)) + 1)]
    counts = st.none() | st.integers(0, 4).map(Decimal)
    items = tuple(
        condition(
            ref,
            draw(st.sampled_from(list(ConditionStatus))),
            verification_access=draw(st.sampled_from(["", "", "", "denied"])),
            value=draw(counts),
            obligors=(f"party {draw(st.integers(0, 2))}",),
        )
        for ref in refs
    )
    pairs = draw(st.lists(st.tuples(st.sampled_from(refs), st.sampled_from(refs)), max_size=14, unique=True))
    links = tuple(
        Link(f"{one}-{other}", one, other, draw(st.sampled_from(TIES)), ratio=draw(st.none() | st.just(Decimal(2))))
        for one, other in pairs
        if one != other
    )
    touched = st.lists(st.sampled_from(refs), min_size=1, max_size=3, unique=True).map(tuple)
    disputes = tuple(
        Dispute(f"D{number}", f"D{number}", draw(st.sampled_from(list(DisputeStatus))), conditions=draw(touched))
        for number in range(draw(st.integers(0, 3)))
    )
    return Small(items, links, disputes, tuple(Gate(f"G{ref}", "P2", ref) for ref in refs if draw(st.booleans())))


def smallest_closed(graph: Mapping[Any, Iterable[Any]], root: Any) -> set[Any]:
    """The smallest set with `root` in it that waits for nothing outside itself, by trying all."""
    for size in range(1, len(graph) + 1):
        for chosen in combinations(graph, size):
            if root in chosen and all(set(graph[node]) <= set(chosen) for node in chosen):
                return set(chosen)
    raise AssertionError


def waits(graph: Mapping[Any, Iterable[Any]]) -> dict[Any, set[Any]]:
    """Everything each node waits for in the end, by joining until nothing is added."""
    known = {node: set(others) for node, others in graph.items()}
    for _ in known:
        for others in known.values():
            others.update(*(known[other] for other in tuple(others)))
    return known
