"""The next digest of a subscription as it would be written now, without sending or keeping anything."""

from __future__ import annotations

from datetime import datetime

from negotiations.models import Delivery, Subscription

from .letter import Letter, Press
from .windows import open_ranges


def next_letter(subscription: Subscription, *, now: datetime) -> Letter | None:
    """The letter over everything recorded since its last window; None where there is nothing to tell yet."""
    delivery = Delivery(
        subscription=subscription,
        user=subscription.user,
        channel=subscription.channel,
        window=subscription.last_window + 1,
        ranges=open_ranges([subscription])[subscription.pk],
        due_at=subscription.next_due_at or now,
    )
    return Press([delivery], now=now).letter(delivery)
