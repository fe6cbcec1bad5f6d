"""How lists of positions are narrowed."""

from __future__ import annotations

from negotiations.models import Actor, Condition, Dispute, Meeting, Proposal
from negotiations.rules.codes import Channel, Stance

from .item import ItemFilter
from .kinds import CodeFilter, SetFilter, from_to
from .related import RelatedFilter


class PositionFilter(ItemFilter):
    """Positions: by actor, by what they are on, and when they were stated."""

    actor = RelatedFilter(Actor)
    dispute = RelatedFilter(Dispute)
    condition = RelatedFilter(Condition)
    proposal = RelatedFilter(Proposal)
    meeting = RelatedFilter(Meeting)
    stance = CodeFilter(Stance)
    channel = CodeFilter(Channel)
    is_withdrawn = SetFilter("withdrawn_at")
    stated_after, stated_before = from_to("stated_at")
    searched = ("ref", "summary", "summary_ar", "quote", "speaker")
