"""The in-app inbox: what was told to a person there, and what of it they may still see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from negotiations.models import Delivery, Entry, User
from negotiations.rules.alerts import reaches, urgency_of
from negotiations.rules.codes import AlertChannel, DeliveryState
from negotiations.rules.marking import Viewer

from .entry_lines import EntryLine, with_payload
from .matching import wanted_entries
from .subscription_words import what_words, when_words
from .subscriptions import About, abouts

# More than that many changes are read on the pages of the negotiation.
MOST = 200
NO_FIRSTS: Mapping[int, EntryLine] = {}


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One message of the inbox in its list; it counts nothing, for what may be seen of it can change.

    `first` is what it tells first to whoever reads the list now.
    """

    public_id: UUID
    about: About
    kind: str
    at: datetime
    is_unread: bool
    first: EntryLine | None = None


def inbox_of(user: User) -> QuerySet[Delivery]:
    """Everything that reached the person's inbox, unread first, then newest first."""
    rows = Delivery.objects.filter(user=user, channel=AlertChannel.INBOX, state=DeliveryState.SENT)
    rows = rows.select_related("subscription", "subscription__negotiation", "subscription__view")
    return rows.order_by(F("read_at").asc(nulls_first=True), "-pk")


def unread_of(user_id: int) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        user_id=user_id, channel=AlertChannel.INBOX, state=DeliveryState.SENT, read_at__isnull=True
    )


def unread_count(viewer: Viewer) -> int:
    """How many messages the reader has not opened; no query for nobody."""
    return unread_of(viewer.user_id).count() if viewer.user_id is not None else 0


def message_of(user: User, public_id: UUID) -> Delivery | None:
    """The person's own message; somebody else's is as unknown as none."""
    return inbox_of(user).select_related("edition").filter(public_id=public_id).first()


def inbox_lines(
    rows: Iterable[Delivery], viewer: Viewer, firsts: Mapping[int, EntryLine] = NO_FIRSTS
) -> list[InboxLine]:
    found = list(rows)
    about = abouts([row.subscription for row in found], viewer)
    return [
        InboxLine(
            row.public_id,
            about[row.subscription_id],
            f"{what_words(row.subscription)} · {when_words(row.subscription)}",
            row.settled_at or row.due_at,
            row.read_at is None,
            firsts.get(row.pk),
        )
        for row in found
    ]


def entries_of(delivery: Delivery, viewer: Viewer, *, besides: Iterable[int] = ()) -> list[Entry]:
    """The entries of the window that were asked for and others besides, such as corrections; what the viewer sees.

    Two queries, over however many negotiations the window reaches.
    """
    seen, others = Entry.objects.visible_to(viewer), list(besides)
    found = {entry.pk: entry for entry in with_payload(seen.filter(pk__in=others))} if others else {}
    least = delivery.subscription.least_urgency
    for entry in with_payload(seen.filter(pk__in=first_of(delivery, seen))) if delivery.ranges else ():
        if reaches(urgency_of(entry.verb, entry.payload.changes), least):
            found[entry.pk] = entry
    return sorted(found.values(), key=lambda entry: (entry.negotiation_id or 0, -entry.seq))[:MOST]


def first_of(delivery: Delivery, seen: QuerySet[Entry]) -> QuerySet[Entry, Any]:
    """The keys of the first entries of each negotiation in the window, among those seen and asked for."""
    stretches = (
        Q(negotiation=negotiation, seq__gt=after, seq__lte=upto)
        for negotiation, (after, upto) in sorted(delivery.ranges.items())
    )
    wanted = wanted_entries(delivery.subscription, seen.filter(reduce(or_, stretches)))
    place = Window(RowNumber(), partition_by="negotiation_id", order_by="seq")
    return wanted.annotate(place=place).filter(place__lte=MOST).values("pk")
