"""Where a reader left off in each negotiation, and how much they may see has happened since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from negotiations.history.both_clocks import told_in
from negotiations.history.moment import Moment
from negotiations.models import Entry, LastLook, Negotiation
from negotiations.rules.marking import Viewer

from .tombstones import tombstones

# Shortly after a visit was counted as seen, "since your last visit" still means the visit before it.
SAME_VISIT = timedelta(hours=1)


def last_look(viewer: Viewer, negotiation: Negotiation) -> LastLook | None:
    """Where the reader left off; None for nobody in particular and for who has never marked anything as seen."""
    if viewer.user_id is None:
        return None
    return LastLook.objects.filter(user_id=viewer.user_id, negotiation=negotiation).first()


def has_looked(viewer: Viewer) -> bool:
    """Whether the reader has marked anything as seen anywhere."""
    return viewer.user_id is not None and LastLook.objects.filter(user_id=viewer.user_id).exists()


def seen_before(look: LastLook, now: datetime) -> tuple[int, datetime]:
    """The place in the stream, and its moment, that "since your last visit" counts from."""
    if look.was_seen_at is not None and now - look.seen_at < SAME_VISIT:
        return look.was_seq, look.was_seen_at
    return look.seq, look.seen_at


def seen_by(look: LastLook, now: datetime) -> datetime:
    """When the last of what the reader has seen was told: what was told while they read is news to them."""
    seq, seen_at = seen_before(look, now)
    told = Entry.objects.filter(negotiation=look.negotiation_id, seq=seq).values_list("inserted_at", flat=True)
    return told.first() or seen_at


def unseen_counts(
    viewer: Viewer, negotiations: Iterable[Negotiation], moments: Mapping[int, Moment] | None = None
) -> dict[int, int]:
    """How much was told or taken from the reader since their last look: three queries for any number.

    Negotiations they never looked at are left out, and what they told themselves is no news. Only
    visible entries count and what was visible, so a hidden one moves no number. At a past moment what was
    so and known by then counts, and nothing that was taken.
    """
    if viewer.user_id is None:
        return {}
    rows = list(negotiations)
    looks = LastLook.objects.filter(user_id=viewer.user_id, negotiation__in=rows)
    seen = dict(looks.values_list("negotiation_id", "seq"))
    if not seen:
        return {}
    told = Entry.objects.visible_to(viewer).exclude(actor=viewer.user_id).filter(_after(seen, "seq"))
    if moments:
        told = told_in(told, {pk: moments[pk] for pk in seen})
    live = [row for row in rows if row.pk in seen and not (moments and moments[row.pk].is_past)]
    lost = tombstones(viewer, live).filter(_after(seen, "told_by__seq"))
    counts = Counter(_counted(told)) + Counter(_counted(lost))
    return {pk: counts[pk] for pk in seen}


def _after(seen: Mapping[int, int], place: str) -> Q:
    """In any of these negotiations behind the place that was seen there."""
    return reduce(or_, (Q(("negotiation", pk), (f"{place}__gt", seq)) for pk, seq in seen.items()))


def _counted(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("negotiation").annotate(Count("pk")))


def seen_upto(key: UUID, negotiation: Negotiation, viewer: Viewer) -> Entry | None:
    """The entry a reader has seen by its id, or the one that took something from them by the id of its tombstone.

    They do not see the latter: its place alone may be used. None where there is no such thing for them.
    """
    told = Entry.objects.visible_to(viewer).filter(negotiation=negotiation, public_id=key).first()
    if told is not None:
        return told
    lost = tombstones(viewer, [negotiation]).filter(public_id=key).select_related("told_by").first()
    return lost.told_by if lost else None


def newest_entries(viewer: Viewer, upto: Entry) -> list[Entry]:
    """The entry told last in each negotiation the reader may see, none of them after `upto`: one query."""
    told = Entry.objects.visible_to(viewer).filter(negotiation__isnull=False, inserted_at__lte=upto.inserted_at)
    return list(told.order_by("negotiation", "-seq").distinct("negotiation").select_related("negotiation"))
