"""How lists of disputes are narrowed."""

from __future__ import annotations

from negotiations.models import Condition, Phase
from negotiations.rules.codes import DisputeCategory, DisputeStatus, DisputeType, Rung

from .item import ItemFilter
from .kinds import CodeFilter, FlagFilter, SetFilter, from_to
from .related import RelatedFilter


class DisputeFilter(ItemFilter):
    """Disputes: by what they are about, how they stand and at which level."""

    status = CodeFilter(DisputeStatus)
    category = CodeFilter(DisputeCategory)
    type = CodeFilter(DisputeType)
    rung = CodeFilter(Rung)
    condition = RelatedFilter(Condition, "conditions")
    phase = RelatedFilter(Phase)
    # Computed, so that a list which knows the moment applies it.
    rests_on_retracted = FlagFilter()
    is_closed = SetFilter("closed_at")
    opened_after, opened_before = from_to("opened_at")
    searched = ("ref", "title", "title_ar", "question", "question_ar")
