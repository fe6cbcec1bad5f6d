"""A month as weeks of days, for the table of a calendar."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, get_format

from negotiations.selectors.calendar import DateLine

# What a cell of the table holds before it counts the rest.
MOST = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A day in the table, with the first lines of it."""

    on: date
    is_inside: bool
    is_today: bool
    lines: tuple[DateLine, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its weeks, its days that hold something, and the addresses of its neighbours."""

    first: date
    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Cell, ...], ...]
    days: tuple[tuple[date, tuple[DateLine, ...]], ...]
    previous: str
    next: str


def asked_month(text: str, default: date) -> date:
    """The first day of the month that the address names; of the default's month where it cannot be read."""
    year, _dash, month = text.partition("-")
    if year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) <= 2:
        number, of = int(year), int(month)
        if MINYEAR < number < MAXYEAR and 1 <= of <= 12:
            return date(number, of, 1)
    return default.replace(day=1)


def days_shown(first: date) -> tuple[date, date]:
    """The first and last day of the whole weeks that hold a month."""
    days = list(_calendar().itermonthdates(first.year, first.month))
    return days[0], days[-1]


def month_of(first: date, today: date, lines: Mapping[date, Sequence[DateLine]]) -> Month:
    """Lay a month out; weeks begin as the language's calendars do."""
    days = list(_calendar().itermonthdates(first.year, first.month))
    cells = [_cell(day, first, today, lines.get(day, ())) for day in days]
    begins = _calendar().firstweekday
    return Month(
        first=first,
        title=date_format(first, "F Y"),
        weekdays=tuple(str(WEEKDAYS[(begins + place) % 7]) for place in range(7)),
        weeks=tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7)),
        days=tuple(_day_by_day([cell for cell in cells if cell.is_inside and cell.lines], lines)),
        previous=f"{first - timedelta(days=1):%Y-%m}",
        next=f"{first + timedelta(days=31):%Y-%m}",
    )


def _day_by_day(
    cells: Sequence[Cell], lines: Mapping[date, Sequence[DateLine]]
) -> Iterator[tuple[date, tuple[DateLine, ...]]]:
    """What lasts is told on its first day of the month; a day that the table only counts has all of its lines."""
    told: set[tuple[datetime, str, str, str]] = set()
    for cell in cells:
        here = []
        for line in lines[cell.on]:
            key = (line.at, line.slug, line.ref, line.note)
            if cell.more or line.until is None or key not in told:
                here.append(line)
            told.add(key)
        if here:
            yield cell.on, tuple(here)


def _cell(day: date, first: date, today: date, lines: Sequence[DateLine]) -> Cell:
    return Cell(day, day.month == first.month, day == today, tuple(lines[:MOST]), max(len(lines) - MOST, 0))


def _calendar() -> Calendar:
    # Django counts from Sunday, Python from Monday.
    return Calendar((int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7)
