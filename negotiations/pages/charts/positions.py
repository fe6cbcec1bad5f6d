"""Positions over time: a line for each actor between the stances, or between a dispute's two poles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from negotiations.rules.positions import RULER
from negotiations.rules.stances import stance_words
from negotiations.selectors.people import Who
from negotiations.selectors.positions import PositionLine
from negotiations.selectors.proposals import ProposalLine
from negotiations.selectors.words import Words
from negotiations.templatetags.moments import as_date

from .frame import Framed, Twin
from .scale import Scale, scale_over
from .svg import Drawing, Step, fitted

TOP, STEP = 36.0, 46.0
# Proposals stand above the names of the steps, never upon them.
TABLED = 10.0
# Lines on the same step run side by side, and their names below one another.
APART, LABEL = 7.0, 22.0


@dataclass(frozen=True, slots=True)
class Size:
    """How wide a drawing is and where its lines run; a narrow one names steps above their lines."""

    ident: str
    width: float
    left: float
    right: float
    is_narrow: bool = False


WIDE = Size("positions-w", 860.0, 172.0, 676.0)
NARROW = Size("positions-n", 330.0, 8.0, 262.0, is_narrow=True)


@dataclass(frozen=True, slots=True)
class Point:
    """A statement; without a level it stands off the ruler: silent, or not known to us."""

    at: datetime
    level: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """What one actor said, oldest first."""

    who: Who
    points: tuple[Point, ...]


def positions_chart(
    lines: Sequence[PositionLine],
    proposals: Iterable[ProposalLine],
    *,
    at: datetime,
    about_facts: bool = False,
    poles: tuple[Words, Words] | None = None,
) -> Framed | None:
    """Draw who stood where since the first statement; None where there is only one moment to show."""
    versions = tuple(proposals)
    wide, narrow = (
        _drawn(lines, versions, size, at=at, about_facts=about_facts, poles=poles) for size in (WIDE, NARROW)
    )
    if not wide:
        return None
    if poles is None:
        source = _("Diamonds mark proposals. A line runs on until the next statement; nothing is inferred from it.")
    else:
        source = _("Placement on the scale is an analyst's judgement. Diamonds mark proposals.")
    return Framed("positions", _("How did positions move?"), wide, _twin(lines), narrow=narrow, source=source)


def _twin(lines: Sequence[PositionLine]) -> Twin:
    return Twin(
        heads=(_("Stated"), _("Actor"), _("Stance"), _("What was said"), _("Channel")),
        columns=("stated_at", "actor", "stance", "summary", "channel"),
        rows=tuple(
            (
                as_date(line.stated_at),
                line.who.name if line.who else "",
                line.stance_label,
                line.summary,
                line.channel_label,
            )
            for line in lines
        ),
    )


def _drawn(
    lines: Sequence[PositionLine],
    proposals: Iterable[ProposalLine],
    size: Size,
    *,
    at: datetime,
    about_facts: bool,
    poles: tuple[Words, Words] | None,
) -> SafeString:
    placed = poles is not None and any(line.placement is not None for line in lines)
    series = _series(lines, by_placement=placed)
    moments = [point.at for one in series for point in one.points]
    if len(moments) < 2 or at - min(moments) < timedelta(days=1):
        return SafeString("")
    levels = [*_pole_words(poles)] if placed and poles else _stance_labels(about_facts=about_facts)
    off = any(point.level is None for one in series for point in one.points)
    floor = TOP + (len(levels) - 1 + off) * STEP
    drawing = Drawing(
        size.ident,
        size.width,
        max(floor, TOP + len(series) * LABEL) + 34,
        title=_("How did positions move?"),
        desc=_("; ").join(_told(one, levels) for one in series),
    )
    scale = scale_over(moments, size.left, size.right, at)
    _grid(drawing, scale, size, levels, off=off, floor=floor)
    _proposals(drawing, scale, proposals, at)
    _draw_all(drawing, scale, series, Rows(len(levels), floor), at)
    return drawing.render("chart" if size.is_narrow else "chart chart-w chart-n")


@dataclass(frozen=True, slots=True)
class Rows:
    """How high each level stands; level 0 is the lowest, what is off the ruler stands under it."""

    levels: int
    floor: float

    def y(self, level: float | None) -> float:
        return self.floor if level is None else TOP + (self.levels - 1 - level) * STEP


def _series(lines: Sequence[PositionLine], *, by_placement: bool) -> list[Series]:
    said: dict[int, list[PositionLine]] = {}
    for line in reversed(lines):
        if line.who is not None and (line.placement is not None or not by_placement):
            said.setdefault(line.who.pk, []).append(line)
    found = []
    for mine in said.values():
        who = mine[0].who
        if who is not None:
            found.append(Series(who, tuple(Point(line.stated_at, _level(line, by_placement)) for line in mine)))
    return sorted(found, key=lambda one: (not one.who.is_party, one.who.name.text))


def _level(line: PositionLine, by_placement: bool) -> float | None:  # noqa: FBT001  one of two rulers
    if by_placement:
        return float((line.placement or 1) - 1)
    codes = [step.value for step in RULER]
    return float(codes.index(line.stance)) if line.stance in codes else None


def _stance_labels(*, about_facts: bool) -> list[str]:
    return [stance_words(step, about_facts=about_facts) for step in RULER]


def _pole_words(poles: tuple[Words, Words]) -> list[str]:
    return [poles[0].here, "", "", "", poles[1].here]


def _told(one: Series, levels: Sequence[str]) -> str:
    def words(point: Point) -> str:
        name = _("off the ruler") if point.level is None else levels[int(point.level)] or f"{int(point.level) + 1}/5"
        return f"{as_date(point.at)} {name}"

    return f"{one.who.name.here}: " + _(", ").join(map(words, one.points))


def _grid(drawing: Drawing, scale: Scale, size: Size, levels: Sequence[str], *, off: bool, floor: float) -> None:
    for level, words in enumerate(levels):
        y = TOP + (len(levels) - 1 - level) * STEP
        drawing.line((size.left, y), (size.right, y), "grid")
        _step(drawing, size, y, words)
    if off:
        _step(drawing, size, floor, _("Silent or not known"))
    for moment, words in scale.ticks():
        x = scale.x(moment)
        drawing.line((x, TOP - 8), (x, floor + 10), "grid")
        drawing.text(x, floor + 28, words, anchor="middle")


def _step(drawing: Drawing, size: Size, y: float, words: str) -> None:
    if size.is_narrow:
        drawing.text(size.left, y - 12, fitted(words, size.right, 11))
    else:
        drawing.text(size.left - 12, y + 4, fitted(words, size.left - 20, 11), anchor="end")


def _proposals(drawing: Drawing, scale: Scale, proposals: Iterable[ProposalLine], at: datetime) -> None:
    versions = [(version.tabled_at, line.ref) for line in proposals for version in line.versions]
    for tabled_at, ref in sorted(versions):
        if scale.start <= tabled_at <= at:
            x, y = scale.x(tabled_at), TABLED
            drawing.polygon([(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)], "f-ink")
            drawing.text(x + 10, y + 3, ref, "t-s")


def _draw_all(drawing: Drawing, scale: Scale, series: Sequence[Series], rows: Rows, at: datetime) -> None:
    ends = []
    for place, one in enumerate(series):
        shift = (place - (len(series) - 1) / 2) * min(APART, 26 / max(len(series), 1))
        ends.append((_line(drawing, scale, one, rows, shift, at), one))
    free = TOP - 4
    # Names stand at the end of their lines, moved down where they would touch.
    for y, one in sorted(ends, key=lambda end: end[0]):
        free = max(y, free)
        _name(drawing, scale.x(at), y, free, one.who)
        free += LABEL


def _line(drawing: Drawing, scale: Scale, one: Series, rows: Rows, shift: float, at: datetime) -> float:
    """One actor's steps; returns where the line ends."""
    points = [(scale.x(point.at), rows.y(point.level) + shift) for point in one.points]
    steps: list[Step] = [("M", points[0])]
    for (_x, before), (x, y) in pairwise(points):
        steps += [("L", (x, before)), ("L", (x, y))]
    end = points[-1][1]
    steps.append(("L", (scale.x(at), end)))
    drawing.path(steps, "edge-c" if one.who.is_party else "edge-o")
    for x, y in points:
        drawing.rect(x - 3.5, y - 3.5, 7, 7, "dot", rx=3.5)
    return end


def _name(drawing: Drawing, x: float, y: float, label: float, who: Who) -> None:
    if abs(label - y) > 1:
        drawing.line((x + 2, y), (x + 12, label), "grid")
    drawing.rect(x + 12, label - 9, 24, 18, "node-c" if who.is_party else "node-q", rx=9)
    drawing.text(x + 24, label + 4, fitted(who.short, 22, 11), "t-b t-s", anchor="middle")
    if drawing.width - x > 100:
        drawing.text(x + 42, label + 4, fitted(who.name.here, drawing.width - x - 44, 12), "t-m")
