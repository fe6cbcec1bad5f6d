"""Where everything stands in the drawing of what blocks a phase: columns by who waits for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.rules.codes import ConditionStatus
from negotiations.rules.gates import GateStanding
from negotiations.selectors.blocking_lines import BlockedLine, GateReading, Named, Wait

MOST = 24
SETTLED, MORE, ACCESS = "settled", "more", "access"
Edge = tuple[str, str]


@dataclass(slots=True)
class Node:
    """A box of the drawing; `depth` is how many steps it stands before the gate."""

    key: str
    kind: str
    ref: str
    title: str
    note: str = ""
    glyph: str = ""
    depth: int = 0
    column: int = 0
    row: int = 0


@dataclass(slots=True)
class Layout:
    """The boxes with their places, and the ties between them by key: from what is waited for to what waits."""

    GATE: ClassVar[str] = "gate"

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    circles: list[tuple[str, ...]] = field(default_factory=list)
    chain: frozenset[str] = frozenset()
    chain_edges: frozenset[Edge] = frozenset()
    columns: int = 1

    @property
    def mutual(self) -> frozenset[Edge]:
        """Ties inside a circle: drawn both ways, not from left to right."""
        circle_of = {key: place for place, keys in enumerate(self.circles) for key in keys}
        return frozenset(
            edge for edge in self.edges if edge[0] in circle_of and circle_of[edge[0]] == circle_of.get(edge[1], -1)
        )

    @property
    def mutual_pairs(self) -> list[Edge]:
        return sorted({(min(edge), max(edge)) for edge in self.mutual})


def laid_out(reading: GateReading) -> Layout:
    """Give every box its column and row: left of all that wait for it, the longest chain on top."""
    lines, left_out = _chosen(reading)
    layout = Layout()
    layout.chain, layout.chain_edges = _chain(reading)
    layout.nodes = [_condition(line) for line in lines]
    drawn = {line.condition.ref for line in lines}
    groups: dict[int, list[str]] = defaultdict(list)
    for line in lines:
        if line.group is not None:
            groups[line.group].append(line.condition.ref)
    layout.circles = [tuple(keys) for _place, keys in sorted(groups.items()) if len(keys) > 1]
    layout.edges = _edges(lines, drawn)
    layout.nodes += _sources(lines)
    _set_depths(layout, lines)
    if left_out:
        layout.nodes.append(_more(left_out))
    if settled := _settled(reading):
        layout.nodes.append(settled)
        layout.edges.append((settled.key, Layout.GATE))
    _set_places(layout)
    return layout


def _chosen(reading: GateReading) -> tuple[list[BlockedLine], int]:
    """The conditions to draw and how many more there are: chain, circles and entry conditions come first."""
    lines = list(reading.blocked)
    if len(lines) <= MOST:
        return lines, 0
    chain = {one.ref for step in reading.chain for one in step}
    order = sorted(
        range(len(lines)),
        key=lambda at: (lines[at].condition.ref not in chain, lines[at].group is None, not lines[at].is_entry, at),
    )
    return [lines[at] for at in sorted(order[:MOST])], len(lines) - MOST


def _condition(line: BlockedLine) -> Node:
    one = line.condition
    return Node(one.ref, one.kind, one.ref, one.title.here, one.status_label, one.status)


def _sources(lines: Sequence[BlockedLine]) -> list[Node]:
    """Disputes and verifiers kept out: they hold, and wait for nothing themselves."""
    found: dict[str, Node] = {}
    for line in lines:
        for wait in line.waits:
            key = _source_key(line, wait)
            if key and key not in found:
                found[key] = _source(key, wait.on, wait)
    return list(found.values())


def _source_key(line: BlockedLine, wait: Wait) -> str:
    if wait.on is not None:
        return wait.on.ref if wait.on.kind == "dispute" else ""
    return f"{ACCESS}-{line.condition.ref}"


def _source(key: str, on: Named | None, wait: Wait) -> Node:
    if on is not None:
        return Node(key, on.kind, on.ref, on.title.here, on.status_label, "dispute")
    who = wait.actor.name.here if wait.actor else ""
    return Node(key, ACCESS, "", who or wait.kind_label, _("No access"), "blocked")


def _edges(lines: Sequence[BlockedLine], drawn: set[str]) -> list[Edge]:
    edges: dict[Edge, None] = {}
    for line in lines:
        for wait in line.waits:
            source = _source_key(line, wait) or (wait.on.ref if wait.on else "")
            if wait.on is None or wait.on.kind == "dispute" or source in drawn:
                edges[source, line.condition.ref] = None
        if line.is_entry:
            edges[line.condition.ref, Layout.GATE] = None
    return list(edges)


def _chain(reading: GateReading) -> tuple[frozenset[str], frozenset[Edge]]:
    """The boxes and ties of the longest open chain, where there is one to speak of."""
    if len(reading.chain) < 2:
        return frozenset(), frozenset()
    keys = [[one.ref for one in step] for step in reading.chain]
    ties = {(last, first) for firsts, lasts in pairwise(keys) for first in firsts for last in lasts}
    ties |= {(key, Layout.GATE) for key in keys[0]}
    return frozenset(key for step in keys for key in step), frozenset(ties)


def _set_depths(layout: Layout, lines: Sequence[BlockedLine]) -> None:
    """One step further from the gate than the furthest that waits for it; a circle shares one depth."""
    nodes = {node.key: node for node in layout.nodes}
    waiters: dict[str, list[str]] = defaultdict(list)
    for source, target in layout.edges:
        if target != Layout.GATE:
            waiters[source].append(target)
    circle_of = {key: keys for keys in layout.circles for key in keys}
    done: set[str] = set()
    for line in sorted(lines, key=lambda line: -line.layer):
        members = circle_of.get(line.condition.ref, (line.condition.ref,))
        if line.condition.ref in done:
            continue
        outside = [nodes[key].depth for one in members for key in waiters[one] if key not in members]
        for key in members:
            nodes[key].depth = max(outside, default=-1) + 1
            done.add(key)
    for node in layout.nodes:
        if node.key not in done:
            node.depth = max((nodes[key].depth for key in waiters[node.key]), default=-1) + 1


def _set_places(layout: Layout) -> None:
    deepest = max((node.depth for node in layout.nodes), default=0)
    layout.columns = deepest + 1
    by_column: dict[int, list[Node]] = defaultdict(list)
    for node in layout.nodes:
        node.column = deepest - node.depth
        by_column[node.column].append(node)
    rows: dict[str, int] = {}
    targets: dict[str, list[str]] = defaultdict(list)
    for source, target in layout.edges:
        targets[source].append(target)
    circle_of = {key: place for place, keys in enumerate(layout.circles) for key in keys}
    for column in sorted(by_column, reverse=True):
        order = _in_rows(by_column[column], layout.chain, rows, targets, circle_of)
        for row, node in enumerate(order):
            node.row = rows[node.key] = row


def _in_rows(
    nodes: Iterable[Node],
    chain: frozenset[str],
    rows: dict[str, int],
    targets: dict[str, list[str]],
    circle_of: dict[str, int],
) -> list[Node]:
    """The chain on top, quiet boxes at the bottom, between them near what they point at; circles together."""
    given = list(nodes)

    def wish(node: Node) -> tuple[bool, bool, float]:
        at = [rows[key] for key in targets[node.key] if key in rows]
        return node.kind in (SETTLED, MORE), node.key not in chain, sum(at) / len(at) if at else 0.0

    first: dict[int, tuple[bool, bool, float]] = {}
    for node in given:
        if (circle := circle_of.get(node.key)) is not None:
            first[circle] = min(first.get(circle, wish(node)), wish(node))
    return sorted(
        given,
        key=lambda node: (first.get(circle_of.get(node.key, -1), wish(node)), circle_of.get(node.key, -1)),
    )


def _more(left_out: int) -> Node:
    words = ngettext("and %(count)s more open condition", "and %(count)s more open conditions", left_out)
    return Node(MORE, MORE, "", words % {"count": left_out})


def _settled(reading: GateReading) -> Node | None:
    held = [gate.condition for gate in reading.gates if gate.standing == GateStanding.SATISFIED]
    if not held:
        return None
    words = _("%(count)s met") % {"count": len(held)}
    if any(one.status == ConditionStatus.WAIVED for one in held):
        words = _("%(count)s met or waived") % {"count": len(held)}
    return Node(SETTLED, SETTLED, words, " · ".join(one.ref for one in held), glyph="met")
