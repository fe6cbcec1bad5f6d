"""A window is a stretch of the record: closed once, never overlapping, merged after an outage."""

from __future__ import annotations

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.digests.windows import close_windows
from negotiations.models import Delivery, Stream, Subscription, SubscriptionPlace, User
from negotiations.rules.codes import AlertChannel, DeliveryState, Rhythm, Urgency
from negotiations.services.subscription import pause_subscription, resume_subscription, subscribe
from tests.factories import Talks
from tests.factories import talks as build

from .world import DAY, HOUR, NOON, at_once, states, subscribed, swept, told_at


def head(talks: Talks) -> int:
    return Stream.objects.get(negotiation=talks.negotiation).head


def test_nothing_that_happened_before_is_told(talks: Talks) -> None:
    subscription = subscribed(talks, now=NOON)
    assert close_windows(NOON + DAY) == 0
    assert states(subscription) == []


def test_a_window_reaches_from_the_last_one_to_the_head(talks: Talks) -> None:
    subscription = subscribed(talks, now=NOON)
    before = head(talks)
    talks.set_status(talks.release, "in_progress")
    assert close_windows(NOON + DAY) == 1
    delivery = Delivery.objects.get(subscription=subscription)
    assert delivery.ranges == {str(talks.negotiation.pk): [before, head(talks)]}
    assert (delivery.window, delivery.state) == (1, DeliveryState.WAITING)
    assert SubscriptionPlace.objects.get(subscription=subscription).seq == head(talks)


def test_closing_twice_is_closing_once(talks: Talks) -> None:
    subscribed(talks, now=NOON)
    talks.set_status(talks.release, "in_progress")
    assert [close_windows(NOON + DAY), close_windows(NOON + DAY)] == [1, 0]


def test_it_falls_due_next_at_its_wall_time(talks: Talks) -> None:
    subscription = subscribed(talks, now=NOON, local_time=time(7, 45), time_zone="Africa/Cairo")
    close_windows(NOON + DAY)
    subscription.refresh_from_db()
    assert subscription.next_due_at == (NOON + 2 * DAY).replace(hour=5, minute=45)


def test_an_outage_is_told_in_one_late_digest(talks: Talks) -> None:
    subscription = subscribed(talks, now=NOON)
    talks.set_status(talks.release, "in_progress")
    assert len(told_at(NOON + 5 * DAY)) == 1
    assert told_at(NOON + 5 * DAY) == []
    assert states(subscription) == [DeliveryState.SENT]


def test_what_piles_up_behind_a_delivery_on_its_way_is_told_in_one(talks: Talks) -> None:
    """While mail cannot be sent, one window waits and the rest becomes the next one."""
    subscription = subscribed(talks, now=NOON)
    for day, status in enumerate(("in_progress", "partly_met", "reported_met"), start=1):
        talks.set_status(talks.release, status)
        close_windows(NOON + day * DAY)
    assert states(subscription) == [DeliveryState.WAITING]
    assert [len(told_at(NOON + 4 * DAY)), len(told_at(NOON + 4 * DAY))] == [1, 1]
    first, second = Delivery.objects.filter(subscription=subscription).order_by("window")
    key = str(talks.negotiation.pk)
    assert first.ranges[key][1] == second.ranges[key][0]


def test_nothing_changed_is_told_only_by_choice(talks: Talks) -> None:
    subscribed(talks, "mediator", now=NOON)
    wanted = subscribed(talks, now=NOON, tells_nothing=True)
    assert [message.to for message in told_at(NOON + DAY)] == [[wanted.user.email]]


def test_what_is_told_at_once_is_never_that_nothing_changed(talks: Talks) -> None:
    """Of those who asked for it before it was refused."""
    wish = at_once(talks, now=NOON)
    Subscription.objects.filter(pk=wish.pk).update(tells_nothing=True, next_due_at=NOON)
    assert told_at(NOON) == []
    assert states(wish) == []


def test_everything_includes_negotiations_that_come_later(talks: Talks) -> None:
    subscription = subscribed(talks, "lead", now=NOON, negotiation=None)
    later = build("later-talks", cast=talks.cast)
    close_windows(NOON + DAY)
    ranges = Delivery.objects.get(subscription=subscription).ranges
    assert ranges == {str(later.negotiation.pk): [0, head(later)]}


def test_a_pause_loses_nothing(talks: Talks) -> None:
    subscription = subscribed(talks, now=NOON)
    pause_subscription(subscription, now=NOON)
    talks.set_status(talks.release, "in_progress")
    assert told_at(NOON + 3 * DAY) == []
    resume_subscription(subscription, now=NOON + 3 * DAY)
    assert len(told_at(NOON + 4 * DAY)) == 1


def test_a_webhook_has_no_windows(talks: Talks) -> None:
    from negotiations.models import Webhook

    webhook = Webhook.objects.create(user=talks.cast.lead, name="Desk", url="https://example.org/", secret="x")
    subscription = subscribe(talks.cast.lead, now=NOON, negotiation=talks.negotiation, webhook=webhook)
    talks.set_status(talks.release, "in_progress")
    swept()
    subscription.refresh_from_db()
    assert (subscription.channel, subscription.next_due_at) == (AlertChannel.WEBHOOK, None)


@pytest.mark.parametrize(("count", "batches"), [(4, 2), (10, 4)])
def test_closing_costs_batches_and_no_query_for_each(
    talks: Talks, count: int, batches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negotiations.digests.windows.BATCH", 3)
    for number in range(count):
        user = User.objects.create_user(f"reader-{number}", email=f"reader-{number}@example.org")
        subscribe(user, now=NOON, negotiation=talks.negotiation, rhythm=Rhythm.HOURLY)
    talks.set_status(talks.release, "in_progress")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert close_windows(NOON + HOUR) == count
    assert len(queries) <= 9 * batches


def test_at_once_gathers_for_a_moment_and_then_tells(talks: Talks) -> None:
    subscription = at_once(talks, least_urgency=Urgency.NOTABLE)
    talks.set_status(talks.release, "in_progress")
    talks.set_status(talks.release, "partly_met")
    swept()
    assert len(told_at(NOON)) == 1
    assert states(subscription) == [DeliveryState.SENT]


def test_at_once_is_not_woken_by_what_it_does_not_want(talks: Talks) -> None:
    subscriptions = [
        at_once(talks, least_urgency=Urgency.URGENT),
        at_once(talks, verbs=["claim.made"]),
        at_once(talks, subject=talks.withdrawal),
    ]
    talks.set_status(talks.release, "in_progress")
    swept()
    for subscription in subscriptions:
        subscription.refresh_from_db()
        assert subscription.next_due_at is None
