"""How lists of phases are narrowed."""

from __future__ import annotations

from negotiations.models import Actor
from negotiations.rules.codes import PhaseStatus

from .item import ItemFilter
from .kinds import CodeFilter, FlagFilter, from_to
from .related import RelatedFilter


class PhaseFilter(ItemFilter):
    """Phases: by assessed and by declared status, and when they began."""

    status = CodeFilter(PhaseStatus)
    declared_status = CodeFilter(PhaseStatus)
    declared_by = RelatedFilter(Actor)
    started_after, started_before = from_to("started_at")
    ended_after, ended_before = from_to("ended_at")
    # Computed, so that a list which knows the moment applies it.
    rests_on_retracted = FlagFilter()
    searched = ("title", "title_ar", "summary", "summary_ar")
