"""What every set of filters shares: who looks, where, and the same answer for the present and the past."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django.db.models import QuerySet

from negotiations.models import Negotiation
from negotiations.rules.codes import Marking
from negotiations.rules.marking import Viewer

from .kinds import CodeFilter, TextFilter

Told = Mapping[str, Any]


class ToldFilter(django_filters.FilterSet):  # type: ignore[misc]  # brings no types
    """Narrows rows as they are now, and says the same of values of the past."""

    @property
    def asked(self) -> dict[str, Any]:
        """The filters that the reader set, by name."""
        empty: tuple[Any, ...] = (None, "", [], ())
        return {name: value for name, value in self.form.cleaned_data.items() if value not in empty}

    def holds(self, told: Told) -> bool:
        """Whether a row with these values of the past is among those asked for."""
        return all(self.filters[name].holds(told, value) for name, value in self.asked.items())


class ItemFilter(ToldFilter):
    """Narrows visible rows of one negotiation; ask `is_valid()` first.

    `qs` holds the rows as they are now; `holds(told)` says the same of values of the past, as
    `states_at` returns them. A name of something hidden finds what a name of nothing finds: no rows.
    """

    q = TextFilter()
    marking = CodeFilter(Marking)

    # The told columns that `q` searches.
    searched: tuple[str, ...] = ()

    def __init__(
        self,
        data: Any = None,
        queryset: QuerySet[Any] | None = None,
        *,
        viewer: Viewer,
        negotiation: Negotiation,
        **more: Any,
    ) -> None:
        self.viewer, self.negotiation = viewer, negotiation
        super().__init__(data, queryset, **more)

    @property
    def zone(self) -> ZoneInfo:
        """A day means that day there."""
        return ZoneInfo(self.negotiation.time_zone)

    def flag(self, name: str) -> bool | None:
        """What was asked of something that is computed and no column, None for nothing."""
        found: bool | None = self.asked.get(name)
        return found
