"""A correction follows everybody who was sent what it corrects, once, whatever they asked for."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.access.viewer import viewer_for
from negotiations.digests.chasing import owed_corrections, owed_in
from negotiations.digests.deliver import Round, deliver_due
from negotiations.digests.marks import claim
from negotiations.digests.windows import close_windows
from negotiations.models import Delivery, Entry, Subscription
from negotiations.rules.codes import AlertChannel, DeliveryState
from negotiations.services.correction import correct, undo
from negotiations.services.delivery import try_again
from negotiations.services.membership import change_membership
from negotiations.services.source import retract_source
from negotiations.services.subscription import end_subscription
from tests.factories import Talks

from .world import DAY, HOUR, NOON, at_once, edition_of, only, subscribed, swept, told_at

CLAIM = {"verbs": ["claim.edited"]}


def told_of(talks: Talks, subscription: Subscription) -> Entry:
    """Have the subscriber be sent one entry, and return it."""
    talks_claim_edited(talks, "Two posts remain.")
    assert len(told_at(NOON + DAY)) == 1
    (entry,) = Entry.objects.filter(verb="claim.edited")
    assert entry.pk in Delivery.objects.get(subscription=subscription).told
    return entry


def talks_claim_edited(talks: Talks, text: str) -> None:
    from negotiations.services.claim import edit_claim

    edit_claim(talks.claim, act=talks.act(), version=None, text=text)


def corrected(talks: Talks, entry: Entry, text: str) -> Entry:
    correct(entry, act=talks.act(), version=None, text=text)
    return Entry.objects.get(supersedes=entry)


def owed(subscription: Subscription) -> list[int]:
    delivery = Delivery.objects.filter(subscription=subscription).latest("window")
    return [entry.pk for entry in owed_corrections(delivery, viewer_for(subscription.user))]


@pytest.fixture
def reader(talks: Talks) -> Subscription:
    """Asks for edits of claims alone: a correction is none of them."""
    return subscribed(talks, now=NOON, **CLAIM)


def test_a_correction_follows_though_it_was_not_asked_for(talks: Talks, reader: Subscription) -> None:
    correction = corrected(talks, told_of(talks, reader), "Three posts remain.")
    assert len(told_at(NOON + 2 * DAY)) == 1
    assert Delivery.objects.filter(subscription=reader).latest("window").told == [correction.pk]


def test_it_follows_once(talks: Talks, reader: Subscription) -> None:
    corrected(talks, told_of(talks, reader), "Three posts remain.")
    told_at(NOON + 2 * DAY)
    talks.set_status(talks.release, "in_progress")
    assert told_at(NOON + 3 * DAY) == []


def test_a_correction_of_a_correction_in_the_same_window_follows_too(talks: Talks, reader: Subscription) -> None:
    first = corrected(talks, told_of(talks, reader), "Three posts remain.")
    second = corrected(talks, first, "Four posts remain.")
    close_windows(NOON + 2 * DAY)
    assert owed(reader) == [first.pk, second.pk]


def test_a_retracted_source_takes_what_rested_on_it_along(talks: Talks, reader: Subscription) -> None:
    told_of(talks, reader)
    retract_source(talks.source, act=talks.act(), version=None)
    close_windows(NOON + 2 * DAY)
    assert owed(reader) == [Entry.objects.get(verb="source.retracted").pk]


def test_who_was_not_sent_the_original_is_owed_nothing(talks: Talks, reader: Subscription) -> None:
    other = subscribed(talks, "mediator", now=NOON, verbs=["message.carried"])
    corrected(talks, told_of(talks, reader), "Three posts remain.")
    close_windows(NOON + 2 * DAY)
    assert owed(other) == []


def test_who_may_not_see_it_any_more_is_owed_nothing(talks: Talks) -> None:
    from negotiations.rules.codes import Marking
    from negotiations.services.condition import edit_condition

    hidden = talks.add_condition("Known to few", marking=Marking.AMBER)
    reader = subscribed(talks, now=NOON, subject=hidden)
    edit_condition(hidden, act=talks.act(), version=None, title="Known to some")
    told_at(NOON + DAY)
    delivery = Delivery.objects.get(subscription=reader)
    entry = Entry.objects.get(verb="condition.edited")
    # A count is all that mail says of it; whoever was sent that much is chased as well.
    Delivery.objects.filter(pk=delivery.pk).update(edition=edition_of(entry.pk))
    correct(entry, act=talks.act(), version=None, title="Known to a few")
    seat = talks.negotiation.memberships.get(user=reader.user)
    change_membership(seat, act=talks.act(talks.cast.lead), version=None, role="analyst", clearance="GREEN")
    close_windows(NOON + 2 * DAY)
    assert owed(reader) == []


def test_whoever_is_told_at_once_is_woken_by_a_correction(talks: Talks) -> None:
    reader = at_once(talks, **CLAIM)
    talks_claim_edited(talks, "Two posts remain.")
    swept()
    told_at(NOON)
    corrected(talks, Entry.objects.get(verb="claim.edited"), "Three posts remain.")
    swept()
    reader.refresh_from_db()
    assert reader.next_due_at is not None
    assert len(told_at(NOON)) == 1


def test_it_follows_the_person_to_a_new_subscription(talks: Talks, reader: Subscription) -> None:
    entry = told_of(talks, reader)
    end_subscription(reader, now=NOON + DAY)
    again = subscribed(talks, now=NOON + DAY, verbs=["message.carried"])
    correction = corrected(talks, entry, "Three posts remain.")
    close_windows(NOON + 3 * DAY)
    assert owed(again) == [correction.pk]


def test_what_was_corrected_while_nothing_was_watched_is_told_when_it_is_again(
    talks: Talks, reader: Subscription
) -> None:
    entry = told_of(talks, reader)
    end_subscription(reader, now=NOON + DAY)
    correction = corrected(talks, entry, "Three posts remain.")
    again = subscribed(talks, now=NOON + DAY, verbs=["message.carried"])
    talks.set_status(talks.release, "in_progress")
    close_windows(NOON + 3 * DAY)
    assert owed(again) == [correction.pk]


def test_it_follows_on_the_channel_it_was_told_on(talks: Talks, reader: Subscription) -> None:
    entry = told_of(talks, reader)
    other = subscribed(talks, now=NOON + DAY, channel=AlertChannel.INBOX, verbs=["message.carried"])
    corrected(talks, entry, "Three posts remain.")
    close_windows(NOON + 3 * DAY)
    assert owed(other) == []


def test_it_follows_on_another_channel_where_nothing_comes_on_that_one_any_more(
    talks: Talks, reader: Subscription
) -> None:
    entry = told_of(talks, reader)
    other = subscribed(talks, now=NOON + DAY, channel=AlertChannel.INBOX, verbs=["message.carried"])
    end_subscription(reader, now=NOON + DAY)
    correction = corrected(talks, entry, "Three posts remain.")
    close_windows(NOON + 3 * DAY)
    assert owed(other) == [correction.pk]


def test_whoever_changed_the_channel_is_woken_as_well(talks: Talks) -> None:
    reader = at_once(talks, **CLAIM)
    talks_claim_edited(talks, "Two posts remain.")
    swept()
    told_at(NOON)
    Subscription.objects.filter(pk=reader.pk).update(channel=AlertChannel.INBOX)
    corrected(talks, Entry.objects.get(verb="claim.edited"), "Three posts remain.")
    swept()
    reader.refresh_from_db()
    assert reader.next_due_at is not None


def test_who_has_several_subscriptions_is_told_once(talks: Talks, reader: Subscription) -> None:
    entry = told_of(talks, reader)
    others = [subscribed(talks, now=NOON + DAY, verbs=[verb]) for verb in ("message.carried", "message.answered")]
    correction = corrected(talks, entry, "Three posts remain.")
    told_at(NOON + 3 * DAY)
    told = [row.told for one in (reader, *others) for row in Delivery.objects.filter(subscription=one).order_by("pk")]
    assert sum(correction.pk in pks for pks in told) == 1
    talks.set_status(talks.release, "in_progress")
    assert told_at(NOON + 5 * DAY) == []


def test_two_workers_who_write_to_one_person_at_a_time_tell_it_once(two_owed: tuple[Entry, datetime]) -> None:
    correction, now = two_owed
    batches = {worker: claim(worker, now, batch=1) for worker in ("first", "second")}
    rounds = [Round(worker, batch, lambda: now, now + DAY) for worker, batch in batches.items()]
    assert ([one.run() for one in rounds], deliver_due(clock=lambda: now + HOUR)) == ([0, 1], 1)
    assert times_told(correction) == 1


def test_nor_where_one_comes_when_the_other_has_looked_around(two_owed: tuple[Entry, datetime]) -> None:
    correction, now = two_owed
    first = Round("first", claim("first", now, batch=1), lambda: now, now + DAY)
    second = Round("second", claim("second", now, batch=1), lambda: now, now + DAY)
    assert ([second.run(), first.run()], deliver_due(clock=lambda: now + HOUR)) == ([0, 1], 1)
    assert times_told(correction) == 1


@pytest.fixture
def two_owed(talks: Talks, reader: Subscription) -> tuple[Entry, datetime]:
    """A correction that two deliveries for one person could tell, and when both are due."""
    entry = told_of(talks, reader)
    subscribed(talks, now=NOON + DAY, verbs=["condition.status_changed"])
    correction = corrected(talks, entry, "Three posts remain.")
    talks.set_status(talks.release, "in_progress")
    close_windows(NOON + 3 * DAY)
    return correction, NOON + 3 * DAY


def times_told(correction: Entry) -> int:
    told = Delivery.objects.values_list("edition__told", flat=True)
    return sum(correction.pk in (pks or ()) for pks in told)


@pytest.fixture
def failed(talks: Talks, reader: Subscription) -> Delivery:
    """A mail that could not be sent; the reader was to be told of a claim's edit."""
    talks.set_status(talks.release, "in_progress")
    talks_claim_edited(talks, "Two posts remain.")
    close_windows(NOON + DAY)
    Delivery.objects.update(state=DeliveryState.FAILED, settled_at=NOON + DAY)
    return only(reader)


def test_a_mail_sent_after_its_correction_was_passed_over_brings_it_along(talks: Talks, failed: Delivery) -> None:
    (entry,) = Entry.objects.filter(verb="claim.edited")
    correction = corrected(talks, entry, "Three posts remain.")
    assert told_at(NOON + 2 * DAY) == []
    try_again(failed, now=NOON + 3 * DAY)
    (letter,) = told_at(NOON + 3 * DAY)
    assert "Corrections to what you were sent" in letter.body
    assert Delivery.objects.get(pk=failed.pk).told == [entry.pk, correction.pk]
    talks.set_status(talks.withdrawal, "in_progress")
    assert told_at(NOON + 4 * DAY) == []


def test_it_brings_none_of_what_it_does_not_tell(talks: Talks, failed: Delivery) -> None:
    undo(Entry.objects.get(verb="condition.status_changed"), act=talks.act())
    told_at(NOON + 2 * DAY)
    try_again(failed, now=NOON + 3 * DAY)
    (letter,) = told_at(NOON + 3 * DAY)
    assert "Corrections" not in letter.body


def test_several_retracted_sources_cost_no_more_queries(talks: Talks, reader: Subscription) -> None:
    from negotiations.services.source import add_source

    told_of(talks, reader)
    more = add_source(act=talks.act(), negotiation=talks.negotiation, publisher="Post", title="Another")
    for source in (talks.source, more):
        retract_source(source, act=talks.act(), version=None)
    close_windows(NOON + 2 * DAY)
    batch = list(Delivery.objects.filter(window=2).select_related("subscription"))
    with CaptureQueriesContext(connection) as queries:
        assert len(owed_in(batch)[batch[0].pk]) == 1
    assert len(queries) == 3


@pytest.mark.parametrize("count", [2, 8])
def test_what_a_batch_is_owed_costs_a_fixed_number_of_queries(talks: Talks, count: int) -> None:
    people = ["analyst", "mediator"]
    wishes = [{**CLAIM, "local_time": time(7, number)} for number in range(count)]
    readers = [subscribed(talks, people[place % 2], now=NOON, **wish) for place, wish in enumerate(wishes)]
    talks_claim_edited(talks, "Two posts remain.")
    told_at(NOON + DAY)
    corrected(talks, Entry.objects.get(verb="claim.edited"), "Three posts remain.")
    close_windows(NOON + 2 * DAY)
    batch = list(Delivery.objects.filter(window=2).select_related("subscription"))
    with CaptureQueriesContext(connection) as queries:
        assert len(owed_in(batch)) == len({one.user_id for one in readers})
    assert len(queries) == 2
