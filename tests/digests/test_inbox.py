"""What is laid into the inbox is all that its owner may read: it stays in the house, so no ceiling of mail holds."""

from __future__ import annotations

import pytest
from django.core import mail

from negotiations.access.viewer import viewer_for
from negotiations.digests.windows import close_windows
from negotiations.models import Delivery, Entry
from negotiations.rules.codes import AlertChannel, ConditionStatus, DeliveryState, Marking, Urgency
from negotiations.selectors import inbox
from negotiations.selectors.inbox_message import told_now
from negotiations.services.correction import correct
from negotiations.services.membership import change_membership
from tests.factories import Talks
from tests.factories import talks as build
from tests.services import facts

from .world import DAY, DUE, NOON, states, subscribed, told_at

pytestmark = pytest.mark.django_db


def lines_of(delivery: Delivery) -> list[int]:
    """The entries that its owner reads in a message now."""
    viewer = viewer_for(delivery.user)
    return [line.pk for told in told_now(delivery, viewer, NOON) for line in told.lines]


def test_amber_lies_there_in_words_for_whoever_is_cleared(talks: Talks) -> None:
    subscribed(talks, now=NOON, channel=AlertChannel.INBOX)
    hidden = talks.add_condition("Known to few", marking=Marking.AMBER)
    told_at(DUE)
    delivery = Delivery.objects.get()
    (entry,) = facts.told_of(hidden)
    assert (delivery.state, delivery.told, lines_of(delivery)) == (DeliveryState.SENT, [entry.pk], [entry.pk])
    assert (delivery.marking, mail.outbox) == ("", [])


def test_what_names_its_owner_lies_there_for_them_alone(talks: Talks) -> None:
    named = subscribed(talks, "mediator", now=NOON, channel=AlertChannel.INBOX)
    other = subscribed(talks, "analyst", now=NOON, channel=AlertChannel.INBOX)
    facts.red_claim(talks, talks.cast.mediator)
    told_at(DUE)
    assert (states(named), states(other)) == ([DeliveryState.SENT], [DeliveryState.NOTHING])


def test_who_is_not_cleared_finds_nothing_there(talks: Talks) -> None:
    wish = subscribed(talks, "reader", now=NOON, channel=AlertChannel.INBOX)
    talks.add_condition("Known to few", marking=Marking.AMBER)
    told_at(DUE)
    assert states(wish) == [DeliveryState.NOTHING]


def test_what_was_cleared_then_and_is_not_now_is_not_there_when_it_is_opened(talks: Talks) -> None:
    wish = subscribed(talks, now=NOON, channel=AlertChannel.INBOX)
    talks.add_condition("Known to few", marking=Marking.AMBER)
    told_at(DUE)
    seat = talks.negotiation.memberships.get(user=wish.user)
    change_membership(seat, act=talks.act(talks.cast.lead), version=None, role="analyst", clearance="GREEN")
    assert lines_of(Delivery.objects.get()) == []


def test_a_correction_follows_what_was_only_there_to_read(talks: Talks) -> None:
    """Whatever its owner asked for otherwise."""
    wish = subscribed(talks, now=NOON, channel=AlertChannel.INBOX)
    claim = facts.amber_claim(talks)
    told_at(DUE)
    wish.verbs = ["proposal.tabled"]
    wish.save(update_fields=["verbs"])
    correct(facts.last_of(claim), act=talks.act(talks.cast.lead), version=None, text="Put right.")
    told_at(DUE + DAY)
    last = Delivery.objects.latest("window")
    assert (last.state, last.told) == (DeliveryState.SENT, [Entry.objects.latest("pk").pk])


def test_it_may_say_that_nothing_changed(talks: Talks) -> None:
    wish = subscribed(talks, now=NOON, channel=AlertChannel.INBOX, tells_nothing=True)
    close_windows(DUE)
    told_at(DUE)
    assert states(wish) == [DeliveryState.SENT]


def test_what_is_urgent_lies_there_however_much_routine_came_before_and_after(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST", 2)
    wish = subscribed(talks, now=NOON, channel=AlertChannel.INBOX, least_urgency=Urgency.URGENT)
    for title in ("Open the ferry", "Open the bridge", "Open the road"):
        talks.add_condition(title)
    talks.set_status(talks.release, ConditionStatus.BREACHED)
    talks.add_condition("Open the harbour")
    (entry,) = facts.told_of(talks.release)[-1:]
    told_at(DUE)
    delivery = Delivery.objects.get()
    assert (states(wish), delivery.told, lines_of(delivery)) == ([DeliveryState.SENT], [entry.pk], [entry.pk])


def test_of_too_many_the_most_urgent_are_shown_and_the_others_counted(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST", 2)
    subscribed(talks, now=NOON, channel=AlertChannel.INBOX)
    talks.set_status(talks.release, ConditionStatus.BREACHED)
    for title in ("Open the ferry", "Open the bridge", "Open the road"):
        last = talks.add_condition(title)
    told_at(DUE)
    delivery = Delivery.objects.get()
    (told,) = told_now(delivery, viewer_for(delivery.user), NOON)
    assert [line.ref for line in told.lines] == [last.ref, talks.release.ref]
    assert told.more == 2


def test_no_negotiation_takes_the_room_of_another(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MOST", 2)
    other = build("other-shores", cast=talks.cast)
    subscribed(talks, now=NOON, channel=AlertChannel.INBOX, negotiation=None)
    for shore in (talks, talks, talks, other):
        shore.add_condition("Open the ferry")
    told_at(DUE)
    delivery = Delivery.objects.get()
    told = told_now(delivery, viewer_for(delivery.user), NOON)
    assert {one.negotiation: (len(one.lines), one.more) for one in told} == {
        talks.negotiation: (1, 2),
        other.negotiation: (1, 0),
    }
