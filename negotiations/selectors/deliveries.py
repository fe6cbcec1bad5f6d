"""The delivery log: what was due to a person, by which way, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from negotiations.models import Delivery, User
from negotiations.rules.codes import AlertChannel, DeliveryState
from negotiations.rules.marking import Viewer

from .alert_operations import trouble_words
from .subscription_words import sentence_of
from .subscriptions import About, abouts


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One delivery as its owner reads it.

    `since` is when the window before it was closed, or the wish began: together with `until` it says in
    moments what the window was, which is kept in numbers that never leave the building.
    """

    public_id: UUID
    subscription_id: UUID
    about: About
    why: str
    channel: str
    channel_label: str
    state: str
    state_label: str
    definition: str
    due_at: datetime
    since: datetime
    until: datetime
    attempts: int
    settled_at: datetime | None
    message_id: str
    address: str
    marking: str
    trouble: str


def deliveries_of(user: User) -> QuerySet[Delivery]:
    """Everything that was due to the person, newest first, each with the end of the window before it."""
    before = Delivery.objects.filter(subscription=OuterRef("subscription"), window=OuterRef("window") - 1)
    rows = Delivery.objects.filter(user=user).annotate(since=Subquery(before.values("made_at")[:1]))
    named = ("subscription", "subscription__negotiation", "subscription__view")
    return rows.select_related(*named).order_by("-pk")


def delivery_of(user: User, public_id: UUID) -> Delivery | None:
    """The person's own delivery; somebody else's is as unknown as none."""
    return deliveries_of(user).filter(public_id=public_id).first()


def delivery_lines(rows: Iterable[Delivery], viewer: Viewer) -> list[DeliveryLine]:
    """The log in words, with what each was about under the reader's rights of now."""
    found = list(rows)
    about = abouts([row.subscription for row in found], viewer)
    return [_line(row, about[row.subscription_id]) for row in found]


def _line(row: Delivery, about: About) -> DeliveryLine:
    state, channel = DeliveryState(row.state), AlertChannel(row.channel)
    return DeliveryLine(
        public_id=row.public_id,
        subscription_id=row.subscription.public_id,
        about=about,
        why=sentence_of(row.subscription),
        channel=channel,
        channel_label=channel.label,
        state=state,
        state_label=state.label,
        definition=state.definition,
        due_at=row.due_at,
        since=getattr(row, "since", None) or row.subscription.created_at,
        until=row.made_at,
        attempts=row.attempts,
        settled_at=row.settled_at,
        message_id=row.message_id,
        address=row.address,
        marking=row.marking,
        trouble=trouble_words(row.trouble),
    )
