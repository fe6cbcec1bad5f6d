"""How the list of negotiations is narrowed."""

from __future__ import annotations

from negotiations.rules.codes import CeasefireClass, CoverageArea, NegotiationStatus, Sides, TalksFormat

from .item import ToldFilter
from .kinds import CodeFilter, NamedFilter, TextFilter


class NegotiationFilter(ToldFilter):
    """Negotiations: by status and what it rests on, format, class, and words."""

    q = TextFilter()
    status = CodeFilter(NegotiationStatus)
    talks_format = CodeFilter(TalksFormat)
    ceasefire_class = CodeFilter(CeasefireClass)
    sides = CodeFilter(Sides)
    coverage_area = CodeFilter(CoverageArea)
    rests_on_retracted = NamedFilter()

    searched: tuple[str, ...] = ("slug", "title", "title_ar", "summary", "summary_ar", "purpose")
