"""Two people change one thing at once: one wins, the other is shown opened, saved and yours."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from negotiations.history.verify import faults
from negotiations.models import Condition, Entry
from negotiations.services.condition import change_condition_status, edit_condition
from negotiations.services.conflict import VersionConflict
from tests.factories import Talks

from .facts import told_of

db = pytest.mark.django_db


@db
def test_a_stale_version_is_shown_opened_saved_and_yours(talks: Talks) -> None:
    edit_condition(talks.withdrawal, act=talks.act(), version=1, title="Withdraw fully")
    with pytest.raises(VersionConflict) as conflict:
        edit_condition(talks.withdrawal, act=talks.act(), version=1, title="Withdraw by night")
    (field,) = conflict.value.conflicts
    assert (field.opened, field.saved, field.yours) == (
        "Withdraw to the agreed line",
        "Withdraw fully",
        "Withdraw by night",
    )
    assert (conflict.value.opened_version, conflict.value.saved_version) == (1, 2)
    assert conflict.value.entry == told_of(talks.withdrawal)[-1]


@db
def test_a_conflict_over_another_field_shows_both(talks: Talks) -> None:
    edit_condition(talks.withdrawal, act=talks.act(), version=1, unit="posts")
    with pytest.raises(VersionConflict) as conflict:
        edit_condition(talks.withdrawal, act=talks.act(), version=1, title="Withdraw by night")
    assert {(c.field, c.saved, c.yours) for c in conflict.value.conflicts} == {
        ("unit", "posts", ""),
        ("title", "Withdraw to the agreed line", "Withdraw by night"),
    }


@db
def test_a_version_never_reached_is_a_conflict_too(talks: Talks) -> None:
    with pytest.raises(VersionConflict):
        edit_condition(talks.withdrawal, act=talks.act(), version=7, title="Withdraw by night")


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls in threads that start together; each one's result or exception."""
    gate, results = threading.Barrier(len(calls)), list[object]()

    def run(call: Callable[[], object]) -> None:
        gate.wait()
        try:
            results.append(call())
        except VersionConflict as conflict:
            results.append(conflict)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_exactly_one_wins(talks: Talks) -> None:
    def change(status: str) -> Callable[[], object]:
        return lambda: change_condition_status(talks.withdrawal, act=talks.act(), version=1, status=status)

    results = at_once(change("in_progress"), change("partly_met"), change("reported_met"), change("in_progress"))
    assert len([result for result in results if isinstance(result, VersionConflict)]) == 3
    assert Condition.objects.get(pk=talks.withdrawal.pk).version == 2
    assert [str(fault) for fault in faults()] == []


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_when_many_write_at_once(talks: Talks) -> None:
    def edit(item: Condition, title: str) -> Callable[[], object]:
        return lambda: edit_condition(item, act=talks.act(), version=None, title=title)

    at_once(*(edit(item, f"Title {n}") for n in range(3) for item in (talks.withdrawal, talks.release)))
    numbers = list(Entry.objects.filter(negotiation=talks.negotiation).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert [str(fault) for fault in faults()] == []
