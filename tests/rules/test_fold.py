"""From entries to states, against the plainest telling of what a record means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.fold import Told, segments, standing, state, timeline

DAY = [datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(8)]
MOMENTS = st.sampled_from(DAY)


def told(seq: int, effective: int, recorded: int, supersedes: int | None = None, **values: Any) -> Told:
    return Told(seq, DAY[effective], DAY[recorded], {name: [None, value] for name, value in values.items()}, supersedes)


@st.composite
def records(draw: st.DrawFn) -> list[Told]:
    """Any record of one subject: late, backfilled and correcting entries in any order."""
    entries = [told(1, draw(st.integers(1, 3)), draw(st.integers(1, 3)), a=0, b=0)]
    for seq in range(2, draw(st.integers(2, 8))):
        replaced = {entry.supersedes for entry in entries}
        open_ones = [entry.seq for entry in entries if entry.seq not in replaced]
        supersedes = draw(st.one_of(st.none(), st.sampled_from(open_ones)))
        values = {"a": draw(st.integers(0, 2)), "b": draw(st.integers(0, 2))}
        if supersedes is None and draw(st.booleans()):
            del values["b"]
        entries.append(told(seq, draw(st.integers(0, 6)), draw(st.integers(0, 6)), supersedes, **values))
    return entries


@given(records(), MOMENTS, MOMENTS)
def test_segments_answer_any_question_as_the_fold_does(
    entries: list[Told], as_of: datetime, known_at: datetime
) -> None:
    holding = [
        part.values
        for part in segments(entries)
        if part.start <= as_of < (part.end or datetime.max.replace(tzinfo=UTC))
        and part.known_from <= known_at < (part.known_until or datetime.max.replace(tzinfo=UTC))
    ]
    expected = state(entries, as_of=as_of, known_at=known_at)
    assert holding == ([] if expected is None else [expected])


@given(records())
def test_no_state_ever_lacks_what_the_beginning_told(entries: list[Told]) -> None:
    assert all(part.values.keys() == {"a", "b"} for part in segments(entries))


@given(records())
def test_the_end_of_the_timeline_is_the_state_now(entries: list[Told]) -> None:
    line = timeline(entries)
    assert (line[-1][1] if line else None) == state(entries)


def test_nothing_told_is_nothing() -> None:
    assert (state([]), segments([]), timeline([])) == (None, [], [])


def test_before_its_beginning_a_subject_is_not_there() -> None:
    record = [told(1, 3, 3, a=1)]
    assert state(record, as_of=DAY[2]) is None
    assert state(record, as_of=DAY[3]) == {"a": 1}


def test_what_is_dated_before_the_beginning_says_nothing() -> None:
    assert state([told(1, 3, 3, a=1, b=1), told(2, 1, 4, a=9)], as_of=DAY[2]) is None
    assert state([told(1, 3, 3, a=1, b=1), told(2, 1, 4, a=9)]) == {"a": 1, "b": 1}


def test_ties_go_by_order_of_insertion() -> None:
    assert state([told(1, 1, 1, a=1), told(2, 3, 3, a=2), told(3, 3, 3, a=3)]) == {"a": 3}


def test_a_correction_stands_where_the_corrected_entry_stood() -> None:
    record = [told(1, 1, 1, a=1), told(2, 3, 3, a=2), told(3, 3, 3, a=3), told(4, 3, 4, 2, a=9)]
    assert [entry.seq for entry in standing(record)] == [1, 4, 3]
    assert state(record) == {"a": 3}


def test_a_correction_known_before_what_it_corrects_stands_in_the_place_of_all_before_it() -> None:
    entries = [told(1, 1, 4, a=1), told(2, 1, 5, 1, a=2), told(3, 1, 3, 2, a=3)]
    assert state(entries, as_of=DAY[2], known_at=DAY[3]) == {"a": 3}
    assert state(entries, as_of=DAY[2], known_at=DAY[4]) == {"a": 3}


def test_what_was_known_then_is_what_was_said_then() -> None:
    record = [told(1, 1, 1, a=1), told(2, 1, 5, 1, a=2)]
    assert (state(record, known_at=DAY[4]), state(record, known_at=DAY[5])) == ({"a": 1}, {"a": 2})
