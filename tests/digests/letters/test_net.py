"""What went to and fro in a window is told net, with how often; late entries and corrections count as they stand."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from negotiations.models import Entry
from negotiations.rules.codes import ClaimKind, ConditionStatus, Urgency
from negotiations.services.claim import make_claim, withdraw_claim
from negotiations.services.correction import undo

from .post import Desk

BACK_AND_FORTH = (ConditionStatus.IN_PROGRESS, ConditionStatus.PARTLY_MET, ConditionStatus.IN_PROGRESS)


def test_it_tells_flapping_as_net_and_count(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    desk.open()
    for status in BACK_AND_FORTH[1:]:
        desk.talks.set_status(desk.talks.withdrawal, status)
    assert "* C1 Withdraw to the agreed line: ◐ In progress · as before, after 2 changes" in desk.section("Moved")


def test_it_tells_the_ends_of_a_longer_way(desk: Desk) -> None:
    for status in BACK_AND_FORTH:
        desk.talks.set_status(desk.talks.withdrawal, status)
    assert "Not assessed → ◐ In progress · 3 changes" in desk.section("Moved")
    assert desk.section("Moved").count("* C1") == 1


def test_the_next_window_tells_only_what_followed(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    desk.open()
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.PARTLY_MET)
    assert "In progress → ◕ Partly met" in desk.section("Moved")


def test_what_was_undone_in_the_window_is_back_where_it_was(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    desk.open()
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.PARTLY_MET)
    undo(Entry.objects.latest("pk"), act=desk.talks.act())
    assert "In progress · as before, after 2 changes" in desk.section("Moved")


def test_a_late_entry_that_moves_nothing_now_is_told_with_its_own_moment(desk: Desk) -> None:
    now = timezone.now()
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.PARTLY_MET, at=now - timedelta(days=1))
    desk.open()
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS, at=now - timedelta(days=2))
    assert desk.section("Moved") == ""
    assert "In progress" in desk.section("Also recorded")


def flapped(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    desk.open()
    for status in BACK_AND_FORTH[1:]:
        desk.talks.set_status(desk.talks.withdrawal, status)


def test_what_is_as_it_was_stands_last_and_leads_no_subject(desk: Desk) -> None:
    flapped(desk)
    desk.talks.set_status(desk.talks.release, ConditionStatus.IN_PROGRESS)
    letter = desk.letter()
    assert letter is not None
    assert letter.subject == "[TLP:CLEAR] Talks of the two shores: C2 in progress; 2 changes in all"
    assert letter.text.index("* C2") < letter.text.index("* C1")


def test_a_net_change_of_another_kind_leads_the_subject_before_it(desk: Desk) -> None:
    flapped(desk)
    desk.talks.add_condition("Open the bridge")
    letter = desk.letter(least_urgency=Urgency.ROUTINE)
    assert letter is not None
    assert letter.subject == "[TLP:CLEAR] Talks of the two shores: C3: Condition added; 2 changes in all"


def test_with_nothing_else_it_is_what_the_subject_says(desk: Desk) -> None:
    flapped(desk)
    letter = desk.letter()
    assert letter is not None
    assert letter.subject == "[TLP:CLEAR] Talks of the two shores: C1 in progress"


def test_what_was_recorded_and_taken_back_is_one_line_of_both(desk: Desk) -> None:
    talks = desk.talks
    claim = make_claim(
        negotiation=talks.negotiation,
        claimant=talks.north,
        kind=ClaimKind.FULFILLED,
        said_at=timezone.now(),
        text="It is done.",
        conditions=[talks.withdrawal],
        act=talks.act(),
    )
    withdraw_claim(claim, act=talks.act(reason="It was said of another line."), version=None)
    bridge = talks.add_condition("Open the bridge")
    talks.set_status(bridge, ConditionStatus.SUPERSEDED)
    told = desk.section("Also recorded", least_urgency=Urgency.ROUTINE)
    assert told.count("recorded, and taken back since") == 2
    assert "It was said of another line." in told
    assert told.count("* C3") == 1
    assert "Condition added" not in told


def test_what_stood_before_the_window_is_told_as_withdrawn(desk: Desk) -> None:
    bridge = desk.talks.add_condition("Open the bridge")
    desk.open()
    desk.talks.set_status(bridge, ConditionStatus.SUPERSEDED)
    assert "* C3 Open the bridge: Not assessed → ◎ Superseded" in desk.section("Moved")


def test_what_came_and_went_leads_no_subject(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.add_condition("Open the bridge"), ConditionStatus.SUPERSEDED)
    desk.talks.set_status(desk.talks.release, ConditionStatus.IN_PROGRESS)
    letter = desk.letter(least_urgency=Urgency.ROUTINE)
    assert letter is not None
    assert letter.subject == "[TLP:CLEAR] Talks of the two shores: C2 in progress; 2 changes in all"
