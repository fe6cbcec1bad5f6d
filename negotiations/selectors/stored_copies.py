"""The copies of a source that a member may fetch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from negotiations.models import Source, StoredCopy
from negotiations.rules.marking import Viewer


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy as a page lists it; `size` in bytes."""

    public_id: UUID
    name: str
    media_type: str
    size: int
    uploaded_at: datetime
    uploaded_by: str


def copies_of(source: Source, *, viewer: Viewer) -> tuple[CopyLine, ...]:
    """What was kept of a source, newest first; nothing for who is no member."""
    rows = StoredCopy.objects.visible_to(viewer).filter(source=source.pk)
    return tuple(
        CopyLine(row.public_id, row.name, row.media_type, row.size, row.uploaded_at, str(row.uploaded_by))
        for row in rows.select_related("uploaded_by").order_by("-uploaded_at", "-pk")
    )
