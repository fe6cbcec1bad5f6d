"""How the list of negotiations is narrowed."""

from __future__ import annotations

from typing import Any

import django_filters

from negotiations.rules.codes import CeasefireClass, CoverageArea, NegotiationStatus, Sides, TalksFormat

from .kinds import CodeFilter, TextFilter


class NegotiationFilter(django_filters.FilterSet):  # type: ignore[misc]  # brings no types
    """Negotiations: by status, format, class, and words."""

    q = TextFilter()
    status = CodeFilter(NegotiationStatus)
    talks_format = CodeFilter(TalksFormat)
    ceasefire_class = CodeFilter(CeasefireClass)
    sides = CodeFilter(Sides)
    coverage_area = CodeFilter(CoverageArea)

    searched: tuple[str, ...] = ("slug", "title", "title_ar", "summary", "summary_ar", "purpose")

    def holds(self, told: dict[str, Any]) -> bool:
        """Whether a negotiation with these facts, of now or of the past, is among those asked for."""
        asked = {name: value for name, value in self.form.cleaned_data.items() if value}
        return all(self.filters[name].holds(told, value) for name, value in asked.items())
