"""How lists of incidents are narrowed."""

from __future__ import annotations

from negotiations.models import Actor, Condition
from negotiations.rules.codes import IncidentStatus, IncidentType, Severity

from .item import ItemFilter
from .kinds import CodeFilter, FlagFilter, from_to
from .related import RelatedFilter


class IncidentFilter(ItemFilter):
    """Incidents: by type and status, by who alleges and of whom, when and over which condition."""

    type = CodeFilter(IncidentType)
    status = CodeFilter(IncidentStatus)
    severity = CodeFilter(Severity)
    condition = RelatedFilter(Condition, "conditions")
    alleged_by = RelatedFilter(Actor)
    alleged_responsible = RelatedFilter(Actor)
    found_by = RelatedFilter(Actor)
    # Computed, so that a list which knows the moment applies it.
    rests_on_retracted = FlagFilter()
    happened_after, happened_before = from_to("happened_at")
    searched = ("ref", "title", "title_ar", "text", "text_ar", "place", "place_ar", "finding")
