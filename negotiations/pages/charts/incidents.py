"""Incidents over time: a column for each week or month, split by how far each was looked into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from negotiations.rules.incidents import Standing
from negotiations.selectors.incidents import IncidentLine

from .frame import Framed, Twin
from .svg import Drawing, fitted

TOP, FLOOR = 16.0, 176.0
# Width, and where the columns begin and end: on a desk, and on a phone.
WIDE, NARROW = (860.0, 44.0, 690.0), (330.0, 26.0, 206.0)
# Paint goes by how far looked into, never by who alleges.
PAINT = {
    Standing.ALLEGED: "f-alleged",
    Standing.UNDER_INQUIRY: "f-in_progress",
    Standing.CONFIRMED: "f-breached",
}
OTHERS = "f-not_started"
MOST_COLUMNS = 26


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch of time with its counts."""

    start: datetime
    counts: Counter[Standing]


def columns(lines: Sequence[IncidentLine]) -> list[Column]:
    """Weeks, or months where there would be too many weeks; stretches without incidents stay as gaps."""
    if not lines:
        return []
    moments = [localtime(line.happened_at) for line in lines]
    weekly = (max(moments) - min(moments)) < timedelta(weeks=MOST_COLUMNS)
    found: dict[datetime, Counter[Standing]] = {}
    at = _start(min(moments), weekly=weekly)
    while at <= max(moments):
        found[at] = Counter()
        at = _start(at + timedelta(days=10 if weekly else 40), weekly=weekly)
    for line, moment in zip(lines, moments, strict=True):
        found.setdefault(_start(moment, weekly=weekly), Counter())[line.standing] += 1
    return [Column(start, counts) for start, counts in sorted(found.items())][-104:]


def incidents_chart(lines: Sequence[IncidentLine], standings: Sequence[Standing]) -> Framed | None:
    """The columns with their numbers; None where everything fell into one of them."""
    found = columns(lines)
    if len(found) < 2:
        return None
    twin = Twin(
        heads=(_("Starting on"), *(one.label for one in standings)),
        columns=("from", *(one.value for one in standings)),
        rows=tuple(
            (date_format(column.start, "j M Y"), *(column.counts[one] for one in standings))
            for column in found
            if column.counts
        ),
    )
    source = _("Incidents recorded here by when they are said to have happened; an allegation is not a finding.")
    return Framed(
        "incidents",
        _("When were incidents said to happen?"),
        _drawn(found, "incidents-w", WIDE),
        twin,
        narrow=_drawn(found, "incidents-n", NARROW),
        source=source,
    )


def _drawn(found: Sequence[Column], ident: str, size: tuple[float, float, float]) -> SafeString:
    width, left, right = size
    most = max(sum(column.counts.values()) for column in found)
    drawing = Drawing(
        ident,
        width,
        FLOOR + 30,
        title=_("When were incidents said to happen?"),
        desc=_("; ").join(_told(column) for column in found if column.counts),
    )
    for level in sorted({0, most // 2, most}):
        y = FLOOR - (FLOOR - TOP) * level / most
        drawing.line((left, y), (right, y), "grid")
        drawing.text(left - 8, y + 4, str(level), anchor="end")
    step = (right - left) / len(found)
    every = max(1, -(-len(found) // max(int((right - left) / 80), 1)))
    for place, column in enumerate(found):
        x = left + place * step
        _stack(drawing, column, x + step * 0.15, step * 0.7, (FLOOR - TOP) / most)
        if place % every == 0:
            drawing.text(x + step * 0.15, FLOOR + 18, date_format(column.start, "j M"))
    _legend(drawing, found, right)
    return drawing.render("chart chart-w chart-n" if size is WIDE else "chart")


def _start(moment: datetime, *, weekly: bool) -> datetime:
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday()) if weekly else day.replace(day=1)


def _stack(drawing: Drawing, column: Column, x: float, width: float, unit: float) -> None:
    y = FLOOR
    for standing in Standing:
        if number := column.counts[standing]:
            y -= number * unit
            drawing.rect(x, y, width, number * unit, PAINT.get(standing, OTHERS))


def _legend(drawing: Drawing, found: Sequence[Column], right: float) -> None:
    """Names beside the columns, from the top of the stack down."""
    shown = [standing for standing in Standing if any(column.counts[standing] for column in found)]
    for place, standing in enumerate(reversed(shown)):
        y = TOP + 8 + place * 20
        drawing.rect(right + 10, y - 9, 12, 10, PAINT.get(standing, OTHERS))
        drawing.text(right + 28, y, fitted(standing.label, drawing.width - right - 28, 11), "t-s")


def _told(column: Column) -> str:
    parts = [f"{standing.label} {number}" for standing, number in column.counts.items()]
    return f"{date_format(column.start, 'j M Y')}: {_(', ').join(parts)}"
