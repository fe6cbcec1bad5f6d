"""Wall time in a zone as moments, also where clocks are put forward or back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

SECOND = timedelta(seconds=1)
MIDNIGHT = time(0)


def moment_of(day: date, wall: time, zone: tzinfo) -> datetime:
    """The moment at which clocks of the zone show that time, in UTC.

    A time that they leave out: the first moment after the gap. One that they show twice: the first.
    """
    shown = datetime.combine(day, wall.replace(tzinfo=None), tzinfo=zone)
    found = shown.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return found
    # The offset after the gap names a moment before it, and the one before the gap a moment after it.
    before, after = sorted((found, shown.replace(fold=1).astimezone(UTC)))
    return _change_between(before, after, zone)


def has_day(day: date, zone: tzinfo) -> bool:
    """Whether the zone's calendar has this day: some islands left one out when they crossed the date line."""
    return moment_of(day, MIDNIGHT, zone).astimezone(zone).date() == day


def _change_between(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The first moment of the later offset; clocks change on whole seconds."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle <= before:
            break
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
