"""How lists of sources are narrowed."""

from __future__ import annotations

from negotiations.rules.codes import Reliability, SourceKind

from .item import ItemFilter
from .kinds import CodeFilter, SetFilter, from_to


class SourceFilter(ItemFilter):
    """Sources: by kind, grade, origin and when they appeared."""

    kind = CodeFilter(SourceKind)
    reliability = CodeFilter(Reliability)
    is_retracted = SetFilter("retracted_at")
    published_after, published_before = from_to("published_at")
    searched = ("ref", "publisher", "title", "title_ar", "url", "origin", "attribution")
