"""How lists of meetings are narrowed."""

from __future__ import annotations

from negotiations.models import Actor
from negotiations.rules.codes import MeetingKind, TalksFormat

from .item import ItemFilter
from .kinds import CodeFilter, from_to
from .related import RelatedFilter


class MeetingFilter(ItemFilter):
    """Meetings: by kind, format, who took part and when."""

    kind = CodeFilter(MeetingKind)
    talks_format = CodeFilter(TalksFormat, "format")
    participant = RelatedFilter(Actor, "participants")
    starts_after, starts_before = from_to("starts_at")
    searched = ("ref", "title", "title_ar", "place", "place_ar", "agenda", "outcome", "outcome_ar")
