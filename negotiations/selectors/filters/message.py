"""How lists of messages are narrowed."""

from __future__ import annotations

from negotiations.models import Actor, Dispute, Meeting

from .item import ItemFilter
from .kinds import SetFilter, from_to
from .related import RelatedFilter


class MessageFilter(ItemFilter):
    """Messages of the shuttle: by carrier, from whom, to whom, over what."""

    carrier = RelatedFilter(Actor)
    sender = RelatedFilter(Actor)
    recipient = RelatedFilter(Actor)
    meeting = RelatedFilter(Meeting)
    dispute = RelatedFilter(Dispute)
    is_answered = SetFilter("answered_at")
    carried_after, carried_before = from_to("carried_at")
    searched = ("ref", "subject", "subject_ar", "text", "text_ar", "answer", "answer_ar")
