"""The in-app inbox: what was told to a person there, and what of it they may still see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from negotiations.models import Delivery, Entry, User
from negotiations.rules.codes import AlertChannel, DeliveryState
from negotiations.rules.marking import Viewer

from .asked_for import asked_for, by_urgency
from .entry_lines import EntryLine, with_payload
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


@dataclass(frozen=True, slots=True)
class Shown:
    """The entries that a message shows, and by negotiation how many more were asked for than it has room for."""

    entries: list[Entry]
    more: Mapping[int, int]


def entries_of(delivery: Delivery, viewer: Viewer, *, besides: Iterable[int] = ()) -> Shown:
    """The entries of the window that were asked for and others besides, such as corrections; what the viewer sees.

    Where there is not room for all, every negotiation has its most urgent ones, the latest of several. Two
    queries, over however many negotiations the window reaches.
    """
    seen, others = Entry.objects.visible_to(viewer), list(besides)[:MOST]
    found = {entry.pk: entry for entry in with_payload(seen.filter(pk__in=others))} if others else {}
    counts: dict[int, int] = {}
    told: Counter[int | None] = Counter()
    for entry in with_payload(_first_of(delivery, seen)) if delivery.ranges else ():
        counts[entry.negotiation_id] = entry.count
        if entry.pk in found or len(found) < MOST:
            found[entry.pk] = entry
            told[entry.negotiation_id] += 1
    entries = sorted(found.values(), key=lambda entry: (entry.negotiation_id or 0, -entry.seq))
    return Shown(entries, {pk: count - told[pk] for pk, count in counts.items()})


def _first_of(delivery: Delivery, seen: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those asked for in the window, from each negotiation in turn; each knows the `count` of its negotiation."""
    stretches = (
        Q(negotiation=negotiation, seq__gt=after, seq__lte=upto)
        for negotiation, (after, upto) in sorted(delivery.ranges.items())
    )
    rows = asked_for(delivery.subscription, seen.filter(reduce(or_, stretches)))
    place = Window(RowNumber(), partition_by="negotiation_id", order_by=[by_urgency(), "-seq"])
    count = Window(Count("pk"), partition_by="negotiation_id")
    return rows.annotate(place=place, count=count).order_by("place", "negotiation_id")[:MOST]
