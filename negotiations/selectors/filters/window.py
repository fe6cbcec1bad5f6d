"""How lists of windows are narrowed."""

from __future__ import annotations

from negotiations.models import Phase

from .item import ItemFilter
from .kinds import from_to
from .related import RelatedFilter


class WindowFilter(ItemFilter):
    """Windows: by phase, and when they open and close."""

    phase = RelatedFilter(Phase)
    opens_after, opens_before = from_to("opens_at")
    closes_after, closes_before = from_to("closes_at")
    searched = ("ref", "title", "title_ar", "reason", "reason_ar")
