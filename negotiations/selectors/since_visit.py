"""The few latest changes for the overview: those since the reader's last visit, else simply the newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from negotiations.history.both_clocks import told_by
from negotiations.models import Entry

from .changes import Since
from .entry_lines import EntryLine, entry_lines, with_payload
from .last_look import last_look, seen_before
from .overview import latest_entries
from .scene import Scene

FEW = 7


@dataclass(frozen=True, slots=True)
class SinceVisit:
    """Lines with how many there are since the visit.

    `seen_at` is None for who has never marked anything as seen; `newest` is what marking as seen
    would reach to, None for who cannot.
    """

    lines: tuple[EntryLine, ...]
    seen_at: datetime | None
    total: int
    newest: UUID | None

    @property
    def is_news(self) -> bool:
        return self.seen_at is not None and self.total > 0


def since_visit(scene: Scene, *, now: datetime) -> SinceVisit:
    """What is new to this reader; a past moment has no news."""
    entries = told_by(Entry.objects.visible_to(scene.viewer).filter(negotiation=scene.negotiation), scene.moment)
    look = None if scene.moment.is_past else last_look(scene.viewer, scene.negotiation)
    newest = None
    if scene.viewer.user_id is not None and not scene.moment.is_past:
        newest = entries.order_by("-seq").values_list("public_id", flat=True).first()
    total, seen_at = 0, None
    if look is not None:
        seq, seen_at = seen_before(look, now)
        told = Since("visit", seen_at, seq).limit(entries)
        total = told.count()
        if total:
            rows = with_payload(told.order_by("-recorded_at", "-seq"))[:FEW]
            return SinceVisit(tuple(entry_lines(rows, viewer=scene.viewer)), seen_at, total, newest)
    lines = latest_entries([scene.negotiation], scene, limit=FEW)
    return SinceVisit(tuple(lines), seen_at, total, newest)
