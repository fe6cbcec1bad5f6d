"""How lists of responses to proposals are narrowed."""

from __future__ import annotations

from negotiations.models import Party
from negotiations.rules.codes import ResponseKind

from .item import ItemFilter
from .kinds import CodeFilter, from_to
from .related import RelatedFilter


class ResponseFilter(ItemFilter):
    """Responses: by party and kind."""

    party = RelatedFilter(Party)
    kind = CodeFilter(ResponseKind)
    responded_after, responded_before = from_to("responded_at")
    searched = ("text",)
