"""What the record tells of one item."""

from __future__ import annotations

from negotiations.history.both_clocks import told_by
from negotiations.models import Entry, MarkedItem

from .entry_lines import EntryLine, entry_lines, with_payload
from .scene import Scene


def item_history(scene: Scene, item: MarkedItem) -> list[EntryLine]:
    """The visible entries about an item that were so by the scene's moment, newest first."""
    entries = told_by(Entry.objects.visible_to(scene.viewer).filter(subject_id=item.public_id), scene.moment)
    return entry_lines(with_payload(entries.order_by("-effective_at", "-seq")), viewer=scene.viewer, scene=scene)
