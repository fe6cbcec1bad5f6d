"""Entries about one item: the last that rests on sources, and the one that can be taken back."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from negotiations.models import Citation, Entry, Tracked
from negotiations.rules.marking import Viewer


def last_with_sources(item: Tracked, viewer: Viewer) -> QuerySet[Entry]:
    """The newest entry about the item that cites a source the reader may see: one row or none."""
    cited = Citation.objects.visible_to(viewer).filter(entry=OuterRef("pk"))
    entries = Entry.objects.visible_to(viewer).filter(Exists(cited), subject_id=item.public_id)
    return entries.order_by("-effective_at", "-seq")[:1]


def last_of(item: Tracked, viewer: Viewer) -> Entry | None:
    """The last entry that changed the item, as far as the reader may see; None where there is none."""
    entries = Entry.objects.visible_to(viewer).filter(subject_id=item.public_id, subject_version__isnull=False)
    return entries.order_by("-seq").first()
