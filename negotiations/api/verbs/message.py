"""Verbs on messages: the shuttle log."""

from __future__ import annotations

from rest_framework import serializers

from negotiations.models import Message, Negotiation
from negotiations.services.message import answer_message, carry_message, edit_message

from .body import Edit, NewItem, Told
from .fields import Moment, text
from .verb import Verb

WORDS = ("subject", "subject_ar", "text", "text_ar", "meeting", "dispute")


class MessageWrite(Edit):
    """What was carried."""

    class Meta:
        model = Message
        fields = WORDS


class MessageNew(NewItem):
    """What was carried from whom to whom; TLP:AMBER unless you say otherwise."""

    carried_at = Moment(is_past=True)

    class Meta:
        model = Message
        fields = ("carrier", "sender", "recipient", *WORDS, "carried_at")


class MessageAnswer(Told):
    """What came back."""

    answer = serializers.CharField(max_length=8000)
    answer_ar = text(8000)
    answered_at = Moment(is_past=True)


VERBS = (
    Verb(
        name="message.carried",
        on=Negotiation,
        makes=Message,
        body=MessageNew,
        run=lambda call: carry_message(negotiation=call.negotiation, **call.made),
        dated_by="carried_at",
        summary="Log what was carried from one side to another",
        example={
            "carrier": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
            "sender": "0b0a6c1e-5a39-4e1c-8a43-6a4a1f1f7f10",
            "recipient": "d3a5c1aa-7f57-4f43-9f1f-0b6d8a4d2b7e",
            "subject": "Maps of the northern posts",
            "carried_at": "2025-11-05T12:00:00Z",
            "reason": "Carried by hand.",
        },
    ),
    Verb(
        name="message.answered",
        on=Message,
        path="answer",
        body=MessageAnswer,
        run=lambda call: answer_message(call.item, **call.amended),
        summary="Log what came back",
        example={"answer": "They will send a map of their own.", "answered_at": "2025-11-06T09:00:00Z"},
    ),
    Verb(
        name="message.edited",
        on=Message,
        body=MessageWrite,
        run=lambda call: edit_message(call.item, **call.amended),
        summary="Edit what was carried",
        example={"dispute": "D1", "reason": "It concerns the line."},
    ),
)
