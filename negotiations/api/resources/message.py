"""Messages: what was carried from one side to another, and what came back."""

from __future__ import annotations

from negotiations.models import Actor, Dispute, Meeting, Message
from negotiations.selectors.filters.message import MessageFilter

from ..pagination import Sort
from .field import columns, made_of, one
from .resource import resource

RESOURCE = resource(
    Message,
    "messages",
    made_of(
        Message,
        columns(Message, "ref"),
        one("carrier", Actor),
        one("sender", Actor),
        one("recipient", Actor),
        columns(Message, "subject", "subject_ar", "text", "text_ar", "answer", "answer_ar"),
        columns(Message, "carried_at", "answered_at"),
        one("meeting", Meeting),
        one("dispute", Dispute),
        columns(Message, "is_illustrative"),
    ),
    order=(Sort("carried_at", is_descending=True),),
    filters=MessageFilter,
)
