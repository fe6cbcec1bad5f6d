"""Forms on meetings: rounds, sessions and shuttle legs."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Meeting
from negotiations.rules.codes import MeetingKind, TalksFormat
from negotiations.services.meeting import edit_meeting, hold_meeting

from .base import MarkedForm
from .fields import CodeField, LongText, MomentField, PickManyField, ShortText
from .sourced import SourcedForm
from .step import Step, changes, creates


class MeetingFields(SourcedForm):
    FACTS = (
        "kind", "format", "title", "title_ar", "starts_at", "ends_at", "place", "place_ar", "participants", "agenda",
        "outcome", "outcome_ar",
    )  # fmt: skip
    PAIRS = (
        ("kind", "format"),
        ("title", "title_ar"),
        ("starts_at", "ends_at"),
        ("place", "place_ar"),
        ("outcome", "outcome_ar"),
    )

    kind = CodeField(MeetingKind, label=_("Kind"))
    format = CodeField(TalksFormat, label=_("Format"), required=False)
    title = ShortText(label=_("Title"))
    title_ar = ShortText(label=_("Title in Arabic"), required=False)
    starts_at = MomentField(label=_("Starts"))
    ends_at = MomentField(label=_("Ends"), required=False)
    place = ShortText(label=_("Place"), required=False, max_length=160)
    place_ar = ShortText(label=_("Place in Arabic"), required=False, max_length=160)
    participants = PickManyField(Actor, label=_("Who takes part"))
    agenda = LongText(label=_("Agenda"), required=False)
    outcome = LongText(label=_("Outcome"), required=False)
    outcome_ar = LongText(label=_("Outcome in Arabic"), required=False)


class MeetingForm(MeetingFields, MarkedForm):
    MOMENT = "starts_at"
    MAY_BE_AHEAD = True


class MeetingEditForm(MeetingFields):
    """The facts of a meeting and what came of it."""


_step = partial(Step, noun="meeting")
STEPS = (
    _step(
        name="new",
        verb="meeting.held",
        title=_("Record a meeting"),
        button=_("Record the meeting"),
        form=MeetingForm,
        run=creates(hold_meeting),
    ),
    _step(
        name="edit",
        verb="meeting.edited",
        title=_("Edit the meeting"),
        button=_("Save changes"),
        form=MeetingEditForm,
        run=changes(edit_meeting),
        on=Meeting,
    ),
)
