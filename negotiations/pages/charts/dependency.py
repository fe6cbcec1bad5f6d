"""What blocks a phase as a drawing: what is waited for first stands first, the gate stands last."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from negotiations.selectors.blocking_lines import GateReading
from negotiations.selectors.step_words import mutual_sentence

from .layout import SETTLED, Layout, Node, laid_out
from .svg import Drawing, Step, fitted, wrapped

GAP_X, GAP_Y, TOP = 30.0, 23.0, 10.0
NARROWEST, WIDEST = 148.0, 220.0
HEAD_H, LINE_H, MOST_LINES = 32.0, 15.0, 4
GATE, LEAST_WIDTH = 36.0, 736.0
FRAME = 6.0


def dependency_chart(number: int, reading: GateReading, *, ident: str = "dep", title: str = "") -> SafeString:
    """Draw the open conditions and disputes behind a phase's entry conditions by one reading, with its gate.

    Above two dozen the longest chain and the entry conditions are drawn first and the rest is counted.
    """
    words = title or _("What blocks phase %(number)s") % {"number": number}
    return _Chart(number, reading, laid_out(reading), ident, words).render()


class _Chart:
    def __init__(self, number: int, reading: GateReading, layout: Layout, ident: str, title: str) -> None:
        self.number, self.reading, self.layout = number, reading, layout
        room = LEAST_WIDTH - 2 * GATE - 2
        self.node_w = min(max(room / layout.columns - GAP_X, NARROWEST), WIDEST)
        columns = layout.columns * (self.node_w + GAP_X)
        width = max(columns, room) + 2 * GATE + 2
        # Room that few columns leave goes between them, so that the gate stands at the far end.
        self.gap = GAP_X + (width - columns - 2 * GATE - 2) / layout.columns
        self.titles = {node.key: wrapped(node.title, self.node_w - 16, MOST_LINES) for node in layout.nodes}
        # Every box is as high as the longest title needs, so that no word of a title is lost.
        self.node_h = HEAD_H + LINE_H * max((len(lines) for lines in self.titles.values()), default=1)
        rows = max((node.row for node in layout.nodes), default=0) + 1
        height = max(rows * (self.node_h + GAP_Y) + TOP, 2 * GATE + 2 * TOP) + 22
        self.drawing = Drawing(ident, width, height, title=title, desc=description(reading))
        self.gate = (width - GATE - 1, TOP + self.node_h / 2 if rows > 1 else max(TOP + self.node_h / 2, GATE + 2))
        self.places = {node.key: self._place(node) for node in layout.nodes}

    def render(self) -> SafeString:
        self.drawing.arrow("a", "ah")
        self.drawing.arrow("b", "ah-c", size=9)
        self._frames()
        self._edges()
        for node in self.layout.nodes:
            self._node(node)
        self._gate()
        self._legend()
        return self.drawing.render("chart chart-w chart-n")

    def _place(self, node: Node) -> tuple[float, float]:
        return node.column * (self.node_w + self.gap), TOP + node.row * (self.node_h + GAP_Y)

    def _edges(self) -> None:
        chain = self.layout.chain_edges
        for edge in sorted(self.layout.edges, key=lambda edge: edge in chain):
            if edge not in self.layout.mutual:
                self._edge(*edge, bold=edge in chain)
        for first, second in self.layout.mutual_pairs:
            self._both_ways(first, second)

    def _edge(self, source: str, target: str, *, bold: bool) -> None:
        x, y = self.places[source]
        start = (x + self.node_w, y + self.node_h / 2)
        if target == self.layout.GATE:
            self._to_gate(start, bold=bold)
            return
        left, top = self.places[target]
        end = (left - 2, top + self.node_h / 2)
        middle = end[0] - self.gap / 2
        curve: list[Step] = [("M", start), ("C", (middle, start[1]), (middle, end[1]), end)]
        self.drawing.path(curve, "edge-c" if bold else "edge", end="b" if bold else "a")

    def _to_gate(self, start: tuple[float, float], *, bold: bool) -> None:
        x, y = self.gate
        near = (x - GATE - 2, y)
        # From further down the line comes up from below, so that it never crosses the diamond's words.
        if abs(start[1] - y) < 2:
            steps: list[Step] = [("M", start), ("L", near)]
        elif start[1] < y + GATE:
            steps = [("M", start), ("C", (near[0] - 16, start[1]), (near[0] - 16, y), near)]
        else:
            below = (x, y + GATE + 3)
            steps = [("M", start), ("C", (x - 20, start[1]), (x, start[1] - 10), below)]
        self.drawing.path(steps, "edge-c" if bold else "edge", end="b" if bold else "a")

    def _both_ways(self, first: str, second: str) -> None:
        (x, upper), (_x, lower) = sorted((self.places[first], self.places[second]), key=lambda place: place[1])
        middle = x + self.node_w / 2
        gap = lower - upper - self.node_h
        if gap <= GAP_Y + 1:
            between: list[Step] = [("M", (middle, upper + self.node_h + 1)), ("L", (middle, lower - 1))]
            self.drawing.path(between, "edge-c", end="b", start="b")
            return
        bulge = x - self.gap * 0.8
        ends = ((x - 2, upper + self.node_h / 2), (x - 2, lower + self.node_h / 2))
        around: list[Step] = [("M", ends[0]), ("C", (bulge, ends[0][1]), (bulge, ends[1][1]), ends[1])]
        self.drawing.path(around, "edge", end="a", start="a")

    def _frames(self) -> None:
        for members in self.layout.circles:
            spots = [self.places[key] for key in members]
            left, top = min(x for x, _y in spots) - FRAME, min(y for _x, y in spots) - FRAME
            bottom = max(y for _x, y in spots) + self.node_h + FRAME
            self.drawing.rect(left, top, self.node_w + 2 * FRAME, bottom - top, "mutual", rx=10)

    def _node(self, node: Node) -> None:
        x, y = self.places[node.key]
        css = "node-q" if node.kind in (SETTLED, "more") else "node-c" if node.key in self.layout.chain else "node"
        self.drawing.rect(x, y, self.node_w, self.node_h, css, rx=6)
        after = x + 9
        if node.glyph:
            self.drawing.glyph(node.glyph, x + 8, y + 8)
            after = x + 27
        self.drawing.text(after, y + 19, node.ref, "mono" if node.kind != SETTLED else "t-m")
        room = self.node_w - 36 - 7.5 * len(node.ref)
        if node.note:
            self.drawing.text(x + self.node_w - 9, y + 19, fitted(node.note, room, 11), "t-s", anchor="end")
        for place, words in enumerate(self.titles[node.key]):
            self.drawing.text(x + 9, y + 37 + LINE_H * place, words, "mono" if node.kind == SETTLED else "t-m")

    def _gate(self) -> None:
        x, y = self.gate
        points = [(x, y - GATE), (x + GATE, y), (x, y + GATE), (x - GATE, y)]
        self.drawing.polygon(points, "node-c")
        words = _("Phase %(number)s") % {"number": self.number}
        self.drawing.text(x, y - 2, fitted(words, 1.6 * GATE, 11), "t-b t-s", anchor="middle")
        self.drawing.text(x, y + 13, f"{self.reading.satisfied}/{self.reading.total}", "t-s", anchor="middle")

    def _legend(self) -> None:
        y = self.drawing.height - 6
        steps = len(self.reading.chain)
        parts = [("edge-c", _("Longest open chain"))] if steps > 1 else []
        parts.append(("edge", _("waits for")))
        if self.layout.circles:
            parts.append(("mutual", _("mutual precondition")))
        x = 0.0
        for css, words in parts:
            self.drawing.line((x, y - 4), (x + 26, y - 4), css)
            self.drawing.text(x + 32, y, words, "t-s")
            x += 46 + 6.6 * len(words)


def description(reading: GateReading) -> str:
    """The same in one or two sentences, for those who do not see the drawing."""
    waiting = _("%(open)s of %(total)s entry conditions are open") % {
        "open": reading.open,
        "total": reading.total,
    }
    sentences = [waiting]
    if len(reading.chain) > 1:
        sentences.append(_("Longest open chain: %(chain)s") % {"chain": _in_words(reading)})
    sentences += [mutual_sentence(group) for group in reading.groups]
    return ". ".join(sentences) + "."


def _in_words(reading: GateReading) -> str:
    names = [" + ".join(f"{one.ref} {one.title.here}" for one in step) for step in reading.chain]
    return _(", which waits for ").join(names)
