"""How lists of gates are narrowed."""

from __future__ import annotations

from negotiations.models import Actor, Condition, Phase
from negotiations.rules.codes import GateAuthority

from .item import ItemFilter
from .kinds import CodeFilter, SetFilter
from .related import RelatedFilter


class GateFilter(ItemFilter):
    """Gates: by phase, condition and who says so."""

    phase = RelatedFilter(Phase)
    condition = RelatedFilter(Condition)
    authority = CodeFilter(GateAuthority)
    asserted_by = RelatedFilter(Actor)
    is_withdrawn = SetFilter("withdrawn_at")
