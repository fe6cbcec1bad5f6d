"""Corrections and undo: a new entry replaces an old one, which stays readable."""

from __future__ import annotations

from datetime import timedelta

import pytest

from negotiations.history.states import states_at
from negotiations.history.verify import faults
from negotiations.models import Claim, Condition, Entry
from negotiations.rules.errors import EvidenceRefused, NotPermitted, RuleError
from negotiations.rules.marking import ANYBODY
from negotiations.services.claim import edit_claim
from negotiations.services.condition import edit_condition
from negotiations.services.correction import correct, undo
from negotiations.services.marking import widen_marking
from tests.factories import START, Talks

from .facts import claim, last_of, told_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_correction_replaces_what_was_said_and_leaves_it_readable(talks: Talks) -> None:
    (made,) = told_of(talks.claim)
    correct(made, act=talks.act(reason="Misheard."), version=1, text="Two posts remain.")
    assert Claim.objects.get(pk=talks.claim.pk).text == "Two posts remain."
    assert (last_of(talks.claim).verb, last_of(talks.claim).supersedes) == ("entry.corrected", made)
    assert told_of(talks.claim)[0].payload.changes["text"][1] == "Posts remain south of the line."
    assert [str(fault) for fault in faults()] == []


def test_a_correction_can_move_the_moment(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "in_progress", at=START + 5 * DAY)
    correct(last_of(talks.withdrawal), act=talks.act(at=START + 2 * DAY), version=None)
    values = states_at(talks.negotiation.pk, as_of=START + 3 * DAY)[talks.withdrawal.public_id]
    assert values["status"] == "in_progress"


def test_the_beginning_of_an_item_can_be_corrected_to_an_earlier_moment(talks: Talks) -> None:
    correct(told_of(talks.withdrawal)[0], act=talks.act(at=START - 5 * DAY), version=None)
    assert talks.withdrawal.public_id in states_at(talks.negotiation.pk, as_of=START - 3 * DAY)
    assert [str(fault) for fault in faults()] == []


def test_an_entry_is_replaced_once(talks: Talks) -> None:
    (made,) = told_of(talks.claim)
    correct(made, act=talks.act(), version=None, text="Two posts remain.")
    with pytest.raises(RuleError) as refusal:
        correct(made, act=talks.act(), version=None, text="Three posts remain.")
    assert refusal.value.code == "superseded"


def test_a_corrected_status_is_guarded_like_the_first(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "in_progress", at=START + DAY)
    with pytest.raises(EvidenceRefused):
        correct(last_of(talks.withdrawal), act=talks.act(), version=None, status="met")
    with pytest.raises(EvidenceRefused):
        correct(last_of(talks.withdrawal), act=talks.act(reason=""), version=None, status="partly_met")
    with pytest.raises(EvidenceRefused):
        correct(last_of(talks.withdrawal), act=talks.act(), version=None, status="waived")


def test_a_correction_cannot_widen_a_marking(talks: Talks) -> None:
    with pytest.raises(RuleError) as refusal:
        correct(told_of(talks.claim)[0], act=talks.act(), version=None, marking="AMBER")
    assert refusal.value.code == "own_verb"


def test_the_author_takes_back_the_last_change(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "in_progress", at=START + DAY)
    undo(last_of(talks.withdrawal), act=talks.act())
    saved = Condition.objects.get(pk=talks.withdrawal.pk)
    assert (saved.status, saved.version, last_of(saved).verb) == ("not_assessed", 3, "entry.undone")
    assert [str(fault) for fault in faults()] == []


def test_an_undo_can_be_undone(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "in_progress", at=START + DAY)
    undo(last_of(talks.withdrawal), act=talks.act())
    undo(last_of(talks.withdrawal), act=talks.act())
    assert Condition.objects.get(pk=talks.withdrawal.pk).status == "in_progress"
    assert [str(fault) for fault in faults()] == []


def test_the_lead_may_undo_and_others_may_not(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, "in_progress", at=START + DAY)
    for person in (talks.cast.other_mediator, talks.cast.analyst, talks.cast.outsider):
        with pytest.raises(NotPermitted):
            undo(last_of(talks.withdrawal), act=talks.act(person))
    undo(last_of(talks.withdrawal), act=talks.act(talks.cast.lead))
    assert Condition.objects.get(pk=talks.withdrawal.pk).status == "not_assessed"


def test_what_something_followed_is_not_undone(talks: Talks) -> None:
    edit_condition(talks.withdrawal, act=talks.act(), version=None, unit="posts")
    change = last_of(talks.withdrawal)
    edit_condition(talks.withdrawal, act=talks.act(), version=None, unit="villages")
    with pytest.raises(RuleError) as refusal:
        undo(change, act=talks.act())
    assert refusal.value.code == "undo_not_last"


def test_a_beginning_is_not_undone(talks: Talks) -> None:
    with pytest.raises(RuleError) as refusal:
        undo(told_of(talks.claim)[0], act=talks.act(talks.cast.lead))
    assert refusal.value.code == "undo_creation"


def test_a_beginning_that_a_correction_moved_is_not_undone(talks: Talks) -> None:
    correct(told_of(talks.release)[0], act=talks.act(at=START - DAY), version=None, title="Release all")
    with pytest.raises(RuleError) as refused:
        undo(last_of(talks.release), act=talks.act())
    assert refused.value.code == "undo_creation"


def test_an_undo_brings_relations_back(talks: Talks) -> None:
    edit_condition(talks.withdrawal, act=talks.act(), version=None, obligors=[talks.southern])
    undo(last_of(talks.withdrawal), act=talks.act())
    assert list(talks.withdrawal.obligors.all()) == [talks.northern]


def test_a_relation_can_be_corrected(talks: Talks) -> None:
    correct(told_of(talks.withdrawal)[0], act=talks.act(), version=None, obligors=[talks.northern, talks.southern])
    assert talks.withdrawal.obligors.count() == 2
    assert [str(fault) for fault in faults()] == []


def test_the_correction_of_a_hidden_entry_stays_with_those_who_had_it(talks: Talks) -> None:
    item = claim(talks, marking="AMBER", text="The name of a witness.")
    made = last_of(item)
    edit_claim(item, act=talks.act(), version=None, text="A witness.")
    widen_marking(item, act=talks.act(talks.cast.lead), version=None, marking="CLEAR")
    correct(made, act=talks.act(), version=None, kind="partly_fulfilled")
    correction = last_of(item)
    assert correction not in Entry.objects.visible_to(ANYBODY)
    assert correction.marking == "AMBER"
    assert [str(fault) for fault in faults()] == []
