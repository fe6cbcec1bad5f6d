"""Two clocks: a late entry enters the past and leaves the present as later entries have it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from negotiations.history.states import states_at
from negotiations.history.verify import faults
from negotiations.models import Condition, Entry
from negotiations.rules.errors import RuleError, TransitionRefused
from negotiations.services.condition import change_condition_status, check_condition, edit_condition
from negotiations.services.correction import undo
from negotiations.services.finding import Finding
from negotiations.services.phase import declare_phase
from tests.factories import START, Talks

from .facts import last_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def at(talks: Talks, day: int) -> Any:
    return states_at(talks.negotiation.pk, as_of=START + day * DAY)[talks.withdrawal.public_id]


def status_on(talks: Talks, day: int) -> Any:
    return at(talks, day)["status"]


def test_a_late_entry_enters_the_past_and_leaves_the_present(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "partly_met", at=START + 9 * DAY)
    talks.set_status(talks.withdrawal, "in_progress", at=START + 3 * DAY)
    assert [status_on(talks, day) for day in (1, 3, 8, 9)] == [
        "not_assessed",
        "in_progress",
        "in_progress",
        "partly_met",
    ]
    assert Condition.objects.get(pk=talks.withdrawal.pk).status == "partly_met"
    assert [str(fault) for fault in faults()] == []


def test_a_late_entry_tells_what_it_changed_at_its_moment(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "partly_met", at=START + 9 * DAY)
    talks.set_status(talks.withdrawal, "in_progress", at=START + 3 * DAY)
    assert last_of(talks.withdrawal).payload.changes["status"] == ["not_assessed", "in_progress"]


def test_a_late_entry_is_checked_against_the_state_of_its_moment(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "met", at=START + DAY)
    talks.set_status(talks.withdrawal, "breached", at=START + 9 * DAY)
    with pytest.raises(TransitionRefused):
        talks.set_status(talks.withdrawal, "in_progress", at=START + 3 * DAY)


def test_a_late_entry_never_lends_its_words_to_a_later_status(talks: Talks) -> None:
    """Both findings are the monitors'; the late one of nobody between them must not become the later one's."""
    talks.set_status(talks.withdrawal, "breached", at=START + DAY)
    talks.set_status(talks.withdrawal, "met", at=START + 9 * DAY)
    talks.set_status(talks.withdrawal, "in_progress", at=START + 3 * DAY)
    saved = Condition.objects.get(pk=talks.withdrawal.pk)
    assert (saved.status, saved.verified_by, saved.verified_by_actor) == ("met", "third_party", talks.monitors)


def test_a_late_declaration_never_becomes_anothers(talks: Talks) -> None:
    for day, status, actor in ((1, "transition_pending", talks.north), (9, "active", talks.north)):
        act = talks.act(at=START + day * DAY)
        declare_phase(talks.second, act=act, version=None, status=status, declared_by=actor)
    declare_phase(
        talks.second, act=talks.act(at=START + 3 * DAY), version=None, status="suspended", declared_by=talks.south
    )
    talks.second.refresh_from_db()
    assert (talks.second.declared_status, talks.second.declared_by) == ("active", talks.north)


def test_after_an_undo_a_late_entry_is_late_still(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "in_progress", at=START + 9 * DAY)
    undo(last_of(talks.withdrawal), act=talks.act())
    talks.set_status(talks.withdrawal, "in_progress", at=START + 3 * DAY)
    assert [str(fault) for fault in faults()] == []


def test_the_same_status_with_another_measure_is_a_change(talks: Talks) -> None:
    talks.set_status(talks.release, "partly_met", at=START + DAY, value=7)
    talks.set_status(talks.release, "partly_met", at=START + 2 * DAY, value=13)
    saved = Condition.objects.get(pk=talks.release.pk)
    assert (saved.value, saved.status_since) == (13, START + DAY)


def test_the_same_status_with_the_same_measure_is_none(talks: Talks) -> None:
    talks.set_status(talks.release, "partly_met", at=START + DAY, value=7)
    with pytest.raises(TransitionRefused):
        talks.set_status(talks.release, "partly_met", at=START + 2 * DAY, value=7)


def test_a_late_measure_is_compared_with_that_of_its_moment(talks: Talks) -> None:
    talks.set_status(talks.release, "partly_met", at=START + DAY, value=7)
    talks.set_status(talks.release, "partly_met", at=START + 9 * DAY, value=13)
    talks.set_status(talks.release, "partly_met", at=START + 3 * DAY, value=13)
    values = states_at(talks.negotiation.pk, as_of=START + 4 * DAY)[talks.release.public_id]
    assert values["value"] == "13"


def test_it_refuses_a_moment_in_the_future(talks: Talks) -> None:
    with pytest.raises(RuleError) as refusal:
        talks.set_status(talks.withdrawal, "in_progress", at=timezone.now() + DAY)
    assert refusal.value.code == "future_moment"


def test_it_refuses_to_have_known_something_in_the_future(talks: Talks) -> None:
    act = talks.act(at=START, recorded_at=timezone.now() + DAY)
    with pytest.raises(RuleError) as refusal:
        change_condition_status(talks.withdrawal, act=act, version=None, status="in_progress")
    assert refusal.value.code == "future_moment"


def test_it_refuses_a_change_before_the_item_begins(talks: Talks) -> None:
    """It would be overwritten by the beginning itself and could never be seen."""
    with pytest.raises(RuleError) as refusal:
        talks.set_status(talks.withdrawal, "in_progress", at=START - DAY)
    assert refusal.value.code == "before_beginning"


def test_a_backfilled_entry_carries_the_moment_at_which_it_became_known(talks: Talks) -> None:
    known = START + 5 * DAY
    change_condition_status(
        talks.withdrawal, act=talks.act(at=START + DAY, recorded_at=known), version=None, status="in_progress"
    )
    entry = last_of(talks.withdrawal)
    assert (entry.backfilled, entry.recorded_at, entry.effective_at) == (True, known, START + DAY)
    assert entry.inserted_at > known


def test_it_is_still_true_moves_no_status(talks: Talks) -> None:
    check_condition(talks.withdrawal, act=talks.act(at=START + DAY), version=None, where="The monitors' bulletin")
    saved = Condition.objects.get(pk=talks.withdrawal.pk)
    assert (saved.status, saved.checked_at, saved.checked_where) == (
        "not_assessed",
        START + DAY,
        "The monitors' bulletin",
    )


@pytest.mark.parametrize(
    "fields",
    [{"status": "met"}, {"marking": "AMBER"}, {"ref": "C99"}, {"release_at": START}],
    ids=lambda fields: next(iter(fields)),
)
def test_an_edit_cannot_set_what_has_a_verb_of_its_own(talks: Talks, fields: dict[str, Any]) -> None:
    with pytest.raises(RuleError) as refusal:
        edit_condition(talks.withdrawal, act=talks.act(), version=None, **fields)
    assert refusal.value.code == "own_verb"


def test_an_edit_tells_only_what_differs(talks: Talks) -> None:
    edit_condition(talks.withdrawal, act=talks.act(), version=None, title=talks.withdrawal.title, unit="posts")
    assert last_of(talks.withdrawal).payload.changes == {"unit": ["", "posts"]}


def test_an_entry_with_the_wrong_word_writes_nothing(talks: Talks) -> None:
    count = Entry.objects.count()
    with pytest.raises((ValueError, ValidationError), match="done"):
        change_condition_status(talks.withdrawal, act=talks.act(), version=None, status="done", finding=Finding())
    assert Entry.objects.count() == count
