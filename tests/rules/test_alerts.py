"""How much a change matters, and when what it led to is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from negotiations.rules.alerts import NOTABLE, breaks_quiet, end_of_quiet, next_due, reached_by, reaches, urgency_of
from negotiations.rules.codes import Rhythm, Urgency
from negotiations.rules.verbs import VERBS

CAIRO, KABUL = ZoneInfo("Africa/Cairo"), ZoneInfo("Asia/Kabul")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_an_urgency(verb: str) -> None:
    assert urgency_of(verb, {}) in Urgency


def test_every_notable_verb_is_registered() -> None:
    assert sorted(NOTABLE - VERBS.keys()) == []


@pytest.mark.parametrize(
    ("verb", "changes", "urgency"),
    [
        ("condition.status_changed", {"status": ["met", "breached"]}, Urgency.URGENT),
        ("condition.status_changed", {"status": ["met", "suspended"]}, Urgency.URGENT),
        ("condition.status_changed", {"status": ["met", "contested"]}, Urgency.URGENT),
        ("condition.status_changed", {"status": ["breached", "met"]}, Urgency.NOTABLE),
        ("phase.status_changed", {"status": ["active", "collapsed"]}, Urgency.URGENT),
        ("incident.reported", {"severity": [None, "grave"]}, Urgency.URGENT),
        ("incident.reported", {"severity": [None, "minor"]}, Urgency.NOTABLE),
        ("condition.overdue", {}, Urgency.URGENT),
        ("condition.due_soon", {}, Urgency.NOTABLE),
        ("condition.due_tomorrow", {}, Urgency.URGENT),
        ("phase.gate_met", {}, Urgency.URGENT),
        ("entry.corrected", {"title": ["a", "b"]}, Urgency.URGENT),
        ("source.retracted", {}, Urgency.URGENT),
        ("condition.edited", {"status": ["met", "breached"]}, Urgency.ROUTINE),
        ("note.written", {}, Urgency.ROUTINE),
    ],
)
def test_a_change_is_as_urgent_as_what_became_of_it(verb: str, changes: dict[str, list[str]], urgency: Urgency) -> None:
    assert urgency_of(verb, changes) is urgency


def test_who_asks_for_little_is_told_all_above_it() -> None:
    assert reached_by(Urgency.NOTABLE) == [Urgency.ROUTINE, Urgency.NOTABLE]
    assert reaches(Urgency.URGENT, Urgency.URGENT)
    assert not reaches(Urgency.NOTABLE, Urgency.URGENT)


@pytest.mark.parametrize(
    ("rhythm", "after", "due"),
    [
        (Rhythm.AT_ONCE, "2026-01-09T05:00", "2026-01-09T05:00"),
        (Rhythm.HOURLY, "2026-01-09T05:00", "2026-01-09T06:00"),
        (Rhythm.HOURLY, "2026-01-09T05:59:59", "2026-01-09T06:00"),
        (Rhythm.DAILY, "2026-01-09T05:44", "2026-01-09T05:45"),
        (Rhythm.DAILY, "2026-01-09T05:45", "2026-01-10T05:45"),
        (Rhythm.WEEKDAYS, "2026-01-09T05:45", "2026-01-12T05:45"),
        (Rhythm.WEEKLY, "2026-01-09T05:45", "2026-01-14T05:45"),
    ],
)
def test_a_digest_falls_due_at_its_wall_time(rhythm: str, after: str, due: str) -> None:
    """A quarter to eight in Cairo is a quarter to six in winter; 9 January 2026 is a Friday."""
    found = next_due(rhythm, local_time=time(7, 45), weekday=2, zone=CAIRO, after=at(after))
    assert found == at(due)


def test_an_hour_of_a_zone_between_hours_is_still_an_hour() -> None:
    found = next_due(Rhythm.HOURLY, local_time=time(0), weekday=0, zone=KABUL, after=at("2026-01-09T05:10"))
    assert found == at("2026-01-09T06:00")


def test_a_time_that_clocks_leave_out_falls_due_after_the_gap() -> None:
    """Cairo goes from midnight to one on 24 April 2026."""
    found = next_due(Rhythm.DAILY, local_time=time(0, 30), weekday=0, zone=CAIRO, after=at("2026-04-23T12:00"))
    assert found == at("2026-04-23T22:00")
    assert found.astimezone(CAIRO).time() == time(1)


def test_a_time_that_clocks_show_twice_falls_due_once_at_the_first() -> None:
    """Cairo goes from midnight back to eleven at the end of 29 October 2026."""
    first = next_due(Rhythm.DAILY, local_time=time(23, 30), weekday=0, zone=CAIRO, after=at("2026-10-29T12:00"))
    assert first == at("2026-10-29T20:30")
    second = next_due(Rhythm.DAILY, local_time=time(23, 30), weekday=0, zone=CAIRO, after=first)
    assert second.astimezone(CAIRO).date() == date(2026, 10, 30)


def test_a_day_that_the_calendar_left_out_has_no_digest() -> None:
    """Samoa went from 29 to 31 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    found = next_due(Rhythm.DAILY, local_time=time(8), weekday=0, zone=apia, after=at("2011-12-29T18:00"))
    assert found.astimezone(apia).replace(tzinfo=None) == datetime(2011, 12, 31, 8)  # noqa: DTZ001  wall time
    weekly = next_due(Rhythm.WEEKLY, local_time=time(8), weekday=4, zone=apia, after=at("2011-12-29T18:00"))
    assert weekly.astimezone(apia).replace(tzinfo=None) == datetime(2011, 12, 31)  # noqa: DTZ001  wall time


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2026-01-09T19:59", None),
        ("2026-01-09T20:00", "2026-01-10T05:00"),
        ("2026-01-10T04:59", "2026-01-10T05:00"),
        ("2026-01-10T05:00", None),
    ],
)
def test_quiet_hours_reach_over_midnight(moment: str, end: str | None) -> None:
    found = end_of_quiet(at(moment), quiet_from=time(22), quiet_until=time(7), zone=CAIRO)
    assert found == (at(end) if end else None)


def test_equal_hours_and_no_hours_are_never_quiet() -> None:
    noon = at("2026-01-09T12:00")
    assert end_of_quiet(noon, quiet_from=time(14), quiet_until=time(14), zone=CAIRO) is None
    assert end_of_quiet(noon, quiet_from=None, quiet_until=None, zone=CAIRO) is None


def test_quiet_ends_when_clocks_show_its_end_first() -> None:
    """In the second showing of half past eleven, an end at a quarter past has been."""
    again = at("2026-10-29T21:10")
    assert end_of_quiet(again, quiet_from=time(20), quiet_until=time(23, 15), zone=CAIRO) is None


def test_quiet_hours_that_have_begun_go_on_when_clocks_show_the_time_before_them_again() -> None:
    """Half past eleven has been; ten past eleven, shown for the second time, lies within."""
    again = at("2026-10-29T21:10")
    found = end_of_quiet(again, quiet_from=time(23, 30), quiet_until=time(7), zone=CAIRO)
    assert found == at("2026-10-30T05:00")


def test_quiet_hours_that_touch_over_a_day_left_out_are_one() -> None:
    """Apia had no 30 December 2011: the night before it ends where the one after it begins."""
    found = end_of_quiet(
        at("2011-12-30T09:00"), quiet_from=time(22), quiet_until=time(7), zone=ZoneInfo("Pacific/Apia")
    )
    assert found == at("2011-12-30T17:00")


@pytest.mark.parametrize("zone", ["Africa/Cairo", "Europe/London", "Australia/Lord_Howe", "America/St_Johns"])
@pytest.mark.parametrize(("begin", "end"), [(22, 7), (1.5, 3), (23.5, 0.5)])
def test_quiet_hours_have_no_hole_all_year(zone: str, begin: float, end: float) -> None:
    """Looked at every half hour: once begun they last until the end that was named, and each day has them once."""
    quiet_from, quiet_until = (time(int(hour), int(hour % 1 * 60)) for hour in (begin, end))
    moment, told, nights = at("2026-01-01T00:00"), None, set()
    while moment < at("2027-01-01T00:00"):
        found = end_of_quiet(moment, quiet_from=quiet_from, quiet_until=quiet_until, zone=ZoneInfo(zone))
        if told is not None and moment < told:
            assert found == told
        told = found
        nights |= {found} if found else set()
        moment += timedelta(minutes=30)
    assert 364 <= len(nights) <= 366


def test_quiet_hours_are_broken_from_an_urgency_on_or_by_nothing() -> None:
    assert breaks_quiet(Urgency.URGENT, Urgency.URGENT)
    assert not breaks_quiet(Urgency.NOTABLE, Urgency.URGENT)
    assert not breaks_quiet(Urgency.URGENT, "")
