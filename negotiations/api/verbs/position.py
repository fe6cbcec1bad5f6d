"""Verbs on positions: dated statements that stay."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from negotiations.models import Negotiation, Position
from negotiations.services.position import edit_position, place_position, state_position, withdraw_position

from .body import Edit, NewItem, Told
from .fields import Moment
from .verb import Verb

WORDS = ("stance", "summary", "summary_ar", "quote", "quote_language", "speaker", "channel", "meeting")
ABOUT = ("dispute", "condition", "proposal")


class PositionWrite(Edit):
    """How a position was put."""

    class Meta:
        model = Position
        fields = WORDS


class PositionNew(NewItem):
    """Where an actor stands on a dispute, a condition or a proposal."""

    stated_at = Moment(is_past=True)

    class Meta:
        model = Position
        fields = ("actor", *ABOUT, *WORDS, "stated_at")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(attrs.get(name) is not None for name in ABOUT) != 1:
            raise serializers.ValidationError({"dispute": _("Name one dispute, one condition or one proposal.")})
        return attrs


class PlacementWrite(Told):
    """Where between the dispute's poles the position lies, in your judgement."""

    placement = serializers.IntegerField(min_value=1, max_value=5)


VERBS = (
    Verb(
        name="position.stated",
        on=Negotiation,
        makes=Position,
        body=PositionNew,
        run=lambda call: state_position(negotiation=call.negotiation, **call.made),
        dated_by="stated_at",
        summary="Record where an actor stands",
        description="Earlier positions stay; the latest that a reader may see is the current one.",
        example={
            "actor": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
            "dispute": "D1",
            "stance": "accepts_with_conditions",
            "summary": "The line may follow the river if the bridge stays open.",
            "stated_at": "2025-11-03T15:00:00Z",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="position.edited",
        on=Position,
        body=PositionWrite,
        run=lambda call: edit_position(call.item, **call.amended),
        summary="Edit how a position was put",
        example={"speaker": "The foreign minister", "reason": "Named in the transcript."},
    ),
    Verb(
        name="position.withdrawn",
        on=Position,
        path="withdraw",
        body=Told,
        run=lambda call: withdraw_position(call.item, **call.amended),
        summary="Record that a position was taken back",
        description="It stays readable as withdrawn; the one before it is current again.",
        example={"reason": "The ministry called the report of it a mistake."},
    ),
    Verb(
        name="position.placed",
        on=Position,
        path="place",
        body=PlacementWrite,
        run=lambda call: place_position(call.item, **call.amended),
        summary="Judge where between the dispute's poles it lies",
        description="The judgement bears your name and its date.",
        example={"placement": 3, "reason": "It takes up one of the two conditions."},
    ),
)
