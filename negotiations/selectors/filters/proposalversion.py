"""How lists of versions of proposals are narrowed."""

from __future__ import annotations

from negotiations.models import Proposal

from .item import ItemFilter
from .kinds import from_to
from .related import RelatedFilter


class ProposalVersionFilter(ItemFilter):
    """Versions of proposals: those of one, by when they were tabled."""

    proposal = RelatedFilter(Proposal)
    tabled_after, tabled_before = from_to("tabled_at")
    searched = ("text",)
