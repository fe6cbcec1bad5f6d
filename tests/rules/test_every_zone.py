"""Every zone that puts its clocks forward or back is replayed across it: each digest falls once, at its wall time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from negotiations.rules.alerts import next_due
from negotiations.rules.codes import Rhythm
from negotiations.rules.wall_time import has_day, moment_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
QUARTER = timedelta(minutes=15)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)
# Changes at midnight, by half an hour, backwards in winter, near the date line; all zones with --full.
SOME = (
    "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/New_York", "America/Nuuk", "America/Santiago",
    "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Atlantic/Azores", "Australia/Lord_Howe",
    "Europe/London", "Pacific/Chatham",
)  # fmt: skip
TIMES = (time(0), time(0, 30), time(1, 30), time(2), time(2, 15), time(3), time(7, 45), time(23, 30), time(23, 45))


def changes_of(zone: ZoneInfo) -> Iterator[datetime]:
    """The hours of the year in which the zone's offset changes."""
    for hour in range(366 * 24):
        moment = YEAR + hour * HOUR
        if moment.astimezone(zone).utcoffset() != (moment + HOUR).astimezone(zone).utcoffset():
            yield moment


def zones() -> list[str]:
    if os.environ.get("TEST_FULL") != "true":
        return list(SOME)
    return sorted(name for name in available_timezones() if any(changes_of(ZoneInfo(name))))


def due_moments(zone: ZoneInfo, wall: time, start: datetime, end: datetime) -> list[datetime]:
    found, after = [], start
    while after < end:
        after = next_due(Rhythm.DAILY, local_time=wall, weekday=0, zone=zone, after=after)
        found.append(after)
    return found


def days_between(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def expected(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The first quarter of an hour at which the zone's clocks have reached that time of that day, found by looking."""
    shown = datetime.combine(day, wall)
    moment = datetime.combine(day, time(0), tzinfo=UTC) - timedelta(hours=16)
    while moment.astimezone(zone).replace(tzinfo=None) < shown:
        moment += QUARTER
    return moment


@pytest.mark.parametrize("name", zones())
def test_each_digest_falls_once_at_its_wall_time(name: str) -> None:
    zone = ZoneInfo(name)
    for change in changes_of(zone):
        for wall in TIMES:
            found = due_moments(zone, wall, change - 3 * DAY, change + 3 * DAY)
            first = found[0].astimezone(zone).date()
            wanted = [expected(day, wall, zone) for day in days_between(first - DAY, first + 9 * DAY)]
            begin = wanted.index(found[0])
            assert found == wanted[begin : begin + len(found)], (name, wall)


@pytest.mark.parametrize("name", ["Pacific/Apia", "Pacific/Fakaofo"])
def test_a_day_that_is_left_out_is_known(name: str) -> None:
    zone = ZoneInfo(name)
    assert not has_day(date(2011, 12, 30), zone)
    assert has_day(date(2011, 12, 31), zone)
    assert moment_of(date(2011, 12, 30), time(8), zone) == moment_of(date(2011, 12, 31), time(0), zone)
