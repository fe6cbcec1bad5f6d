"""Positions: where actors stand, as dated statements."""

from __future__ import annotations

from dataclasses import replace

from negotiations.models import Actor, Condition, Dispute, Meeting, Position, Proposal
from negotiations.rules.codes import Channel, Stance
from negotiations.selectors.filters.position import PositionFilter

from ..pagination import Sort
from .field import Field, columns, labelled, made_of, one
from .resource import resource


def _placed(name: str) -> Field:
    """Part of an analyst's judgement of the gap; null unless the negotiation switched that on."""
    (plain,) = columns(Position, name)
    return replace(plain, value=lambda row, around: row[name] if around.reading.shows_gap else None)


RESOURCE = resource(
    Position,
    "positions",
    made_of(
        Position,
        columns(Position, "ref"),
        one("actor", Actor),
        one("dispute", Dispute),
        one("condition", Condition),
        one("proposal", Proposal),
        one("meeting", Meeting),
        labelled(Position, "stance", Stance),
        columns(Position, "summary", "summary_ar", "quote", "quote_language", "speaker"),
        labelled(Position, "channel", Channel),
        columns(Position, "stated_at", "withdrawn_at"),
        _placed("placement"),
        _placed("placed_at"),
    ),
    order=(Sort("stated_at", is_descending=True),),
    filters=PositionFilter,
)
