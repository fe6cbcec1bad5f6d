"""Markings: a part is never wider than its whole, widening is the lead's, narrowing only ever takes away."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from negotiations.access.viewer import viewer_for
from negotiations.history.verify import faults
from negotiations.models import Claim, Entry, NamedReader, Note, Stream, Tombstone, User
from negotiations.rules.codes import Marking, Role
from negotiations.rules.errors import MarkingRefused, NotPermitted, RuleError
from negotiations.rules.marking import ANYBODY, rank
from negotiations.services.act import Act
from negotiations.services.claim import edit_claim
from negotiations.services.condition import edit_condition
from negotiations.services.dispute import edit_dispute
from negotiations.services.embargo import release_due
from negotiations.services.marking import narrow_marking, set_embargo, widen_marking
from negotiations.services.membership import change_membership
from negotiations.services.note import answer_question
from negotiations.services.proposal import table_version
from tests.factories import START, Talks

from .facts import amber_claim, claim, last_of, note, proposal, red_claim, strict_claim, told_of

pytestmark = pytest.mark.django_db
STRUCTURE = [Marking.CLEAR, Marking.GREEN, Marking.AMBER]


def sees(person: User | None, item: Any) -> bool:
    """Whether the person sees the item, and at least one entry about it."""
    viewer = viewer_for(person) if person else ANYBODY
    entries = Entry.objects.visible_to(viewer).filter(subject_id=item.public_id)
    return type(item).objects.visible_to(viewer).filter(pk=item.pk).exists() and entries.exists()


def widen(talks: Talks, item: Any, marking: str, **facts: Any) -> Any:
    return widen_marking(item, act=talks.act(talks.cast.lead, **facts), version=None, marking=marking)


def narrow(talks: Talks, item: Any, marking: str, **facts: Any) -> Any:
    return narrow_marking(item, act=talks.act(), version=None, marking=marking, **facts)


@pytest.mark.parametrize(("whole", "part"), list(product(STRUCTURE, Marking)))
def test_a_part_is_never_wider_than_its_whole(talks: Talks, whole: Marking, part: Marking) -> None:
    condition = talks.add_condition(marking=whole)
    fields = {"conditions": [condition], "marking": part, "organisation": talks.cast.harbour}
    if rank(part) >= rank(whole):
        assert claim(talks, **fields).marking == part
    else:
        with pytest.raises(MarkingRefused):
            claim(talks, **fields)


@pytest.mark.parametrize("marking", ["AMBER+STRICT", "RED"])
def test_structure_goes_up_to_amber(talks: Talks, marking: str) -> None:
    with pytest.raises(MarkingRefused):
        talks.add_condition(marking=marking, organisation=talks.cast.harbour)
    with pytest.raises(MarkingRefused):
        narrow(talks, talks.withdrawal, marking, organisation=talks.cast.harbour)


def test_an_edit_cannot_tie_an_item_to_something_its_readers_may_not_see(talks: Talks) -> None:
    hidden = talks.add_condition(marking="AMBER")
    with pytest.raises(MarkingRefused):
        edit_dispute(talks.dispute, act=talks.act(), version=None, conditions=[hidden])
    with pytest.raises(MarkingRefused):
        edit_condition(talks.release, act=talks.act(), version=None, ratio_to=hidden)


def test_the_lead_widens_and_says_why(talks: Talks) -> None:
    item = amber_claim(talks)
    with pytest.raises(NotPermitted):
        widen_marking(item, act=talks.act(), version=None, marking="CLEAR")
    with pytest.raises(RuleError):
        widen(talks, item, "CLEAR", reason="")
    assert widen(talks, item, "CLEAR").marking == "CLEAR"
    assert sees(None, item)


def test_widening_does_not_pass_a_narrower_whole(talks: Talks) -> None:
    item = claim(talks, conditions=[talks.add_condition(marking="AMBER")], marking="AMBER")
    with pytest.raises(MarkingRefused):
        widen(talks, item, "CLEAR")


def test_what_was_written_before_widening_stays_with_those_who_had_it(talks: Talks) -> None:
    item = claim(talks, marking="AMBER", text="The name of a witness.")
    edit_claim(item, act=talks.act(), version=None, text="A witness.")
    widen(talks, item, "CLEAR")
    told = Entry.objects.visible_to(ANYBODY).filter(subject_id=item.public_id)
    assert [entry.verb for entry in told] == ["marking.widened"]
    assert "name of a witness" not in str(told.get().payload.changes)


def test_a_late_entry_does_not_tell_what_was_hidden_then(talks: Talks) -> None:
    item = talks.add_condition(marking="AMBER", title="The name of a witness")
    edit_condition(item, act=talks.act(), version=None, title="A witness")
    widen(talks, item, "CLEAR")
    with pytest.raises(RuleError) as refusal:
        edit_condition(item, act=talks.act(at=START + timedelta(days=1)), version=None, title="Another")
    assert refusal.value.code == "before_disclosure"


def test_narrowing_hides_the_item_and_every_entry_about_it(talks: Talks) -> None:
    edit_claim(talks.claim, act=talks.act(), version=None, text="Posts remain.")
    narrow(talks, talks.claim, "AMBER")
    assert not Entry.objects.visible_to(ANYBODY).filter(subject_id=talks.claim.public_id).exists()
    assert sees(talks.cast.analyst, talks.claim)
    assert [str(fault) for fault in faults()] == []


def test_narrowing_takes_the_parts_along(talks: Talks) -> None:
    narrow(talks, talks.withdrawal, "AMBER")
    for part in (talks.gate, talks.claim, talks.dispute, talks.position):
        part.refresh_from_db()
        assert (part.marking, sees(None, part)) == ("AMBER", False)
    assert sees(None, talks.release)


def test_narrowing_takes_the_notes_on_an_item_along(talks: Talks) -> None:
    item = claim(talks, marking="AMBER", organisation=talks.cast.harbour)
    remark = note(talks, subject=item)
    narrow(talks, item, "AMBER+STRICT")
    assert Note.objects.get(pk=remark.pk).marking == "AMBER+STRICT"
    assert not sees(talks.cast.analyst, remark)


def test_narrowing_leaves_a_tombstone_for_what_it_hid_and_for_nothing_else(talks: Talks) -> None:
    narrow(talks, talks.dispute, "AMBER")
    stones = Tombstone.objects.values_list("subject_type", "was_marking")
    assert sorted(stones) == [("dispute", "CLEAR"), ("position", "CLEAR")]


def test_narrowing_never_opens_what_was_narrower_before(talks: Talks) -> None:
    """RED, disclosed to members, then narrowed to one organisation: the first words stay with the first readers."""
    item = red_claim(talks, talks.cast.lead, text="The name of a witness.", organisation=talks.cast.lakeside)
    edit_claim(item, act=talks.act(), version=None, text="A witness.")
    widen(talks, item, "AMBER")
    narrow(talks, item, "AMBER+STRICT", organisation=talks.cast.lakeside)
    seen = Entry.objects.visible_to(viewer_for(talks.cast.other_mediator)).filter(subject_id=item.public_id)
    assert sorted(entry.verb for entry in seen) == ["marking.narrowed", "marking.widened"]
    first = Entry.objects.visible_to(viewer_for(talks.cast.mediator)).filter(subject_id=item.public_id)
    assert sorted(entry.verb for entry in first) == ["claim.edited", "claim.made"]


def test_a_second_circle_does_not_read_what_the_first_one_wrote(talks: Talks) -> None:
    item = red_claim(talks, talks.cast.lead, text="The name of a witness.")
    edit_claim(item, act=talks.act(), version=None, text="A witness.")
    widen(talks, item, "AMBER")
    narrow(talks, item, "RED", readers=[talks.cast.analyst])
    seen = Entry.objects.visible_to(viewer_for(talks.cast.analyst)).filter(subject_id=item.public_id)
    assert "claim.made" not in [entry.verb for entry in seen]
    assert sees(talks.cast.analyst, item)


def test_narrowing_names_only_persons_who_see_the_item_now(talks: Talks) -> None:
    item = strict_claim(talks)
    with pytest.raises(MarkingRefused) as refusal:
        narrow(talks, item, "RED", readers=[talks.cast.other_mediator])
    assert refusal.value.code == "reader_added"


def test_a_part_of_another_organisation_does_not_fall_into_the_hands_of_this_one(talks: Talks) -> None:
    plan = proposal(talks, marking="AMBER")
    theirs = talks.act(talks.cast.other_mediator)
    claimed = note(talks, act=theirs, subject=plan, marking="AMBER+STRICT", organisation=talks.cast.lakeside)
    with pytest.raises(MarkingRefused):
        narrow(talks, plan, "AMBER+STRICT", organisation=talks.cast.harbour)
    assert Note.objects.get(pk=claimed.pk).organisation == talks.cast.lakeside


def test_narrowing_keeps_the_originator_of_a_part(talks: Talks) -> None:
    item = claim(talks, organisation=talks.cast.lakeside)
    narrow(talks, talks.withdrawal, "AMBER")
    assert Claim.objects.get(pk=item.pk).organisation == talks.cast.lakeside


def test_strict_needs_an_organisation(talks: Talks) -> None:
    with pytest.raises(MarkingRefused):
        narrow(talks, talks.claim, "AMBER+STRICT")


def test_a_marking_is_not_dated_back(talks: Talks) -> None:
    edit_claim(talks.claim, act=talks.act(), version=None, text="Posts remain.")
    with pytest.raises(RuleError) as refusal:
        narrow_marking(talks.claim, act=talks.act(at=START), version=None, marking="AMBER")
    assert refusal.value.code == "marking_dated_back"


def test_strict_stays_inside_one_organisation(talks: Talks) -> None:
    item = strict_claim(talks)
    assert sees(talks.cast.mediator, item)
    for person in (talks.cast.other_mediator, talks.cast.analyst, talks.cast.reader, talks.cast.outsider, None):
        assert not sees(person, item)


def test_red_is_for_the_persons_named_and_its_author(talks: Talks) -> None:
    item = red_claim(talks, talks.cast.analyst)
    assert sees(talks.cast.analyst, item)
    assert sees(talks.cast.mediator, item)
    for person in (talks.cast.lead, talks.cast.other_mediator, talks.cast.outsider, None):
        assert not sees(person, item)


def test_a_named_person_without_a_seat_sees_nothing(talks: Talks) -> None:
    assert not sees(talks.cast.outsider, red_claim(talks, talks.cast.outsider))


def test_a_part_of_a_red_item_is_for_the_same_persons(talks: Talks) -> None:
    plan = proposal(talks, act=talks.act(readers=[talks.cast.lead]), marking="RED")
    second = table_version(plan, act=talks.act(), text="Both at once.", tabled_at=START)
    assert sees(talks.cast.lead, second)
    assert not sees(talks.cast.analyst, second)


def test_the_answer_to_a_red_question_is_for_who_asked(talks: Talks) -> None:
    act = talks.act(talks.cast.lead, readers=[talks.cast.mediator])
    question = note(talks, act=act, marking="RED", is_question=True, author=talks.cast.lead)
    answer = answer_question(question, act=talks.act(), version=None, text="Yes.", author=talks.cast.mediator)
    assert sees(talks.cast.lead, answer)
    assert Note.objects.get(pk=question.pk).answered_at is not None


def test_a_note_is_never_wider_than_its_item(talks: Talks) -> None:
    item = strict_claim(talks)
    assert note(talks, subject=item).marking == "AMBER+STRICT"
    with pytest.raises(MarkingRefused):
        note(talks, subject=item, organisation=talks.cast.lakeside)


def test_an_embargo_is_released_by_the_tick_once(talks: Talks) -> None:
    item, moment = amber_claim(talks), timezone.now() + timedelta(minutes=20)
    embargo(talks, item, moment)
    assert (release_due(timezone.now()), sees(None, item)) == (0, False)
    # The stream's clock never goes back: what it says is later than the embargo.
    Stream.objects.filter(negotiation=talks.negotiation).update(last_at=moment)
    assert (release_due(moment), release_due(moment)) == (1, 0)
    assert sees(None, item)
    assert [entry.verb for entry in told_of(item)] == ["claim.made", "marking.embargoed", "marking.widened"]
    assert last_of(item).actor is None


def test_only_the_lead_sets_an_embargo(talks: Talks) -> None:
    act = talks.act()
    with pytest.raises(NotPermitted):
        set_embargo(amber_claim(talks), act=act, version=None, release_at=START, release_marking="CLEAR")
    with pytest.raises(RuleError):
        claim(talks, marking="AMBER", release_at=timezone.now() + timedelta(days=1), release_marking="CLEAR")


def test_narrowing_ends_an_embargo(talks: Talks) -> None:
    """It was approved for what the item was then; it must not undo the narrowing by itself."""
    item, moment = amber_claim(talks), timezone.now() + timedelta(minutes=20)
    embargo(talks, item, moment)
    narrow(talks, item, "RED", readers=[talks.cast.lead])
    Stream.objects.filter(negotiation=talks.negotiation).update(last_at=moment)
    assert (release_due(moment), sees(None, item)) == (0, False)


def embargo(talks: Talks, item: Any, moment: Any) -> None:
    act = Act(actor=talks.cast.lead, reason="Agreed with the parties.")
    set_embargo(item, act=act, version=None, release_at=moment, release_marking="CLEAR")


def test_a_person_whose_clearance_is_lowered_sees_no_more(talks: Talks) -> None:
    item, seat = amber_claim(talks), talks.negotiation.memberships.get(user=talks.cast.analyst)
    change_membership(seat, act=talks.act(talks.cast.lead), version=None, role=Role.ANALYST, clearance=Marking.GREEN)
    assert not sees(talks.cast.analyst, item)
    assert NamedReader.objects.count() == 0


@pytest.mark.parametrize(("marking", "organisation"), [("AMBER+STRICT", "lakeside"), ("RED", "")])
def test_staff_mark_for_their_own_organisation_or_for_named_persons(
    talks: Talks, marking: str, organisation: str
) -> None:
    theirs = getattr(talks.cast, organisation) if organisation else None
    if marking == "RED":
        assert claim(talks, marking=marking).marking == marking
    else:
        with pytest.raises(MarkingRefused):
            claim(talks, marking=marking, organisation=theirs)


def test_an_analyst_cannot_write_above_their_own_clearance(talks: Talks) -> None:
    with pytest.raises(MarkingRefused):
        claim(talks, act=talks.act(talks.cast.analyst), marking="AMBER+STRICT", organisation=talks.cast.harbour)
