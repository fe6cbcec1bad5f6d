"""What the cast is told of, with a first digest that is due at once, so that a newcomer finds one in the mailbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from negotiations.models import Negotiation, Stream, Subscription, SubscriptionPlace, User
from negotiations.rules.codes import AlertChannel, Rhythm, Urgency
from negotiations.services.subscription import subscribe

# How far a first digest reaches back: what was recorded last.
LAST = 40
NIGHT = {"quiet_from": time(22), "quiet_until": time(7), "breaks_quiet": Urgency.URGENT}


@dataclass(frozen=True, slots=True)
class Wish:
    """One alert of one of the cast; `is_first` has it due at once."""

    username: str
    channel: AlertChannel
    rhythm: Rhythm
    is_first: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


WISHES = (
    Wish("lead", AlertChannel.EMAIL, Rhythm.WEEKDAYS, is_first=True, more={"tells_nothing": True}),
    Wish("lead", AlertChannel.INBOX, Rhythm.AT_ONCE, more={"least_urgency": Urgency.URGENT}),
    Wish("mediator", AlertChannel.EMAIL, Rhythm.AT_ONCE, more=NIGHT),
    Wish("mediator-south", AlertChannel.EMAIL, Rhythm.DAILY, is_first=True),
    Wish("analyst", AlertChannel.EMAIL, Rhythm.DAILY, is_first=True),
    Wish("analyst", AlertChannel.INBOX, Rhythm.AT_ONCE, is_first=True),
    Wish("reader", AlertChannel.EMAIL, Rhythm.WEEKLY, is_first=True),
)


def subscribe_cast(people: Mapping[str, User], negotiation: Negotiation, *, now: datetime) -> None:
    """Give the cast their alerts about a negotiation, in its zone."""
    for wish in WISHES:
        row = subscribe(
            people[wish.username], now=now, negotiation=negotiation, channel=wish.channel, rhythm=wish.rhythm,
            time_zone=negotiation.time_zone, **wish.more,
        )  # fmt: skip
        if wish.is_first:
            have_due(row, negotiation, now)


def have_due(row: Subscription, negotiation: Negotiation, now: datetime) -> None:
    """Begin its first window before what was recorded last, and have it closed at once."""
    head = Stream.objects.values_list("head", flat=True).get(negotiation=negotiation)
    SubscriptionPlace.objects.filter(subscription=row, negotiation=negotiation).update(seq=max(head - LAST, 0))
    Subscription.objects.filter(pk=row.pk).update(next_due_at=now)
