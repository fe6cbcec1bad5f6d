"""How lists of third parties are narrowed."""

from __future__ import annotations

from negotiations.models import Actor
from negotiations.rules.codes import ThirdPartyRole

from .item import ItemFilter
from .kinds import CodeFilter
from .related import RelatedFilter


class ThirdPartyFilter(ItemFilter):
    """Third parties: by actor and role."""

    actor = RelatedFilter(Actor)
    role = CodeFilter(ThirdPartyRole)
    searched = ("represented_by",)
