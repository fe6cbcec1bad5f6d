"""Verbs on positions: dated statements that stay."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from negotiations.models import Actor, Negotiation, Position

from .act import Act
from .citing import check_cited
from .record import add, amend, writing


def state_position(
    *,
    act: Act,
    negotiation: Negotiation,
    actor: Actor,
    stance: str,
    summary: str,
    stated_at: datetime,
    **fields: Any,
) -> Position:
    """Record where an actor stands on a dispute, a condition or a proposal; earlier positions stay."""
    position = Position(
        negotiation=negotiation, actor=actor, stance=stance, summary=summary, stated_at=stated_at, **fields
    )
    check_cited(position, act)
    return add(position, "position.stated", act=act)


def edit_position(position: Position, *, act: Act, version: int | None, **fields: Any) -> Position:
    return amend(position, "position.edited", act=act, version=version, **fields)


def withdraw_position(position: Position, *, act: Act, version: int | None) -> Position:
    """Take a statement back; it stays readable as withdrawn, and the one before it is current again."""
    with writing(position.negotiation, act) as record:
        saved = record.lock(position, version)
        record.change(saved, "position.withdrawn", withdrawn_at=record.effective_at)
        return saved


def place_position(position: Position, *, act: Act, version: int | None, placement: int) -> Position:
    """Judge where between the dispute's poles the position lies; the judgement bears the actor's name."""
    with writing(position.negotiation, act) as record:
        saved = record.lock(position, version, {"placement": placement})
        record.change(saved, "position.placed", placement=placement, placed_by=act.actor, placed_at=record.effective_at)
        return saved
