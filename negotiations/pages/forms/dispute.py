"""Forms on disputes: opening one, where it stands, and the level it is dealt with at."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from negotiations.models import Condition, Dispute, Phase
from negotiations.rules.codes import DisputeCategory, DisputeStatus, DisputeType, Rung
from negotiations.services.dispute import change_dispute_status, edit_dispute, move_dispute, open_dispute

from .base import StructureForm
from .fields import CodeField, LongText, MomentField, PickField, PickManyField, ShortText
from .sourced import SourcedForm
from .step import Step, changes, creates


class DisputeFields(SourcedForm):
    """What is disagreed about, and what it touches."""

    FACTS = (
        "title", "title_ar", "question", "question_ar", "category", "type", "opened_at", "conditions", "phase",
        "pole_low", "pole_high", "pole_low_ar", "pole_high_ar",
    )  # fmt: skip
    PAIRS = (
        ("title", "title_ar"),
        ("question", "question_ar"),
        ("category", "type"),
        ("opened_at", "phase"),
        ("pole_low", "pole_high"),
        ("pole_low_ar", "pole_high_ar"),
    )

    title = ShortText(label=_("Title"))
    title_ar = ShortText(label=_("Title in Arabic"), required=False)
    question = LongText(label=_("The question, so that a stance on it reads right"), required=False, lines=2)
    question_ar = LongText(label=_("The question in Arabic"), required=False, lines=2)
    category = CodeField(DisputeCategory, label=_("Subject matter"))
    type = CodeField(DisputeType, label=_("What kind of disagreement"))
    opened_at = MomentField(label=_("Open since"))
    conditions = PickManyField(Condition, label=_("Conditions it touches"))
    phase = PickField(Phase, label=_("Phase it touches"), required=False)
    pole_low = ShortText(label=_("One end of the scale"), required=False, max_length=120)
    pole_high = ShortText(label=_("The other end"), required=False, max_length=120)
    pole_low_ar = ShortText(label=_("One end, in Arabic"), required=False, max_length=120)
    pole_high_ar = ShortText(label=_("The other end, in Arabic"), required=False, max_length=120)


class DisputeForm(DisputeFields, StructureForm):
    MOMENT = "opened_at"


class DisputeEditForm(DisputeFields):
    """The words of a dispute and what it touches."""


class DisputeStatusForm(SourcedForm):
    FACTS = ("status", "outcome")

    status = CodeField(DisputeStatus, label=_("Where it stands"))
    outcome = LongText(label=_("Outcome"), required=False, lines=2)


class DisputeMoveForm(SourcedForm):
    FACTS = ("rung", "rung_due_at")
    PAIRS = (("rung", "rung_due_at"),)

    rung = CodeField(Rung, label=_("Level it is dealt with at"))
    rung_due_at = MomentField(label=_("Clock of that level runs out"), required=False)


_step = partial(Step, noun="dispute")
STEPS = (
    _step(
        name="new",
        verb="dispute.opened",
        title=_("Open a dispute"),
        button=pgettext_lazy("button", "Open the dispute"),
        form=DisputeForm,
        run=creates(open_dispute),
    ),
    _step(
        name="edit",
        verb="dispute.edited",
        title=_("Edit the dispute"),
        button=_("Save changes"),
        form=DisputeEditForm,
        run=changes(edit_dispute),
        on=Dispute,
    ),
    _step(
        name="status",
        verb="dispute.status_changed",
        title=_("Change where the dispute stands"),
        button=_("Save status"),
        form=DisputeStatusForm,
        run=changes(change_dispute_status),
        on=Dispute,
        warning=_("“Resolved” and “withdrawn” close it. Deferred and dormant disputes still hold what they hold."),
    ),
    _step(
        name="move",
        verb="dispute.escalated",
        title=_("Move the dispute to another level"),
        button=_("Move it"),
        form=DisputeMoveForm,
        run=changes(move_dispute),
        on=Dispute,
    ),
)
