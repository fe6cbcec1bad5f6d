"""How lists of parties are narrowed."""

from __future__ import annotations

from negotiations.models import Actor

from .item import ItemFilter
from .related import RelatedFilter


class PartyFilter(ItemFilter):
    """Parties: by the actor in the seat."""

    actor = RelatedFilter(Actor)
    searched = ("represented_by",)
