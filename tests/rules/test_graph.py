"""Circles and layers, against slow but obvious answers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.graph import components, layers, longest_chain, reachable, reverse

from .webs import waits

NODES = range(7)
graphs = st.fixed_dictionaries(
    {node: st.lists(st.sampled_from(list(NODES)), max_size=4, unique=True) for node in NODES}
)


@given(graphs)
def test_two_nodes_share_a_group_exactly_if_each_waits_for_the_other(graph: dict[int, list[int]]) -> None:
    groups, known = components(graph), waits(graph)
    group_of = {node: group for group in groups for node in group}
    assert sorted(node for group in groups for node in group) == list(NODES)
    for one in NODES:
        together = {other for other in NODES if other in known[one] and one in known[other]} | {one}
        assert set(group_of[one]) == together


@given(graphs)
def test_what_others_wait_for_comes_first(graph: dict[int, list[int]]) -> None:
    groups = components(graph)
    place = {node: at for at, group in enumerate(groups) for node in group}
    assert all(place[other] <= place[node] for node, others in graph.items() for other in others)


@given(graphs)
def test_a_layer_is_the_longest_way_down(graph: dict[int, list[int]]) -> None:
    groups = components(graph)
    group_of = {node: group for group in groups for node in group}
    below: dict[Any, set[Any]] = {
        group: {group_of[other] for node in group for other in graph[node]} - {group} for group in groups
    }

    def depth(group: Any) -> int:
        return 1 + max((depth(other) for other in below[group]), default=-1)

    assert layers(graph, groups) == {node: depth(group_of[node]) for node in NODES}


@given(graphs)
def test_the_longest_chain_runs_from_the_highest_layer_to_the_lowest(graph: dict[int, list[int]]) -> None:
    groups = components(graph)
    layer = layers(graph, groups)
    chain = longest_chain(graph, groups, {node: node for node in NODES})
    assert [layer[group[0]] for group in chain] == list(range(max(layer.values()), -1, -1))
    for group, following in pairwise(chain):
        assert any(other in following for node in group for other in graph[node])


@given(graphs, st.sets(st.sampled_from(list(NODES))))
def test_reachable_is_everything_waited_for(graph: dict[int, list[int]], roots: set[int]) -> None:
    assert set(reachable(graph, roots)) == roots.union(*(waits(graph)[root] for root in roots))


@given(graphs)
def test_turning_a_graph_round_twice_gives_it_back(graph: dict[int, list[int]]) -> None:
    twice = reverse(reverse(graph))
    assert {node: set(others) for node, others in twice.items()} == {node: set(o) for node, o in graph.items()}


def test_a_chain_of_a_hundred_thousand_needs_no_deep_stack() -> None:
    long = {node: [node + 1] for node in range(100_000)} | {100_000: []}
    groups = components(long)
    assert layers(long, groups)[0] == 100_000


def test_no_nodes_no_chain() -> None:
    assert (components({}), longest_chain({}, [], {})) == ([], ())
