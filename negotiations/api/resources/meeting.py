"""Meetings: rounds, sessions and legs of a shuttle."""

from __future__ import annotations

from negotiations.models import Actor, Meeting
from negotiations.rules.codes import MeetingKind, TalksFormat
from negotiations.selectors.filters.meeting import MeetingFilter

from ..pagination import Sort
from .field import columns, labelled, made_of, many
from .resource import resource

RESOURCE = resource(
    Meeting,
    "meetings",
    made_of(
        Meeting,
        columns(Meeting, "ref"),
        labelled(Meeting, "kind", MeetingKind),
        columns(Meeting, "title", "title_ar", "place", "place_ar"),
        labelled(Meeting, "format", TalksFormat),
        many("participants", Actor),
        columns(Meeting, "agenda", "outcome", "outcome_ar", "starts_at", "ends_at"),
    ),
    order=(Sort("starts_at", is_descending=True),),
    filters=MeetingFilter,
)
