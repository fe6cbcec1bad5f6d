"""Verbs on the seats of actors: parties and third parties."""

from __future__ import annotations

from typing import Any

from negotiations.models import Actor, Negotiation, Party, ThirdParty

from .act import Act
from .record import add, amend


def seat_party(*, act: Act, negotiation: Negotiation, actor: Actor, **fields: Any) -> Party:
    """Seat an actor as one of the sides."""
    return add(Party(negotiation=negotiation, actor=actor, **fields), "party.seated", act=act)


def edit_party(party: Party, *, act: Act, version: int | None, **fields: Any) -> Party:
    return amend(party, "party.edited", act=act, version=version, **fields)


def seat_third_party(*, act: Act, negotiation: Negotiation, actor: Actor, role: str, **fields: Any) -> ThirdParty:
    """Seat an actor in one role of an outsider; an actor may hold several, each with a row."""
    seat = ThirdParty(negotiation=negotiation, actor=actor, role=role, **fields)
    return add(seat, "thirdparty.seated", act=act)


def edit_third_party(third_party: ThirdParty, *, act: Act, version: int | None, **fields: Any) -> ThirdParty:
    return amend(third_party, "thirdparty.edited", act=act, version=version, **fields)
