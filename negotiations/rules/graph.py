"""Directed graphs of what waits for what: circles found and walked in linear time, never for ever.

A graph is a mapping from every node to the nodes it waits for, each of them a node itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .facts import Key

Graph = Mapping[Key, Sequence[Key]]


def components(graph: Graph) -> list[tuple[Key, ...]]:
    """Return the strongly connected groups of nodes, what others wait for first (Tarjan, without recursion).

    A group of one is a node on no circle, unless it waits for itself.
    """
    number: dict[Key, int] = {}
    low: dict[Key, int] = {}
    held: dict[Key, None] = {}
    found: list[tuple[Key, ...]] = []
    for root in graph:
        work = [(root, iter(graph[root]))] if root not in number else []
        while work:
            node, waits_for = work[-1]
            if node not in number:
                number[node] = low[node] = len(number)
                held[node] = None
            following = next((other for other in waits_for if other not in number or other in held), None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    found.append(_take(held, node))
            elif following in number:
                low[node] = min(low[node], number[following])
            else:
                work.append((following, iter(graph[following])))
    return found


def reachable(graph: Graph, roots: Iterable[Key]) -> dict[Key, None]:
    """Return `roots` and everything they wait for, directly or not; a dict keeps the order of finding."""
    seen: dict[Key, None] = dict.fromkeys(root for root in roots if root in graph)
    work = list(seen)
    while work:
        for other in graph[work.pop()]:
            if other not in seen:
                seen[other] = None
                work.append(other)
    return seen


def reverse(graph: Graph) -> dict[Key, list[Key]]:
    """Return the graph of what is waited for by what."""
    turned: dict[Key, list[Key]] = {node: [] for node in graph}
    for node, waits_for in graph.items():
        for other in waits_for:
            turned[other].append(node)
    return turned


def layers(graph: Graph, groups: Sequence[tuple[Key, ...]]) -> dict[Key, int]:
    """Return each node's layer for a drawing: 0 waits for nothing outside its group, else one above the highest.

    `groups` are those of `components`, in their order; the nodes of a group share its layer.
    """
    layer: dict[Key, int] = {}
    for group in groups:
        members = set(group)
        below = (layer[other] for node in group for other in graph[node] if other not in members)
        layer.update(dict.fromkeys(group, 1 + max(below, default=-1)))
    return layer


def longest_chain(
    graph: Graph, groups: Sequence[tuple[Key, ...]], rank: Mapping[Key, int]
) -> tuple[tuple[Key, ...], ...]:
    """Return the longest chain of groups, the one that waits first; ties go to the lowest `rank`."""
    layer = layers(graph, groups)
    group_of = {node: group for group in groups for node in group}
    by_layer: dict[int, list[tuple[Key, ...]]] = defaultdict(list)
    for group in groups:
        by_layer[layer[group[0]]].append(group)
    chain: list[tuple[Key, ...]] = []
    choice = by_layer[max(by_layer)] if by_layer else []
    while choice:
        group = min(choice, key=lambda group: min(rank[node] for node in group))
        chain.append(group)
        ahead = layer[group[0]] - 1
        choice = [group_of[other] for node in group for other in graph[node] if layer[other] == ahead]
    return tuple(chain)


def _take(held: dict[Key, None], first: Key) -> tuple[Key, ...]:
    group: list[Key] = []
    while not group or group[-1] != first:
        group.append(held.popitem()[0])
    return tuple(group)
