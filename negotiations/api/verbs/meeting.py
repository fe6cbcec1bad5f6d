"""Verbs on meetings."""

from __future__ import annotations

from negotiations.models import Meeting, Negotiation
from negotiations.services.meeting import edit_meeting, hold_meeting

from .body import Edit, NewItem
from .verb import Verb


class MeetingWrite(Edit):
    """A round, a session or a leg of a shuttle."""

    class Meta:
        model = Meeting
        fields = (
            "kind", "title", "title_ar", "place", "place_ar", "format", "participants", "agenda", "outcome",
            "outcome_ar", "starts_at", "ends_at",
        )  # fmt: skip


class MeetingNew(NewItem):
    """A new round, session or leg of a shuttle."""

    class Meta(MeetingWrite.Meta):
        pass


VERBS = (
    Verb(
        name="meeting.held",
        on=Negotiation,
        makes=Meeting,
        body=MeetingNew,
        run=lambda call: hold_meeting(negotiation=call.negotiation, **call.made),
        summary="Record a meeting",
        example={
            "kind": "round",
            "title": "First round",
            "place": "Egret Island",
            "format": "proximity",
            "participants": ["5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d"],
            "starts_at": "2025-11-05T08:00:00Z",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="meeting.edited",
        on=Meeting,
        body=MeetingWrite,
        run=lambda call: edit_meeting(call.item, **call.amended),
        summary="Edit a meeting",
        example={"outcome": "Adjourned until Thursday.", "ends_at": "2025-11-05T17:00:00Z", "reason": "It ended."},
    ),
)
