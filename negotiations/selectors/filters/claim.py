"""How lists of claims are narrowed."""

from __future__ import annotations

from negotiations.models import Actor, Condition
from negotiations.rules.codes import ClaimKind

from .item import ItemFilter
from .kinds import CodeFilter, SetFilter, from_to
from .related import RelatedFilter


class ClaimFilter(ItemFilter):
    """Claims: by claimant, by what they speak about, and when they were made."""

    claimant = RelatedFilter(Actor)
    condition = RelatedFilter(Condition, "conditions")
    kind = CodeFilter(ClaimKind)
    is_withdrawn = SetFilter("withdrawn_at")
    said_after, said_before = from_to("said_at")
    searched = ("ref", "text", "text_ar", "speaker", "unit")
