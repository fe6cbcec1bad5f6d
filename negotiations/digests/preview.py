"""The next digest of a subscription as it would be written now, without sending or keeping anything."""

from __future__ import annotations

from datetime import datetime

from negotiations.models import Delivery, Stream, Subscription, SubscriptionPlace

from .letter import Letter, Press


def next_letter(subscription: Subscription, *, now: datetime) -> Letter | None:
    """The letter over everything recorded since its last window; None where there is nothing to tell yet."""
    delivery = Delivery(
        subscription=subscription,
        user=subscription.user,
        channel=subscription.channel,
        window=subscription.last_window + 1,
        ranges=open_ranges(subscription),
        due_at=subscription.next_due_at or now,
    )
    return Press([delivery], now=now).letter(delivery)


def open_ranges(subscription: Subscription) -> dict[str, list[int]]:
    """From where its last window ended in each stream to the stream's end; rights are asked by the letter."""
    places = dict(SubscriptionPlace.objects.filter(subscription=subscription).values_list("negotiation_id", "seq"))
    heads = Stream.objects.filter(negotiation__in=list(places)).values_list("negotiation_id", "head")
    return {str(negotiation): [places[negotiation], head] for negotiation, head in heads if negotiation}
