"""How lists of proposals are narrowed."""

from __future__ import annotations

from negotiations.models import Actor, Dispute, Meeting

from .item import ItemFilter
from .kinds import SetFilter
from .related import RelatedFilter


class ProposalFilter(ItemFilter):
    """Proposals: by who tabled them and over what."""

    tabled_by = RelatedFilter(Actor)
    dispute = RelatedFilter(Dispute)
    meeting = RelatedFilter(Meeting)
    is_withdrawn = SetFilter("withdrawn_at")
    searched = ("ref", "title", "title_ar")
