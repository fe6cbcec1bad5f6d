"""Verbs on messages: the shuttle log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from negotiations.models import Actor, Message, Negotiation
from negotiations.rules.codes import Marking

from .act import Act
from .record import add, amend


def carry_message(
    *,
    act: Act,
    negotiation: Negotiation,
    carrier: Actor,
    sender: Actor,
    recipient: Actor,
    subject: str,
    carried_at: datetime,
    marking: str = Marking.AMBER,
    **fields: Any,
) -> Message:
    """Log what a mediator carried from whom to whom; TLP:AMBER unless the caller says otherwise."""
    message = Message(
        negotiation=negotiation,
        carrier=carrier,
        sender=sender,
        recipient=recipient,
        subject=subject,
        carried_at=carried_at,
        marking=marking,
        **fields,
    )
    return add(message, "message.carried", act=act)


def answer_message(
    message: Message, *, act: Act, version: int | None, answer: str, answered_at: datetime, **fields: Any
) -> Message:
    """Log what came back."""
    return amend(
        message, "message.answered", act=act, version=version, answer=answer, answered_at=answered_at, **fields
    )


def edit_message(message: Message, *, act: Act, version: int | None, **fields: Any) -> Message:
    return amend(message, "message.edited", act=act, version=version, **fields)
