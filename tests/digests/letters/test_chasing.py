"""Whoever was sent what was later corrected receives the correction, first in the next mail."""

from __future__ import annotations

from negotiations.digests.letter import Press
from negotiations.models import Delivery, Entry
from negotiations.rules.codes import ConditionStatus, DeliveryState
from negotiations.services.correction import correct

from ..world import edition_of
from .post import Desk


def sent(desk: Desk) -> tuple[Delivery, Entry]:
    """A delivery that told of a status, and its entry."""
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    delivery = desk.delivery(is_saved=True)
    letter = Press([delivery]).letter(delivery)
    assert letter is not None
    delivery.state, delivery.edition = DeliveryState.SENT, edition_of(*letter.told)
    delivery.save()
    return delivery, Entry.objects.get(pk=letter.told[0])


def next_of(desk: Desk, delivery: Delivery) -> Delivery:
    """The next window of the same subscription."""
    following = desk.delivery()
    following.subscription, following.window = delivery.subscription, 2
    following.save()
    return following


def test_a_correction_stands_before_everything_else(desk: Desk) -> None:
    delivery, entry = sent(desk)
    desk.open()
    correct(entry, act=desk.talks.act(), version=None, status=ConditionStatus.PARTLY_MET)
    desk.talks.set_status(desk.talks.release, ConditionStatus.IN_PROGRESS)
    following = next_of(desk, delivery)
    letter = Press([following]).letter(following)
    assert letter is not None
    assert letter.text.index("Corrections to what you were sent") < letter.text.index("Moved")
    assert Entry.objects.latest("pk").pk in letter.told


def test_whoever_was_not_sent_it_is_told_of_no_correction(desk: Desk) -> None:
    _delivery, entry = sent(desk)
    desk.open()
    correct(entry, act=desk.talks.act(), version=None, status=ConditionStatus.PARTLY_MET)
    assert "Corrections to what you were sent" not in desk.text(desk.talks.cast.analyst)
