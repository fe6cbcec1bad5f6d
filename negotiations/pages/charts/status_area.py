"""The statuses of a phase's entry conditions over time, stacked: what counts at the bottom."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.exports.table import Cell
from negotiations.rules.codes import ConditionStatus
from negotiations.rules.names import listed
from negotiations.selectors.status_area import StatusArea, Step

from .frame import Framed, Twin
from .scale import Scale
from .svg import Drawing, fitted, width_of

WIDE, NARROW = (546.0, 150.0), (330.0, 136.0)
TOP, HEIGHT, FOOT, LINE = 8.0, 160.0, 24.0, 19.0


def status_area_chart(area: StatusArea, *, number: int) -> Framed:
    """The framed chart with its table, a row for each moment at which a count changed."""
    title = _("How did the entry conditions of phase %(number)s come to stand where they do?") % {"number": number}
    drawn = [_Chart(area, title, f"area-{width:.0f}", width, labels).render() for width, labels in (WIDE, NARROW)]
    return Framed(
        name="status-area",
        title=title,
        wide=drawn[0],
        narrow=drawn[1],
        twin=_twin(area),
        source=ngettext(
            "Count of %(total)s condition, from the record.",
            "Count of %(total)s conditions, from the record.",
            area.total,
        )
        % {"total": area.total},
    )


def _twin(area: StatusArea) -> Twin:
    codes = area.statuses
    rows: list[tuple[Cell, ...]] = [(step.at, *(step.counts.get(code, 0) for code in codes)) for step in area.steps]
    return Twin(
        heads=(_("From"), *(code.label for code in codes)),
        columns=("from", *(code.value for code in codes)),
        rows=tuple(rows),
    )


def description(area: StatusArea) -> str:
    """Where the counts began and where they ended, in words."""
    first, last = area.steps[0], area.steps[-1]
    return _("On %(first)s: %(then)s. On %(last)s: %(now)s.") % {
        "first": day(first.at),
        "then": _counts(area, first),
        "last": day(area.until),
        "now": _counts(area, last),
    }


def _counts(area: StatusArea, step: Step) -> str:
    return listed([f"{step.counts[code]} {code.label}" for code in area.statuses if step.counts.get(code)])


class _Chart:
    def __init__(self, area: StatusArea, title: str, ident: str, width: float, labels: float) -> None:
        self.area = area
        self.right = width - labels
        self.labels = labels - 12
        span = max(area.until - area.steps[0].at, timedelta(days=1))
        self.scale = Scale(area.steps[0].at, area.steps[0].at + span, 0, self.right)
        self.drawing = Drawing(ident, width, TOP + HEIGHT + FOOT, title=title, desc=description(area))

    def render(self) -> SafeString:
        for code in self.area.statuses:
            self._layer(code)
        self.drawing.line((0, TOP + HEIGHT), (self.right, TOP + HEIGHT), "axis")
        self._words()
        self._ticks()
        return self.drawing.render("chart")

    def _layer(self, code: ConditionStatus) -> None:
        """One rectangle for each stretch with the same count, standing on what lies below it."""
        below = self.area.statuses[: self.area.statuses.index(code)]
        for place, step in enumerate(self.area.steps):
            count = step.counts.get(code, 0)
            if not count:
                continue
            base = sum(step.counts.get(one, 0) for one in below)
            left, right = self.scale.x(step.at), self.scale.x(self._end(place))
            top = self._y(base + count)
            width = max(right - left, 1.0)
            self.drawing.rect(left, top, width, self._y(base) - top, f"area f-{code.value}")
            if code is ConditionStatus.CONTESTED:
                self._hatch(left, top, width, self._y(base) - top)

    def _hatch(self, left: float, top: float, width: float, height: float) -> None:
        """Told differently by the parties: hatched, so that it is known without its colour."""
        for place in range(int(width // 7)):
            x = left + place * 7
            self.drawing.line((x + 1, top + height), (min(x + 7, left + width), top), "hatch")

    def _end(self, place: int) -> datetime:
        return self.area.steps[place + 1].at if place + 1 < len(self.area.steps) else self.area.until

    def _y(self, count: int) -> float:
        return TOP + HEIGHT * (1 - count / self.area.total)

    def _words(self) -> None:
        """The last counts named beside their layers, pushed apart where they would touch."""
        last, base, spots = self.area.steps[-1], 0, []
        for code in self.area.statuses:
            if count := last.counts.get(code, 0):
                spots.append((self._y(base) / 2 + self._y(base + count) / 2, code, count))
                base += count
        lowest = TOP + HEIGHT - 4
        for middle, code, count in spots:
            y = min(middle, lowest)
            lowest = y - LINE
            self.drawing.glyph(code.value, self.right + 10, y - 7)
            self.drawing.text(self.right + 30, y + 4, fitted(f"{count} {code.label}", self.labels - 18, 12), "t-m")

    def _ticks(self) -> None:
        y = TOP + HEIGHT + 17
        first, last = day(self.area.steps[0].at), day(self.area.until)
        self.drawing.text(0, y, first, "t-s")
        self.drawing.text(self.right, y, last, "t-s", anchor="end")
        taken = width_of(first, 11) + 12
        for tick, words in self.scale.ticks():
            x = self.scale.x(tick)
            end = x + width_of(words, 11)
            if x > taken and end < self.right - width_of(last, 11) - 12:
                self.drawing.text(x, y, words, "t-s")
                self.drawing.line((x, TOP + HEIGHT), (x, TOP + HEIGHT + 4), "axis")
                taken = end + 12


def day(moment: datetime) -> str:
    return date_format(localtime(moment), "j M Y")
