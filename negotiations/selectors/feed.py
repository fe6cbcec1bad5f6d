"""The record in the order in which it was written, as one reader may follow it.

Registry entries about actors and organisations are no part of it: they belong to no negotiation,
and their order would tell of others.
"""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.models import Entry, Negotiation, Stream, Tombstone
from negotiations.rules.marking import Viewer

from .entry_lines import with_payload
from .feed_cursor import cursor_at, read_cursor
from .tombstones import tombstones

# More than that many changes are "many": nobody reads a larger number off a page.
COUNTED = 100


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A stretch of the record: entries, and tombstones of what was taken from this reader, in order.

    `latest` is the cursor behind its last row; on an empty page the one that was asked with.
    """

    rows: tuple[Entry | Tombstone, ...]
    latest: str
    has_more: bool


def feed_page(negotiation: Negotiation, *, viewer: Viewer, after: str = "", limit: int) -> FeedPage:
    """The next rows behind a cursor. Raises CursorRefused or CursorOutdated.

    Numbers are given while the stream is locked, so what is up to its head is all there: whoever
    follows from `latest` to `latest` misses nothing and gets nothing twice.
    """
    start, last = read_cursor(negotiation, viewer, after)
    stream, head = Stream.objects.values_list("pk", "head").get(negotiation=negotiation)
    told = Entry.objects.visible_to(viewer).filter(stream=stream, seq__gt=start, seq__lte=head)
    lost = tombstones(viewer, [negotiation]).filter(told_by__seq__gt=start, told_by__seq__lte=head)
    rows: list[Entry | Tombstone] = [*with_payload(told).select_related("access").order_by("seq")[: limit + 1]]
    rows += lost.select_related("told_by").order_by("told_by__seq")[: limit + 1]
    rows = sorted(rows, key=place_of)[: limit + 1]
    shown = rows[:limit]
    return FeedPage(
        rows=tuple(shown),
        latest=cursor_at(negotiation, viewer, shown[-1].public_id if shown else last),
        has_more=len(rows) > limit,
    )


def place_of(row: Entry | Tombstone) -> int:
    """Where a row stands in its stream; it never leaves the building."""
    return row.told_by.seq if isinstance(row, Tombstone) else row.seq


def latest_cursor(negotiation: Negotiation, viewer: Viewer) -> str:
    """The cursor behind everything the reader may see now."""
    told = Entry.objects.visible_to(viewer).filter(negotiation=negotiation).order_by("-seq")
    return cursor_at(negotiation, viewer, told.values_list("public_id", flat=True).first())


def changes_since(negotiation: Negotiation, *, viewer: Viewer, after: str) -> int:
    """How many entries the reader may see behind a cursor, at most COUNTED; tombstones are no news."""
    start, _last = read_cursor(negotiation, viewer, after)
    told = Entry.objects.visible_to(viewer).filter(negotiation=negotiation, seq__gt=start)
    return len(told.values_list("pk")[:COUNTED])
