"""A restored backup sends nothing old: it knows that it is another database, and begins anew from now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from negotiations.digests.deliver import deliver_due
from negotiations.digests.windows import close_windows
from negotiations.models import Delivery, Fence, OutboxRow, Stream, Subscription, Webhook, WebhookDelivery
from negotiations.rules.codes import AlertChannel, DeliveryState, Rhythm
from negotiations.services.fence import keep_fence, withhold_open
from negotiations.services.outbox import sweep
from negotiations.services.subscription import subscribe
from tests.factories import Talks

NOON = datetime(2100, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(talks: Talks) -> Subscription:
    """A delivery on its way, a webhook's as well, and an entry that the outbox has not told of."""
    user = talks.cast.analyst
    subscription = subscribe(
        user, now=NOON, negotiation=talks.negotiation, channel=AlertChannel.INBOX, rhythm=Rhythm.DAILY
    )
    talks.set_status(talks.release, "in_progress")
    close_windows(NOON + DAY)
    webhook = Webhook.objects.create(user=user, name="Desk", url="https://example.org/", secret="x")
    WebhookDelivery.objects.create(webhook=webhook, entry=talks.negotiation.entries.latest("pk"))
    talks.set_status(talks.release, "partly_met")
    return subscription


def elsewhere() -> None:
    """As if the database had been restored into another one."""
    Fence.objects.update_or_create(pk=1, defaults={"identity": "7000000000000000000/5/16384"})


def test_a_new_database_is_taken_for_what_it_is(waiting: Subscription) -> None:
    Fence.objects.all().delete()
    assert keep_fence(NOON + DAY)
    assert keep_fence(NOON + DAY)
    assert Delivery.objects.get().state == DeliveryState.WAITING


def test_a_restored_one_withholds_what_was_open(waiting: Subscription) -> None:
    elsewhere()
    assert not keep_fence(NOON + DAY)
    assert Delivery.objects.get().state == DeliveryState.WITHHELD
    assert Delivery.objects.get().trouble == "restored"
    assert WebhookDelivery.objects.get().state == DeliveryState.WITHHELD
    assert not OutboxRow.objects.filter(done_at__isnull=True).exists()
    assert deliver_due(clock=lambda: NOON + DAY) == 0


def test_it_sends_nothing_of_before_and_everything_of_afterwards(talks: Talks, waiting: Subscription) -> None:
    elsewhere()
    keep_fence(NOON + DAY)
    assert close_windows(NOON + 3 * DAY) == 0
    talks.set_status(talks.release, "reported_met")
    assert close_windows(NOON + 4 * DAY) == 1
    entries = talks.negotiation.entries.order_by("-seq")
    assert Delivery.objects.latest("window").ranges == {str(talks.negotiation.pk): [entries[1].seq, entries[0].seq]}


def test_it_falls_due_from_now_on(waiting: Subscription) -> None:
    elsewhere()
    keep_fence(NOON + 100 * DAY)
    waiting.refresh_from_db()
    assert waiting.next_due_at is not None
    assert NOON + 100 * DAY < waiting.next_due_at <= NOON + 101 * DAY


def test_after_that_it_is_the_database_it_says(waiting: Subscription) -> None:
    elsewhere()
    keep_fence(NOON + DAY)
    assert keep_fence(NOON + DAY)


def test_a_restore_command_may_ask_for_it_itself(waiting: Subscription) -> None:
    assert withhold_open(NOON + DAY) == 2
    assert withhold_open(NOON + DAY) == 0
    assert keep_fence(NOON + DAY)
    assert sweep() == 0


def test_who_is_told_of_everything_is_told_nothing_old_either(talks: Talks) -> None:
    subscription = subscribe(talks.cast.lead, now=timezone.now(), channel=AlertChannel.INBOX)
    subscription.places.all().delete()
    withhold_open(NOON)
    assert subscription.places.get().seq == Stream.objects.get(negotiation=talks.negotiation).head
