"""Reminders before a due moment, and the moment at which a phase waits for nothing in the text any more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from negotiations.models import Entry
from negotiations.rules.codes import ConditionStatus, Marking
from negotiations.rules.marking import ANYBODY
from negotiations.services.clock import tell_flips
from negotiations.services.condition import edit_condition
from negotiations.services.flips import DUE_SOON, DUE_TOMORROW, GATE_MET, OVERDUE
from negotiations.services.gate import assert_gate, withdraw_gate
from tests.factories import START, Talks, talks

DAY = timedelta(days=1)


@pytest.fixture
def shore(db: None) -> Talks:
    """Without the withdrawal's own due moment, which has passed."""
    made = talks()
    made.set_status(made.withdrawal, ConditionStatus.SUPERSEDED, at=START)
    return made


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def told() -> list[str]:
    verbs = (DUE_SOON, DUE_TOMORROW, OVERDUE, GATE_MET)
    return list(Entry.objects.filter(verb__in=verbs).order_by("seq").values_list("verb", flat=True))


def due_in(shore: Talks, now: datetime, days: float) -> None:
    edit_condition(shore.release, act=shore.act(), version=None, due_anchor="date", due_at=now + days * DAY)


@pytest.mark.parametrize(
    ("days", "verbs"),
    [(8, []), (6.9, [DUE_SOON]), (1.1, [DUE_SOON]), (0.9, [DUE_TOMORROW]), (-0.1, [OVERDUE])],
)
def test_it_reminds_by_how_near_the_due_moment_is(shore: Talks, now: datetime, days: float, verbs: list[str]) -> None:
    due_in(shore, now, days)
    tell_flips(timezone.now())
    assert told() == verbs


def test_it_reminds_once(shore: Talks, now: datetime) -> None:
    due_in(shore, now, 5)
    tell_flips(timezone.now())
    tell_flips(timezone.now())
    assert told() == [DUE_SOON]


def test_it_reminds_again_of_a_moment_that_was_moved(shore: Talks, now: datetime) -> None:
    for days in (5, 6):
        due_in(shore, now, days)
        tell_flips(timezone.now())
    assert told() == [DUE_SOON, DUE_SOON]


def test_it_does_not_remind_of_what_is_settled(shore: Talks, now: datetime) -> None:
    due_in(shore, now, 0.5)
    shore.set_status(shore.release, ConditionStatus.MET)
    tell_flips(timezone.now())
    assert told() == []


def gated(shore: Talks) -> None:
    """The second phase waits for the release; the withdrawal is out."""
    assert_gate(act=shore.act(at=START), phase=shore.second, condition=shore.release)


def test_it_tells_when_all_entry_conditions_are_met(shore: Talks, now: datetime) -> None:
    gated(shore)
    tell_flips(timezone.now())
    assert told() == []
    shore.set_status(shore.release, ConditionStatus.MET)
    tell_flips(timezone.now())
    tell_flips(timezone.now())
    entry = Entry.objects.get(verb=GATE_MET)
    shore.release.refresh_from_db()
    assert (entry.subject_id, entry.subject_version) == (shore.second.public_id, None)
    assert entry.effective_at == shore.release.status_since


def test_it_tells_again_after_one_was_open_in_between(shore: Talks, now: datetime) -> None:
    gated(shore)
    for status in (ConditionStatus.MET, ConditionStatus.BREACHED, ConditionStatus.MET):
        shore.set_status(shore.release, status)
        tell_flips(timezone.now())
    assert told() == [GATE_MET, GATE_MET]


def test_it_tells_when_the_last_open_gate_is_withdrawn(shore: Talks, now: datetime) -> None:
    gated(shore)
    other = assert_gate(act=shore.act(at=START), phase=shore.second, condition=shore.add_condition())
    shore.set_status(shore.release, ConditionStatus.MET)
    tell_flips(timezone.now())
    assert told() == []
    withdraw_gate(other, act=shore.act(), version=None)
    tell_flips(timezone.now())
    assert told() == [GATE_MET]


def test_a_hidden_gate_does_not_show_in_what_everybody_reads(shore: Talks, now: datetime) -> None:
    """Only some know of the second gate: who does not, is told by what they see."""
    gated(shore)
    other = shore.add_condition()
    assert_gate(act=shore.act(at=START), phase=shore.second, condition=other, marking=Marking.AMBER)
    shore.set_status(shore.release, ConditionStatus.MET)
    tell_flips(timezone.now())
    assert Entry.objects.visible_to(ANYBODY).filter(verb=GATE_MET).count() == 1
