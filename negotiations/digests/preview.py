"""The next digest before it is sent."""

from __future__ import annotations

from datetime import datetime

from negotiations.models import Delivery, Stream, Subscription

from .letter import Letter, Press


def next_letter(subscription: Subscription, *, now: datetime) -> Letter | None:
    """The letter that would be sent if it were due now; None where nothing would be."""
    heads = dict(Stream.objects.filter(negotiation__isnull=False).values_list("negotiation_id", "head"))
    ranges = {str(p.negotiation_id): [p.seq, heads.get(p.negotiation_id, p.seq)] for p in subscription.places.all()}
    delivery = Delivery(
        subscription=subscription,
        user=subscription.user,
        channel=subscription.channel,
        window=subscription.last_window + 1,
        ranges=ranges,
        due_at=now,
    )
    return Press().letter(delivery)
