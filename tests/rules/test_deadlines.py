"""Overdue, met late, coming up, and the earliest start of a phase."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from negotiations.rules.anchors import DeadlineRefused, Event, Happening, Moment, terms_of, what_happened
from negotiations.rules.codes import ConditionStatus
from negotiations.rules.deadlines import Deadline, EarliestStart, check_due, coming, deadline, deadlines, earliest_start
from negotiations.rules.deadlines import schedule_of as schedule_of_all
from negotiations.rules.facts import Condition, Phase

from .moments import DAY, condition, on

# Gaza: the remains of 28 people were due on 13 October 2025; the last was recovered on 26 January 2026.
DUE = on(2025, 10, 13, 9)
LAST = on(2026, 1, 26, 12)


def remains(status: str, **more: Any) -> Condition:
    return condition("C4", status, due_anchor="date", due_at=DUE, **more)


def standing(item: Condition, at: datetime) -> Deadline:
    return deadline(item, schedule_of_all([item], [], at=at), at=at)


def test_it_is_overdue_once_the_moment_has_passed() -> None:
    on_8_december = standing(remains("partly_met"), on(2025, 12, 8, 9))
    assert on_8_december.is_overdue
    assert on_8_december.overdue_by == timedelta(days=56)


def test_it_is_not_overdue_at_the_moment_itself_and_says_when_that_changes() -> None:
    now = standing(remains("partly_met"), DUE)
    assert (now.is_overdue, now.flips_at) == (False, DUE)


@pytest.mark.parametrize("status", list(ConditionStatus))
def test_only_met_waived_and_superseded_end_a_deadline(status: str) -> None:
    ends = status in {"met", "waived", "superseded"}
    assert standing(remains(status), LAST).is_overdue is not ends


def test_it_was_met_late_by_105_days() -> None:
    late = standing(remains("met", status_since=LAST), on(2026, 2, 1))
    assert not late.is_overdue
    assert late.late_by == timedelta(days=105, hours=3)


def test_it_was_met_on_time() -> None:
    assert not standing(remains("met", status_since=DUE), LAST).is_met_late


def test_met_once_and_reversed_is_overdue_again_and_keeps_its_lateness() -> None:
    reversed_ = standing(remains("breached", met_at=DUE + DAY), LAST)
    assert (reversed_.is_overdue, reversed_.late_by) == (True, DAY)


def test_an_extension_moves_the_deadline_and_keeps_the_first_one() -> None:
    extended = standing(remains("partly_met", extended_to=DUE + 10 * DAY), DUE + 12 * DAY)
    assert (extended.overdue_by, extended.overdue_by_text) == (2 * DAY, 12 * DAY)


def test_a_long_stop_is_a_second_line() -> None:
    item = remains("partly_met", long_stop_at=DUE + 30 * DAY)
    before, behind = standing(item, DUE + DAY), standing(item, DUE + 31 * DAY)
    assert (before.is_past_long_stop, before.flips_at) == (False, DUE + 30 * DAY)
    assert (behind.is_past_long_stop, behind.flips_at) == (True, None)


def test_the_next_fourteen_days_come_soonest_first() -> None:
    def at_day(ref: str, number: int, status: str = "not_started") -> Condition:
        return condition(ref, status, due_anchor="date", due_at=on(2025, 10, number))

    items = [at_day("C10", 9), at_day("C2", 9), at_day("C3", 4), at_day("C4", 30), at_day("C5", 5, "met")]
    now = on(2025, 10, 3)
    assert [one.condition for one in coming(items, schedule_of_all(items, [], at=now), at=now)] == ["C3", "C2", "C10"]


def test_what_has_no_due_moment_has_no_deadline() -> None:
    items = [condition("C1"), remains("partly_met")]
    assert list(deadlines(items, schedule_of_all(items, [], at=DUE), at=DUE)) == ["C4"]


def starting(phase: Phase, *others: Phase, items: tuple[Condition, ...] = (), at: datetime) -> EarliestStart | None:
    phases = (phase, *others)
    past = what_happened(items, phases, entry_into_force_at=None, at=at)
    return earliest_start(phase, terms_of(items, phases), past, at=at)


def planned(number: int, days: int, status: str = "not_started", **more: Any) -> Phase:
    key = f"P{number}"
    anchor: dict[str, Any] = {"planned_start_phase": f"P{number - 1}", "planned_start_offset": days * DAY}
    return Phase(key, number, status, planned_start_anchor="phase_start", **anchor, **more)


def test_phase_two_can_start_42_days_after_phase_one() -> None:
    first = Phase("P1", 1, "active", started_at=on(2025, 1, 19))
    assert starting(planned(2, 42), first, at=on(2025, 2, 1)) == EarliestStart(on(2025, 3, 2))


def test_it_cannot_start_in_the_past() -> None:
    first = Phase("P1", 1, "expired", started_at=on(2025, 1, 19))
    assert starting(planned(2, 42), first, at=on(2025, 3, 10)) == EarliestStart(on(2025, 3, 10))


def test_a_later_phase_waits_for_the_earlier_ones_offset() -> None:
    first = Phase("P1", 1, "active", started_at=on(2025, 1, 19))
    third = starting(planned(3, 42), planned(2, 42), first, at=on(2025, 3, 10))
    assert third == EarliestStart(on(2025, 4, 21))


def test_an_open_anchor_is_named() -> None:
    first = Phase("P1", 1, "not_started")
    earliest = starting(planned(2, 42), first, at=on(2025, 1, 1))
    assert earliest == EarliestStart(on(2025, 2, 12), Happening(Event.START, "P1"))


def test_no_offset_no_earliest_start() -> None:
    now = on(2025, 3, 1)
    assert starting(Phase("P1", 1, "not_started"), at=now) is None
    assert starting(planned(2, 42, started_at=now), at=now) is None
    circle = Phase("P1", 1, "not_started", "", planned_start_anchor="phase_start", planned_start_phase="P1")
    assert starting(circle, at=now) is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"due_anchor": "date"}, "due_at"),
        ({"due_anchor": "phase_start", "due_offset": DAY}, "due_phase"),
        ({"due_anchor": "condition_met", "due_offset": DAY}, "due_condition"),
        ({"due_anchor": "condition_met", "due_condition": "C1", "due_offset": DAY}, "due_condition"),
        ({"due_anchor": "entry_into_force"}, "due_offset"),
        ({"due_anchor": "date", "due_at": DUE, "extended_to": DUE - DAY}, "extended_to"),
        ({"due_anchor": "date", "due_at": DUE, "long_stop_at": DUE - DAY}, "long_stop_at"),
        ({"extended_to": DUE, "long_stop_at": DUE - DAY}, "long_stop_at"),
    ],
)
def test_an_impossible_due_moment_is_refused_at_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(DeadlineRefused) as refusal:
        check_due(condition("C1", **more))
    assert set(refusal.value.fields) == {field}


def test_an_extension_is_compared_with_the_resolved_moment() -> None:
    item = condition("C1", due_anchor="entry_into_force", due_offset=DAY, extended_to=DUE)
    check_due(item, Moment(by_text=DUE - DAY))
    with pytest.raises(DeadlineRefused, match="ends later"):
        check_due(item, Moment(by_text=DUE + DAY))
