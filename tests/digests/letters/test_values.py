"""A correction of a measure tells the measure, and why; the status that it leaves as it was is no news."""

from __future__ import annotations

from negotiations.models import Entry
from negotiations.rules.codes import ConditionStatus
from negotiations.services.correction import correct

from .post import Desk


def counted(desk: Desk) -> Entry:
    desk.talks.set_status(desk.talks.release, ConditionStatus.PARTLY_MET, value=12)
    return Entry.objects.latest("pk")


def corrected(desk: Desk, entry: Entry) -> None:
    correct(entry, act=desk.talks.act(reason="One was counted twice."), version=None, value=11)


def test_it_tells_the_measure_and_why_it_was_put_right(desk: Desk) -> None:
    entry = counted(desk)
    desk.open()
    corrected(desk, entry)
    told = desk.section("Moved")
    assert "* C2 Release the detainees: 12 → 11 people of 20\n  One was counted twice." in told


def test_it_tells_it_of_what_others_followed_too(desk: Desk) -> None:
    entry = counted(desk)
    desk.talks.set_status(desk.talks.release, ConditionStatus.PARTLY_MET, value=15)
    desk.open()
    corrected(desk, entry)
    letter = desk.letter()
    assert letter is not None
    assert letter.subject == "[TLP:CLEAR] Talks of the two shores: C2: 12 → 11 people of 20"
    told = desk.section("Also recorded")
    assert "* C2 Release the detainees: 12 → 11 people of 20\n  One was counted twice." in told


def test_one_of_neither_status_nor_measure_tells_what_else_it_changed(desk: Desk) -> None:
    entry = counted(desk)
    desk.open()
    correct(entry, act=desk.talks.act(reason="It was looked at."), version=None, suspended_until="The bridge opens")
    told = desk.section("Also recorded")
    assert "Partly met" not in told
    assert "set to The bridge opens\n  It was looked at." in told
