"""The books of alerts balance, and show it where something is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from negotiations.access.viewer import viewer_for
from negotiations.digests.deliver import deliver_due
from negotiations.digests.windows import close_windows
from negotiations.models import Delivery, Subscription
from negotiations.rules.codes import AlertChannel, DeliveryState, Urgency
from negotiations.selectors.reconciliation import balance, untold
from negotiations.services.fence import withhold_open
from negotiations.services.subscription import subscribe
from tests.factories import Talks

NOON = datetime(2100, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def subscription(shore: Talks) -> Subscription:
    """Two windows sent to the inbox."""
    made = subscribe(
        shore.cast.analyst,
        now=NOON,
        negotiation=shore.negotiation,
        channel=AlertChannel.INBOX,
        least_urgency=Urgency.NOTABLE,
    )
    for day, status in ((1, "in_progress"), (2, "partly_met")):
        shore.set_status(shore.release, status)
        close_windows(NOON + day * DAY)
        deliver_due(clock=lambda: NOON + 2 * DAY)
    return made


def test_every_window_has_one_outcome(subscription: Subscription) -> None:
    found = balance()
    assert (found.made, found.by_state, found.gaps, found.is_even) == (2, {DeliveryState.SENT: 2}, 0, True)


def test_what_is_on_its_way_counts_and_may_be_late(shore: Talks, subscription: Subscription) -> None:
    shore.set_status(shore.release, "reported_met")
    close_windows(NOON + 3 * DAY)
    found = balance(late_before=NOON + 4 * DAY)
    assert (found.open, found.late, found.is_even) == (1, 1, True)
    assert balance(late_before=NOON).late == 0


def test_a_delivery_that_vanished_is_missed(subscription: Subscription) -> None:
    Delivery.objects.filter(window=2).delete()
    assert not balance().is_even


def test_windows_that_do_not_join_are_found(shore: Talks, subscription: Subscription) -> None:
    last = Delivery.objects.get(window=2)
    ((key, (after, upto)),) = last.ranges.items()
    Delivery.objects.filter(pk=last.pk).update(ranges={key: [after + 1, upto]})
    assert (balance().gaps, balance().is_even) == (1, False)


def test_what_a_restore_skipped_is_no_gap(shore: Talks, subscription: Subscription) -> None:
    shore.set_status(shore.release, "reported_met")
    withhold_open(NOON + 3 * DAY)
    Delivery.objects.update(made_at=NOON + 2 * DAY)
    shore.set_status(shore.release, "in_progress")
    close_windows(NOON + 4 * DAY)
    Delivery.objects.filter(window=3).update(made_at=NOON + 4 * DAY)
    assert balance().gaps == 0


def test_what_was_wanted_and_not_told_is_named(shore: Talks, subscription: Subscription) -> None:
    delivery = Delivery.objects.get(window=1)
    viewer = viewer_for(shore.cast.analyst)
    assert untold(delivery, viewer) == []
    told, delivery.told = delivery.told, []
    assert untold(delivery, viewer) == told
