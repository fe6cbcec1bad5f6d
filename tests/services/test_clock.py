"""What time alone changes is told once, to exactly those who see the condition."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from negotiations.models import Entry
from negotiations.rules.codes import ConditionStatus, Marking
from negotiations.rules.marking import ANYBODY
from negotiations.services.clock import tell, tell_flips
from negotiations.services.condition import check_condition, edit_condition
from negotiations.services.flips import OVERDUE, STALE, flips
from negotiations.services.link import add_link
from negotiations.services.negotiation import edit_negotiation
from tests.factories import START, Talks, talks

# Thirty days by the calendar: the clocks go back in between.
DUE = START + timedelta(days=30, hours=1)


@pytest.fixture
def shore(db: None) -> Talks:
    return talks()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def told(verb: str = OVERDUE) -> list[datetime]:
    return list(Entry.objects.filter(verb=verb).order_by("seq").values_list("effective_at", flat=True))


def test_it_tells_an_overdue_condition_at_its_due_moment(shore: Talks, now: datetime) -> None:
    assert tell_flips(now) == 1
    assert told() == [DUE]


def test_it_tells_each_moment_once(shore: Talks, now: datetime) -> None:
    tell_flips(now)
    assert tell_flips(now + timedelta(hours=1)) == 0
    assert told() == [DUE]


def test_it_changes_no_row(shore: Talks, now: datetime) -> None:
    before = shore.withdrawal.version
    tell_flips(now)
    shore.withdrawal.refresh_from_db()
    entry = Entry.objects.get(verb=OVERDUE)
    assert (shore.withdrawal.version, entry.subject_version, entry.actor) == (before, None, None)


def test_it_tells_again_when_the_due_moment_has_moved_and_passed(shore: Talks, now: datetime) -> None:
    tell_flips(now)
    later = DUE + timedelta(days=5)
    edit_condition(shore.withdrawal, act=shore.act(), version=None, extended_to=later)
    tell_flips(now)
    assert told() == [DUE, later]


def test_it_tells_nothing_of_what_is_settled(shore: Talks, now: datetime) -> None:
    shore.set_status(shore.withdrawal, ConditionStatus.MET)
    assert tell_flips(now) == 0


def test_it_tells_when_a_check_is_too_old(shore: Talks, now: datetime) -> None:
    checked = DUE + timedelta(days=1)
    check_condition(shore.withdrawal, act=shore.act(at=checked), version=None, where="River Post")
    tell_flips(now)
    assert told(STALE) == [checked + timedelta(days=7)]


def test_it_tells_nothing_once_coverage_has_ended(shore: Talks, now: datetime) -> None:
    edit_negotiation(shore.negotiation, act=shore.act(), version=None, coverage_end=now)
    assert tell_flips(now) == 0


def test_it_marks_the_entry_like_the_condition(shore: Talks, now: datetime) -> None:
    shore.add_condition("Known to few", marking=Marking.AMBER, due_anchor="date", due_at=DUE)
    assert tell_flips(now) == 2
    assert Entry.objects.visible_to(ANYBODY).filter(verb=OVERDUE).count() == 1


def test_it_tells_nothing_that_hangs_on_a_hidden_link(shore: Talks, now: datetime) -> None:
    shore.set_status(shore.withdrawal, ConditionStatus.MET, at=START + timedelta(days=1))
    followed = {"type": "triggers_within", "offset": timedelta(days=1), "marking": Marking.AMBER}
    add_link(act=shore.act(at=START), condition=shore.withdrawal, other=shore.release, **followed)
    tell_flips(now)
    assert told() == []


def test_it_counts_from_the_entry_that_brought_a_condition_already_overdue(shore: Talks, now: datetime) -> None:
    added = DUE + timedelta(days=3)
    shore.add_condition("Late in the record", at=added, due_anchor="date", due_at=DUE)
    tell_flips(now)
    assert sorted(told()) == [DUE, added]


def test_a_tick_that_comes_second_tells_nothing_again(shore: Talks, now: datetime) -> None:
    """Both ticks found the same flip before either wrote; the record's lock decides who tells it."""
    (seen_by_the_second,) = list(flips(shore.negotiation, now))
    tell_flips(now)
    assert not tell(seen_by_the_second, now)
    assert told() == [DUE]


def test_a_condition_changed_meanwhile_is_left_to_the_next_tick(shore: Talks, now: datetime) -> None:
    (seen,) = list(flips(shore.negotiation, now))
    shore.set_status(shore.withdrawal, ConditionStatus.MET)
    assert not tell(seen, now)
    assert told() == []
