"""The record of a negotiation, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet

from negotiations.history.both_clocks import told_by
from negotiations.models import Entry, Negotiation
from negotiations.rules.marking import Viewer

from .entry_lines import EntryLine, entry_lines, with_payload
from .scene import Scene

PAGE, CHUNK = 30, 500
NEWEST = ("-effective_at", "-seq")
# Without a time in it, so that the same page has the same bytes.
SIGNER = signing.Signer(salt="record-page")


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A stretch of the record and the way to the next, older one."""

    lines: tuple[EntryLine, ...]
    next_cursor: str

    @property
    def has_backfill(self) -> bool:
        return any(line.is_backfilled for line in self.lines)


def record_page(scene: Scene, *, after: str = "", entry: str = "") -> RecordPage:
    """The entries that were so and known by the scene's moment, older than the cursor's, or from `entry` on.

    An unreadable cursor, and an entry that this reader may not see, start anew. The cursor names the
    last entry by its public id: neither numbers nor counts leave the building.
    """
    negotiation, viewer = scene.negotiation, scene.viewer
    entries = record_then(scene)
    if last := _last(after, negotiation, viewer):
        entries = entries.filter(_older(last))
    elif first := _named(entry, negotiation, viewer):
        entries = entries.filter(_older(first) | Q(pk=first.pk))
    rows = list(with_payload(entries.order_by(*NEWEST))[: PAGE + 1])
    shown = rows[:PAGE]
    cursor = SIGNER.sign(str(shown[-1].public_id)) if len(rows) > PAGE else ""
    return RecordPage(tuple(entry_lines(shown, viewer=viewer, scene=scene)), cursor)


def record_then(scene: Scene) -> QuerySet[Entry]:
    """Every entry that was so and known by the scene's moment, as far as its reader may see."""
    return told_by(Entry.objects.visible_to(scene.viewer).filter(negotiation=scene.negotiation), scene.moment)


def in_pieces(entries: QuerySet[Entry]) -> Iterator[list[Entry]]:
    """All of the entries in the order of the page, at most CHUNK at a time, however many there are."""
    rest = with_payload(entries.order_by(*NEWEST))
    some = list(rest[:CHUNK])
    while some:
        yield some
        some = list(rest.filter(_older(some[-1]))[:CHUNK]) if len(some) == CHUNK else []


def _older(than: Entry) -> Q:
    return Q(effective_at__lt=than.effective_at) | Q(effective_at=than.effective_at, seq__lt=than.seq)


def _last(cursor: str, negotiation: Negotiation, viewer: Viewer) -> Entry | None:
    if not cursor:
        return None
    try:
        return _named(SIGNER.unsign(cursor), negotiation, viewer)
    except signing.BadSignature:
        return None


def _named(text: str, negotiation: Negotiation, viewer: Viewer) -> Entry | None:
    try:
        key = UUID(text)
    except ValueError:
        return None
    return Entry.objects.visible_to(viewer).filter(negotiation=negotiation, public_id=key).first()
