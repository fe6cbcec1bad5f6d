"""The whole state at a past moment: as quick in a record of a million entries as in one of ten thousand.

`script/test --full` runs it small; `script/bench` at full size. BENCH_ENTRIES names other lengths.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import count, cycle
from typing import Any

import pytest
from django.db import connection, transaction

from negotiations.history.held_states import END_OF_TIME
from negotiations.history.kept_states import KEPT
from negotiations.history.states import states_at, told_entries
from negotiations.models import Condition
from negotiations.models.snapshot import told_fields
from negotiations.rules import fold
from negotiations.services.condition import change_condition_status
from tests.factories import Talks, talks

from .long_record import ITEMS, KNOWN_AFTER, STEP, Length, lengthen, make_length, subjects_of, within
from .noted import KEPT as KEPT_BY_LIBRARY
from .noted import note_all, noted_at
from .rounds import IS_BENCH, ROOM, ROUNDS, Ratio, Variant, compare, judge, tell
from .test_writing import PLAIN, TABLE

LENGTHS = sorted(int(one) for one in os.environ.get("BENCH_ENTRIES", "10000,100000,1000000").split(","))
if not IS_BENCH:
    LENGTHS = [2000, 10000]
# At most 1.5 times as slow in the longest as in the shortest; current rows at most three times as quick.
FLAT, TO_CURRENT, TO_LIBRARY = 1 / 1.5, 1 / 3, 300
# Most of the first time goes into bringing the values over and decoding them, which is the same for any way.
TO_LIBRARY_AT_FIRST = 20
COLUMNS = [field.attname for field in Condition._meta.concrete_fields if field.name in told_fields(Condition)]

pytestmark = [pytest.mark.full, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shore() -> Talks:
    made = talks()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    return made


@pytest.fixture
def lengths(shore: Talks) -> Iterator[list[Length]]:
    made = [make_length(shore, entries, is_spread=spread) for spread in (False, True) for entries in LENGTHS]
    yield made
    with connection.cursor() as cursor:
        for length in made:
            cursor.execute(f"DROP SCHEMA {length.schema} CASCADE")


def read_past(length: Length, **asked: Any) -> Callable[[], object]:
    """As a process reads it that has not read this record before."""

    def run() -> Mapping[Any, Any]:
        KEPT.clear()
        return states_at(length.negotiation, as_of=length.middle, kinds=["condition"], **asked)

    return run


def step_by_step(length: Length, read: Callable[[datetime], object]) -> Callable[[], object]:
    """As somebody reads it who goes from change to change: another moment each time, one item differs."""
    steps = count()
    return lambda: read(length.middle + STEP * next(steps))


def read_current(length: Length) -> Callable[[], object]:
    """The same items as rows, with the columns that a state holds."""
    rows = Condition.objects.filter(negotiation=length.negotiation).values("public_id", *COLUMNS)
    return lambda: list(rows.all())


def looking(length: Length, run: Callable[[], object], times: int = 1) -> Variant:
    """The same read among this record's tables."""
    return Variant(run, times, lambda: within(length))


def check_answers(length: Length) -> None:
    """The states are those that the fold of the entries leads to, then and as known then, for all and a sample."""
    with within(length):
        subjects = subjects_of(length)
        past, known = read_past(length)(), read_past(length, known_at=length.middle)()
        assert len(past) == len(subjects) == ITEMS  # type: ignore[arg-type]
        for subject in subjects[:: ITEMS // 10]:
            told = told_entries(subject)
            assert past[subject] == fold.state(told, as_of=length.middle)  # type: ignore[index]
            then = fold.state(told, as_of=length.middle, known_at=length.middle)
            assert known.get(subject) == then  # type: ignore[attr-defined]
            end = states_at(length.negotiation, as_of=END_OF_TIME, kinds=["condition"])
            assert end[subject] == fold.state(told)


def check_library(length: Length) -> None:
    """The library says the same of every item."""
    with within(length):
        past = states_at(length.negotiation, as_of=length.middle, kinds=["condition"])
        noted = {row.public_id: (row.status, row.value) for row in noted_at(length.middle)}  # type: ignore[attr-defined]
    assert {key: (one["status"], int(one["value"])) for key, one in past.items()} == noted


def test_the_past_is_read_as_quickly_in_a_record_of_any_length(lengths: list[Length]) -> None:
    for length in lengths:
        check_answers(length)
    longest = next(length for length in lengths if length.entries == LENGTHS[-1])
    note_all(longest)
    check_library(longest)
    times = 10 if IS_BENCH else 1
    found: dict[str, Ratio] = {}
    for of_kind in (lengths[: len(LENGTHS)], lengths[len(LENGTHS) :]):
        shortest, *longer = of_kind
        past = compare(
            looking(shortest, read_past(shortest), times),
            {
                **{f"{one.name} to {shortest.name}": looking(one, read_past(one), times) for one in longer},
                **{
                    f"{one.name}, as known then": looking(one, read_past(one, known_at=one.middle + KNOWN_AFTER), times)
                    for one in longer[-1:]
                },
            },
        )
        found |= past
        for one in of_kind:
            to_rows = compare(looking(one, read_current(one), times), {one.name: looking(one, read_past(one), times)})
            found[f"{one.name} to current rows"] = to_rows[one.name]
    library = looking(longest, step_by_step(longest, noted_at))
    stepping = step_by_step(longest, lambda at: states_at(longest.negotiation, as_of=at, kinds=["condition"]))
    ways = {"step by step": stepping, "read for the first time": read_past(longest)}
    told = compare(library, {way: looking(longest, run, times) for way, run in ways.items()}, rounds=min(ROUNDS, 5))
    found |= {f"{longest.name}, {way}, to {KEPT_BY_LIBRARY.__name__}.as_of": ratio for way, ratio in told.items()}
    tell("whole state at a past moment", {name: ratio.told() for name, ratio in found.items()})
    judge(found, {name: wanted(name) for name in found})


def test_the_next_entry_costs_the_same_in_a_record_of_any_length(shore: Talks) -> None:
    """As a ratio to a plain locked save of the same row in a table that nobody watches."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (LIKE negotiations_condition INCLUDING INDEXES INCLUDING CONSTRAINTS)")
        cursor.execute(f"INSERT INTO {TABLE} SELECT * FROM negotiations_condition")
    saving, telling = cycle(("in_progress", "partly_met")), cycle(("in_progress", "partly_met"))

    def save() -> None:
        with transaction.atomic():
            row = PLAIN._default_manager.select_for_update().get(pk=shore.release.pk)
            row.status, row.version = next(saving), row.version + 1
            row.save()

    def told() -> None:
        saved = Condition.objects.select_related("negotiation").get(pk=shore.release.pk)
        act = shore.act(cites=(), no_source_reason="Seen by ourselves.")
        change_condition_status(saved, act=act, version=saved.version, status=next(telling))

    found, length, times = {}, 0, 30 if IS_BENCH else 1
    try:
        for entries in LENGTHS:
            lengthen(shore, entries - length)
            length = entries
            ratio = compare(Variant(save, times), {"told": Variant(told, times)})["told"]
            found[f"after {entries} entries"] = ratio
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {TABLE}")
    tell("the next entry against a plain locked save", {name: ratio.told() for name, ratio in found.items()})
    shortest, *longer = found.values()
    if IS_BENCH:
        assert all(one.median > shortest.median * ROOM for one in longer)


def wanted(name: str) -> float:
    if name.endswith("as_of"):
        return TO_LIBRARY_AT_FIRST if "first time" in name else TO_LIBRARY
    return TO_CURRENT if name.endswith("current rows") else FLAT
