"""What a reader watches: for the button beside it, and for the side bar with what is new in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from negotiations.models import Entry, LastLook, MarkedItem, Negotiation, Subscription
from negotiations.rules.codes import AlertChannel
from negotiations.rules.marking import Viewer

from .subscriptions import WATCHED, About, about_item

Key = tuple[str, UUID | None]


@dataclass(frozen=True, slots=True)
class WatchedItem:
    """A phase, condition or dispute that somebody watches, with how many changes of it they have not seen."""

    about: About
    unseen: int


def watched(viewer: Viewer) -> QuerySet[Subscription]:
    """The reader's living wishes for all of an item, by mail or inbox: what the button began."""
    living = Subscription.objects.filter(user=viewer.user_id, ended_at__isnull=True, verbs=[], view__isnull=True)
    return living.filter(negotiation__isnull=False).exclude(channel=AlertChannel.WEBHOOK)


def watched_keys(viewer: Viewer, negotiation: Negotiation) -> set[Key]:
    """The items of a negotiation that the reader watches, ("", None) for the whole; nothing for nobody."""
    if viewer.user_id is None:
        return set()
    return set(watched(viewer).filter(negotiation=negotiation).values_list("subject_type", "subject_id"))


def key_of(subject: Negotiation | MarkedItem) -> Key:
    return ("", None) if isinstance(subject, Negotiation) else (subject.noun(), subject.public_id)


def watched_items(
    viewer: Viewer, keys: Iterable[tuple[int, str, UUID]], negotiations: Sequence[Negotiation]
) -> list[WatchedItem]:
    """The watched items that the reader may still see, by negotiation and ref; one query a kind and two for news."""
    within = {one.pk: one for one in negotiations}
    wanted: defaultdict[str, set[UUID]] = defaultdict(set)
    for _negotiation, noun, key in keys:
        wanted[noun].add(key)
    rows: list[MarkedItem] = []
    for noun, ids in wanted.items():
        if (kind := WATCHED.get(noun)) is not None:
            visible = kind._default_manager.visible_to(viewer)
            rows += visible.filter(public_id__in=ids, negotiation__in=within)
    unseen = unseen_of(viewer, rows)
    lines = [WatchedItem(about_item(row, within[row.negotiation_id]), unseen.get(row.public_id, 0)) for row in rows]
    return sorted(lines, key=lambda line: (line.about.within, line.about.noun, line.about.ref))


def unseen_of(viewer: Viewer, rows: Sequence[MarkedItem]) -> dict[UUID, int]:
    """How many visible entries on each item were told since the reader's last look at its negotiation."""
    if not rows:
        return {}
    looks = LastLook.objects.filter(user=viewer.user_id, negotiation__in={row.negotiation_id for row in rows})
    seen = dict(looks.values_list("negotiation_id", "seq"))
    ids = [row.public_id for row in rows if row.negotiation_id in seen]
    if not ids:
        return {}
    since = reduce(or_, (Q(negotiation=pk, seq__gt=seq) for pk, seq in seen.items()))
    told = Entry.objects.visible_to(viewer).filter(since, subject_id__in=ids).exclude(actor=viewer.user_id)
    return dict(told.order_by().values_list("subject_id").annotate(Count("pk")))
