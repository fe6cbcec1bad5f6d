"""An outlook over time: the range of each judgement as a band, with numbered events above it."""

from __future__ import annotations

from datetime import timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from negotiations.rules.codes import RANGES, Likelihood
from negotiations.selectors.outlook import OutlookLine, Question
from negotiations.templatetags.moments import as_date

from .frame import Framed, Twin
from .scale import Scale, scale_over
from .svg import Drawing, Point, fitted

TOP, FLOOR = 40.0, 210.0
# Width, and where the band begins and ends: on a desk, and on a phone.
WIDE, NARROW = (860.0, 60.0, 670.0), (330.0, 38.0, 222.0)


def outlook_chart(question: Question, ident: str) -> Framed | None:
    """The judgements on one question until the last one held; None for a single judgement."""
    lines = tuple(reversed(question.lines))
    if len(lines) < 2:
        return None
    twin = Twin(
        heads=(_("Judged"), _("Likelihood"), _("Lowest"), _("Highest"), _("Trend")),
        columns=("assessed_at", "likelihood", "percent_low", "percent_high", "trend"),
        rows=tuple(
            (as_date(line.assessed_at), line.likelihood_label, line.low, line.high, line.trend_label) for line in lines
        ),
    )
    source = _("The band is the range of each judgement, the line its middle; numbers stand for events below.")
    wide = _drawn(question, lines, f"{ident}-w", WIDE)
    narrow = _drawn(question, lines, f"{ident}-n", NARROW)
    return Framed(ident, _("How likely was it judged over time?"), wide, twin, narrow=narrow, source=source)


def _drawn(
    question: Question, lines: tuple[OutlookLine, ...], ident: str, size: tuple[float, float, float]
) -> SafeString:
    width, left, right = size
    end = question.latest.resolved_at or question.latest.resolves_at or lines[-1].assessed_at
    # A scale needs some length, even where every judgement was made at one moment.
    end = max(end, lines[-1].assessed_at, lines[0].assessed_at + timedelta(days=1))
    scale = scale_over([*(line.assessed_at for line in lines), end], left, right, lines[-1].assessed_at)
    drawing = Drawing(
        ident,
        width,
        FLOOR + 30,
        title=_("How likely was it judged over time?"),
        desc=_("; ").join(_told(line) for line in lines),
    )
    _terms(drawing, left, right)
    for moment, words in scale.ticks():
        drawing.text(scale.x(moment), FLOOR + 18, words, anchor="middle")
    _events(drawing, scale, question, left)
    _band(drawing, scale, lines, scale.x(end))
    _end(drawing, lines[-1], scale.x(end))
    return drawing.render("chart chart-w chart-n" if size is WIDE else "chart")


def y_of(percent: float) -> float:
    return FLOOR - (FLOOR - TOP) * percent / 100


def _told(line: OutlookLine) -> str:
    return f"{as_date(line.assessed_at)}: {line.likelihood_label} \u2066{line.low}–{line.high}%\u2069"


def _terms(drawing: Drawing, left: float, right: float) -> None:
    """A line at the lower end of every term, so that a band is read by its word."""
    for percent in (0, 50, 100):
        drawing.text(left - 8, y_of(percent) + 4, f"{percent}%", anchor="end")
    for low in sorted({RANGES[term][0] for term in Likelihood} | {100}):
        level = 0 if low == 1 else low
        drawing.line((left, y_of(level)), (right, y_of(level)), "grid")


def _band(drawing: Drawing, scale: Scale, lines: tuple[OutlookLine, ...], end: float) -> None:
    """The range of each judgement holds until the next one; its middle is the line."""
    starts = [scale.x(line.assessed_at) for line in lines]
    middle: list[Point] = []
    for line, start, stop in zip(lines, starts, [*starts[1:], end], strict=True):
        drawing.rect(start, y_of(line.high), max(stop - start, 1), y_of(line.low) - y_of(line.high), "band")
        y = y_of((line.low + line.high) / 2)
        middle += [(start, y), (stop, y)]
    drawing.path([("M", middle[0]), *(("L", point) for point in middle[1:])], "edge-c")
    for line, start in zip(lines, starts, strict=True):
        y = y_of((line.low + line.high) / 2)
        drawing.rect(start - 3.5, y - 3.5, 7, 7, "dot", rx=3.5)


def _end(drawing: Drawing, line: OutlookLine, x: float) -> None:
    y = min(max(y_of((line.low + line.high) / 2), TOP + 8), FLOOR - 16)
    drawing.text(x + 10, y, fitted(line.likelihood_label, drawing.width - x - 12, 12), "t-b")
    # Isolated, so that the range runs from low to high in Arabic too.
    drawing.text(x + 10, y + 15, f"\u2066{line.low}–{line.high}%\u2069", "t-s")


def _events(drawing: Drawing, scale: Scale, question: Question, left: float) -> None:
    free = left
    for number, event in enumerate(question.events, start=1):
        x = scale.x(event.effective_at)
        drawing.line((x, TOP - 14), (x, FLOOR), "grid")
        place = max(x, free)
        drawing.rect(place - 9, TOP - 34, 18, 18, "node", rx=9)
        drawing.text(place, TOP - 21, str(number), "t-s", anchor="middle")
        free = place + 20
