"""How lists of links are narrowed."""

from __future__ import annotations

from negotiations.models import Condition
from negotiations.rules.codes import LinkType

from .item import ItemFilter
from .kinds import CodeFilter, SetFilter
from .related import RelatedFilter


class LinkFilter(ItemFilter):
    """Links: by type and by either end."""

    type = CodeFilter(LinkType)
    condition = RelatedFilter(Condition)
    other = RelatedFilter(Condition)
    is_withdrawn = SetFilter("withdrawn_at")
