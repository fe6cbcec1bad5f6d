"""Due moments: whole, in order, and never hanging on themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from negotiations.models import Entry
from negotiations.rules.anchors import DeadlineRefused
from negotiations.services.condition import edit_condition
from negotiations.services.phase import edit_phase
from tests.factories import Talks

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def after(other: object) -> dict[str, object]:
    return {"due_anchor": "condition_met", "due_condition": other, "due_offset": DAY}


def test_a_due_moment_may_hang_on_another_condition(talks: Talks) -> None:
    edited = edit_condition(talks.withdrawal, act=talks.act(), version=None, **after(talks.release))
    assert edited.due_condition == talks.release


def test_it_refuses_a_circle_and_names_it_and_keeps_nothing(talks: Talks) -> None:
    edit_condition(talks.withdrawal, act=talks.act(), version=None, **after(talks.release))
    before = Entry.objects.count()
    with pytest.raises(DeadlineRefused) as refusal:
        edit_condition(talks.release, act=talks.act(), version=None, **after(talks.withdrawal))
    assert refusal.value.code == "circular_anchor"
    assert talks.withdrawal.ref in refusal.value.message
    assert talks.release.ref in refusal.value.message
    assert Entry.objects.count() == before


def test_it_refuses_a_plan_that_hangs_on_itself(talks: Talks) -> None:
    phase = talks.withdrawal.phase
    plan = {"planned_start_anchor": "phase_start", "planned_start_phase": phase, "planned_start_offset": DAY}
    with pytest.raises(DeadlineRefused):
        edit_phase(phase, act=talks.act(), version=None, **plan)


def test_it_says_what_a_due_moment_lacks(talks: Talks) -> None:
    with pytest.raises(DeadlineRefused) as refusal:
        edit_condition(talks.release, act=talks.act(), version=None, due_anchor="phase_start", due_offset=DAY)
    assert "due_phase" in refusal.value.fields


def test_it_refuses_half_a_due_moment_of_a_new_condition(talks: Talks) -> None:
    with pytest.raises(DeadlineRefused):
        talks.add_condition("Clear the road", due_anchor="date")
