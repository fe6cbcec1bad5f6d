"""Due moments that hang on other moments."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.anchors import (
    DeadlineRefused,
    Event,
    Happening,
    Moment,
    Term,
    check_terms,
    day,
    resolve,
    shift,
)
from negotiations.rules.deadlines import schedule_of
from negotiations.rules.facts import Condition, Link, Phase

from .moments import DAY, HOUR, condition, on

IN_FORCE = on(2025, 1, 19, 9)
FIRST = Phase(id="P1", number=1, status="active", started_at=IN_FORCE)
SECOND = Phase(
    id="P2",
    number=2,
    status="not_started",
    planned_start_anchor="phase_start",
    planned_start_phase="P1",
    planned_start_offset=42 * DAY,
)


def due(*conditions: Condition, links: tuple[Link, ...] = (), at: datetime = IN_FORCE) -> dict[str, Moment]:
    schedule = schedule_of(conditions, [FIRST, SECOND], links, at=at, entry_into_force_at=IN_FORCE)
    return {str(point.key): moment for point, moment in schedule.items() if point.event is Event.MET}


def after(ref: str, other: str, offset: timedelta) -> Condition:
    return condition(ref, due_anchor="condition_met", due_condition=other, due_offset=offset)


def test_talks_on_phase_two_start_on_day_16() -> None:
    talks = condition("C1", due_anchor="entry_into_force", due_offset=day(16))
    assert due(talks)["C1"].at == on(2025, 2, 3, 9)


def test_day_0_does_not_exist() -> None:
    with pytest.raises(DeadlineRefused, match="counted from 1"):
        day(0)


def test_an_offset_counts_from_the_start_of_a_phase_that_has_started() -> None:
    assert due(condition("C1", due_anchor="phase_start", due_phase="P1", due_offset=50 * DAY))["C1"].at == (
        IN_FORCE + 50 * DAY
    )


def test_what_hangs_on_a_phase_that_has_not_started_is_projected_never_due() -> None:
    moment = due(condition("C1", due_anchor="phase_start", due_phase="P2", due_offset=DAY))["C1"]
    assert (moment.at, moment.projected) == (None, IN_FORCE + 43 * DAY)
    assert moment.waits_for == Happening(Event.START, "P2")


def test_seventy_two_hours_after_the_withdrawal_follow_the_withdrawal() -> None:
    release, withdrawn = after("C2", "C1", 72 * HOUR), on(2025, 2, 1, 12)
    assert due(condition("C1"), release)["C2"].at is None
    met = condition("C1", "met", status_since=withdrawn)
    assert due(met, release, at=withdrawn)["C2"].at == on(2025, 2, 4, 12)


def test_it_moves_when_its_anchor_moves() -> None:
    release = after("C2", "C1", 72 * HOUR)
    corrected = condition("C1", "met", status_since=on(2025, 2, 2, 12))
    assert due(corrected, release, at=on(2025, 3, 1))["C2"].at == on(2025, 2, 5, 12)


def test_a_moment_that_has_not_come_is_a_plan() -> None:
    release = after("C2", "C1", 72 * HOUR)
    later = condition("C1", "met", status_since=on(2025, 2, 2, 12))
    assert due(later, release, at=on(2025, 2, 1))["C2"].at is None


def test_an_extension_stands_beside_the_moment_it_extends() -> None:
    moved = condition("C1", due_anchor="date", due_at=on(2025, 3, 1), extended_to=on(2025, 3, 15))
    moment = due(moved)["C1"]
    assert (moment.by_text, moment.extended_to, moment.at) == (on(2025, 3, 1), on(2025, 3, 15), on(2025, 3, 15))


def test_a_trigger_gives_a_due_moment_to_a_condition_that_has_none() -> None:
    link = Link("L1", "C1", "C2", "triggers_within", offset=DAY)
    met = condition("C1", "met", status_since=IN_FORCE)
    assert due(met, condition("C2"), links=(link,))["C2"].at == IN_FORCE + DAY


def test_a_projection_runs_through_a_whole_chain() -> None:
    first = condition("C1", due_anchor="date", due_at=on(2025, 2, 1))
    assert due(first, after("C2", "C1", DAY), after("C3", "C2", DAY))["C3"].projected == on(2025, 2, 3)


def test_what_hangs_on_a_hidden_condition_has_no_moment_and_does_not_name_it() -> None:
    assert due(after("C2", "unseen", DAY)) == {}
    extended = replace(after("C2", "unseen", DAY), extended_to=on(2025, 3, 1))
    assert due(extended)["C2"] == Moment(extended_to=on(2025, 3, 1), projected=on(2025, 3, 1))


def test_a_trigger_and_an_extension_stand_side_by_side() -> None:
    link = Link("L1", "C1", "C2", "triggers_within", offset=DAY)
    met = condition("C1", "met", status_since=IN_FORCE)
    moment = due(met, condition("C2", extended_to=IN_FORCE + 9 * DAY), links=(link,))["C2"]
    assert (moment.by_text, moment.at) == (IN_FORCE + DAY, IN_FORCE + 9 * DAY)


def test_of_several_triggers_the_shortest_counts_and_a_withdrawn_one_does_not() -> None:
    links = (
        Link("L1", "C1", "C2", "triggers_within", offset=3 * DAY),
        Link("L2", "C1", "C2", "triggers_within", offset=2 * DAY),
        Link("L3", "C1", "C2", "triggers_within", offset=DAY, withdrawn_at=IN_FORCE),
    )
    met = condition("C1", "met", status_since=IN_FORCE)
    assert due(met, condition("C2"), links=links)["C2"].at == IN_FORCE + 2 * DAY


def test_a_future_entry_into_force_is_projected() -> None:
    item = condition("C1", due_anchor="entry_into_force", due_offset=DAY)
    moment = due(item, at=IN_FORCE - DAY)["C1"]
    assert (moment.at, moment.projected) == (None, IN_FORCE + DAY)


def test_an_extended_phase_keeps_its_planned_end() -> None:
    first = replace(
        FIRST,
        planned_end_anchor="phase_start",
        planned_end_phase="P1",
        planned_end_offset=42 * DAY,
        extended_to=on(2025, 3, 29),
    )
    moment = schedule_of([], [first], at=IN_FORCE)[Happening(Event.END, "P1")]
    assert (moment.by_text, moment.at) == (on(2025, 3, 2, 9), on(2025, 3, 29))


def test_a_circle_is_read_without_end_or_guess() -> None:
    moments = due(after("C1", "C2", DAY), after("C2", "C1", DAY), after("C3", "C1", DAY))
    assert [moments[ref].is_circular for ref in ("C1", "C2", "C3")] == [True, True, False]
    assert all(moment.projected is None for moment in moments.values())


def test_a_circle_is_refused_and_named_when_it_is_made() -> None:
    terms = {
        Happening(Event.MET, "C1"): Term(after=Happening(Event.MET, "C2"), offset=DAY),
        Happening(Event.MET, "C2"): Term(after=Happening(Event.MET, "C1"), offset=DAY),
        Happening(Event.MET, "C3"): Term(after=Happening(Event.MET, "C1"), offset=DAY),
    }
    with pytest.raises(DeadlineRefused, match="C1 → C2 → C1") as refusal:
        check_terms(terms, lambda point: str(point.key))
    assert refusal.value.code == "circular_anchor"


def test_whole_days_keep_the_time_of_day_across_a_change_of_clocks() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    midnight = datetime(2025, 4, 1, tzinfo=cairo)
    moved = shift(midnight.astimezone(UTC), 42 * DAY, cairo)
    assert moved is not None
    assert moved.astimezone(cairo).isoformat() == "2025-05-13T00:00:00+03:00"


def test_hours_are_elapsed_time() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    before = datetime(2025, 4, 24, 12, tzinfo=cairo).astimezone(UTC)
    assert shift(before, 36 * HOUR, cairo) == before + 36 * HOUR


def test_an_offset_beyond_every_calendar_has_no_moment() -> None:
    assert shift(on(2025, 1, 1), timedelta(days=4_000_000)) is None


@given(st.lists(st.integers(0, 12), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_any_set_of_terms_is_resolved_the_same_in_any_order(anchors: list[int], random: object) -> None:
    points = [Happening(Event.MET, number) for number in range(13)]
    terms = {points[at]: Term(after=points[other], offset=DAY) for at, other in enumerate(anchors)}
    past = {points[12]: IN_FORCE}
    shuffled = list(terms.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(dict(shuffled), past) == resolve(terms, past)


@given(st.lists(st.integers(0, 8), min_size=1, max_size=8))
def test_exactly_the_terms_on_a_circle_are_circular(anchors: list[int]) -> None:
    points = [Happening(Event.MET, number) for number in range(9)]
    terms = {points[at]: Term(after=points[other]) for at, other in enumerate(anchors)}
    for point, moment in resolve(terms, {}).items():
        step, returns = terms[point].after, False
        for _ in terms:
            returns = returns or step == point
            step = terms[step].after if step in terms else None
        assert moment.is_circular is returns


def test_a_long_chain_needs_no_deep_stack() -> None:
    points = [Happening(Event.MET, number) for number in range(20_000)]
    terms = {point: Term(after=other, offset=HOUR) for point, other in zip(points[1:], points, strict=False)}
    assert resolve(terms, {points[0]: on(2025, 1, 1)})[points[1]].at == on(2025, 1, 1, 1)
