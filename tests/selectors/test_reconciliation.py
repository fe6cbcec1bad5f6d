"""The books of alerts balance, and show it where something is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.access.viewer import viewer_for
from negotiations.digests.deliver import deliver_due
from negotiations.digests.windows import close_windows
from negotiations.models import Books, Delivery, Subscription
from negotiations.rules.codes import AlertChannel, DeliveryState, Urgency
from negotiations.selectors.reconciliation import GAPS, balance, untold
from negotiations.services.books import SETTLED_AFTER, look_through
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


def test_what_was_looked_through_is_not_read_again_and_what_was_found_stays(
    shore: Talks, subscription: Subscription
) -> None:
    last = Delivery.objects.get(window=2)
    ((key, (after, upto)),) = last.ranges.items()
    Delivery.objects.filter(pk=last.pk).update(ranges={key: [after + 1, upto]})
    assert look_through(NOON + 3 * DAY) > 0
    Delivery.objects.filter(pk=last.pk).update(ranges=last.ranges)
    assert (balance().gaps, look_through(NOON + 3 * DAY)) == (1, 0)


def test_a_window_after_what_was_looked_through_still_has_to_join_it(shore: Talks, subscription: Subscription) -> None:
    look_through(NOON + 3 * DAY)
    shore.set_status(shore.release, "reported_met")
    close_windows(NOON + 4 * DAY)
    assert balance().gaps == 0
    Delivery.objects.filter(window=3).update(ranges={str(shore.negotiation.pk): [0, 99]})
    assert balance().gaps == 1


def test_what_is_new_may_still_be_written_and_is_looked_through_later(subscription: Subscription) -> None:
    made = Delivery.objects.latest("made_at").made_at
    assert look_through(made + SETTLED_AFTER / 2) == 0
    assert look_through(made + SETTLED_AFTER * 2) > 0


def more_windows(subscription: Subscription, count: int) -> None:
    """Windows that join, as an alert of years has them."""
    last = Delivery.objects.filter(subscription=subscription).latest("window")
    ((key, (_after, upto)),) = last.ranges.items()
    Delivery.objects.bulk_create(
        Delivery(
            subscription=subscription, user=last.user, channel=last.channel, window=last.window + step,
            ranges={key: [upto + step - 1, upto + step]}, state=DeliveryState.SENT, due_at=NOON,
        )
        for step in range(1, count + 1)
    )  # fmt: skip
    Subscription.objects.filter(pk=subscription.pk).update(last_window=last.window + count)


def rows_read_for_gaps() -> int:
    """How many deliveries the database reads to say whether windows join, by its own account."""
    mark = Books.objects.get().upto
    with connection.cursor() as cursor:
        # So small a table is read from end to end otherwise.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {GAPS}", [mark, None, None])
        (plan,) = cursor.fetchone()[0]
    return rows_of(plan["Plan"])


def rows_of(node: dict[str, Any]) -> int:
    read = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    own = read * node["Actual Loops"] if "delivery" in node.get("Relation Name", "") else 0
    return round(own) + sum(rows_of(part) for part in node.get("Plans", ()))


def test_a_long_history_costs_no_more_than_a_short_one(shore: Talks, subscription: Subscription) -> None:
    """The same two new windows, after 2 deliveries and after 200."""
    costs = []
    for history in (0, 200):
        more_windows(subscription, history)
        look_through(NOON + 3 * DAY)
        more_windows(subscription, 2)
        with CaptureQueriesContext(connection) as asked:
            assert balance().is_even
        costs.append((len(asked), rows_read_for_gaps()))
    assert costs == [(4, 4), (4, 4)]


def test_what_was_wanted_and_not_told_is_named(shore: Talks, subscription: Subscription) -> None:
    delivery = Delivery.objects.get(window=1)
    viewer = viewer_for(shore.cast.analyst)
    assert untold(delivery, viewer) == []
    told, delivery.edition = delivery.told, None
    assert untold(delivery, viewer) == told
