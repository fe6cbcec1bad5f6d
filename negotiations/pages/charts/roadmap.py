"""The roadmap as a drawing: what was planned, what happened, what was extended and what was declared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from negotiations.selectors.roadmap import PhaseLine
from negotiations.selectors.roadmap_bars import (
    actual_span,
    day,
    extended_span,
    moments_of,
    planned_span,
    reading_of_text,
    roadmap_description,
    status_words,
)

from .scale import Scale, scale_over
from .svg import Drawing, width_of, wrapped

WIDTH, LABELS, ROW, HEAD, FOOT = 1000.0, 196.0, 66.0, 34.0, 12.0
BAR, DIAMOND = 16.0, 8.0


def roadmap_chart(phases: Sequence[PhaseLine], *, at: datetime, is_now: bool) -> SafeString:
    """Draw the phases over time with the moment asked about; "" where no phase has a date."""
    moments = moments_of(phases)
    if not moments:
        return SafeString("")
    return _Chart(phases, scale_over([*moments, at], LABELS + 14, WIDTH - 6, at), at, is_now).render()


class _Chart:
    def __init__(self, phases: Sequence[PhaseLine], scale: Scale, at: datetime, is_now: bool) -> None:  # noqa: FBT001
        self.phases, self.scale, self.at, self.is_now = phases, scale, at, is_now
        height = HEAD + ROW * len(phases) + FOOT
        self.drawing = Drawing(
            "road", WIDTH, height, title=_("Roadmap of phases"), desc=roadmap_description(phases, at)
        )

    def render(self) -> SafeString:
        self._grid()
        for place, phase in enumerate(self.phases):
            self._phase(phase, HEAD + place * ROW)
        self._now()
        return self.drawing.render("chart chart-r")

    def _grid(self) -> None:
        bottom = self.drawing.height - FOOT
        left, width, _words = self._label()
        for tick, words in self.scale.ticks():
            x = self.scale.x(tick)
            self.drawing.line((x, HEAD - 12), (x, bottom), "grid")
            end = x + 5 + width_of(words, 11)
            if end < WIDTH and (end < left or x + 5 > left + width):
                self.drawing.text(x + 5, HEAD - 18, words, "t-s")
        for place in range(1, len(self.phases)):
            y = HEAD + place * ROW - 4
            self.drawing.line((0, y), (WIDTH, y), "grid")

    def _label(self) -> tuple[float, float, str]:
        """Where the label of the moment asked about begins, how wide it is and what it says."""
        words = (_("Today %(day)s") if self.is_now else _("As of %(day)s")) % {"day": day(self.at)}
        width = width_of(words, 11) + 16
        return min(max(self.scale.x(self.at) - width / 2, LABELS), WIDTH - width), width, words

    def _now(self) -> None:
        x = self.scale.x(self.at)
        left, width, words = self._label()
        self.drawing.line((x, HEAD - 12), (x, self.drawing.height - FOOT), "today")
        self.drawing.rect(left, 3, width, 18, "f-ink", rx=3)
        self.drawing.text(left + width / 2, 16, words, "t-inv t-s", anchor="middle")

    def _phase(self, phase: PhaseLine, top: float) -> None:
        self.drawing.glyph(phase.status, 2, top + 13)
        name = _("Phase %(number)s") % {"number": phase.number}
        self.drawing.text(24, top + 24, name, "t-b")
        for place, words in enumerate(wrapped(phase.title.here, LABELS - 30, 2, 11)):
            self.drawing.text(24, top + 39 + 14 * place, words, "t-s")
        self._planned(phase, top + 20)
        end = self._actual(phase, top + 30)
        self._extended(phase, top + 30)
        self._declared(phase, top + 48)
        self._words(phase, top + 30, end)
        self._gate(phase, top + 9)

    def _planned(self, phase: PhaseLine, y: float) -> None:
        if (span := planned_span(phase)) is not None:
            self._bar(*span, y, 5, "bar-p", rx=2.5)
        elif phase.planned_start is not None:
            x = self.scale.x(phase.planned_start)
            self.drawing.line((x, y - 3), (x, y + 8), "axis")

    def _actual(self, phase: PhaseLine, y: float) -> float:
        """Draw what was; returns where it ends, so that words can stand after it."""
        if (span := actual_span(phase, self.at)) is None:
            return self.scale.x(phase.planned_start or self.at)
        self._bar(*span, y, BAR, "bar-a", rx=3)
        return self.scale.x(span[1])

    def _extended(self, phase: PhaseLine, y: float) -> None:
        span = extended_span(phase, self.at)
        if span is not None and span[0] < span[1]:
            self._bar(*span, y, BAR, "bar-e", rx=3)

    def _declared(self, phase: PhaseLine, y: float) -> None:
        if phase.declared_at is None:
            return
        self._bar(phase.declared_at, max(self.at, phase.declared_at + timedelta(hours=1)), y, 8, "bar-d", rx=2)
        words = _("Declared by %(actor)s, %(day)s") % {"actor": phase.declared_by.here, "day": day(phase.declared_at)}
        less = _("Declared %(day)s") % {"day": day(phase.declared_at)}
        self._beside((words, less), self.scale.x(phase.declared_at), self.scale.x(self.at), y + 9)

    def _words(self, phase: PhaseLine, y: float, end: float) -> None:
        """The status in the bar where it fits, else beside it."""
        words = status_words(phase)
        start = self.scale.x(phase.started_at) if phase.started_at and phase.started_at <= self.at else end
        if end - start > width_of(words) + 16:
            self.drawing.text(start + 8, y + 12, words, "t-inv")
            return
        reach = self.scale.x(phase.extended_to) if phase.extended_to else end
        self._beside((words, phase.status_label), start, max(end, reach), y + 12)

    def _beside(self, versions: Sequence[str], start: float, end: float, y: float) -> None:
        """Words after a bar, or before it where the drawing ends; the first version that fits, never cut.

        Where none does, the shortest runs back over the names of the phases rather than lose a letter.
        """
        for words in versions:
            if end + 8 + width_of(words, 11) < WIDTH:
                self.drawing.text(end + 8, y, words, "t-s")
                return
            if width_of(words, 11) < start - 8 - LABELS:
                self.drawing.text(start - 8, y, words, "t-s", anchor="end")
                return
        self.drawing.text(start - 8, y, versions[-1], "t-s", anchor="end")

    def _gate(self, phase: PhaseLine, y: float) -> None:
        reading = reading_of_text(phase)
        if reading is None:
            return
        x = min(self.scale.x(phase.started_at or phase.planned_start or self.at), WIDTH - DIAMOND)
        is_full = reading.gate.met == reading.gate.total
        points = [(x, y - DIAMOND), (x + DIAMOND, y), (x, y + DIAMOND), (x - DIAMOND, y)]
        self.drawing.polygon(points, "dot-s" if is_full else "dot")
        words = _("%(met)s of %(total)s entry conditions met") % {"met": reading.gate.met, "total": reading.gate.total}
        less = _("%(met)s of %(total)s met") % {"met": reading.gate.met, "total": reading.gate.total}
        self._beside((words, less), x - DIAMOND + 4, x + DIAMOND - 4, y + 4)

    def _bar(self, start: datetime, end: datetime, y: float, height: float, css: str, *, rx: float) -> None:
        left, right = self.scale.x(start), self.scale.x(end)
        self.drawing.rect(left, y, max(right - left, 2.0), height, css, rx=rx)
