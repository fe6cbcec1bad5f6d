"""Forms on positions: where an actor stands, as a dated statement."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Condition, Dispute, Meeting, Position, Proposal
from negotiations.rules.codes import Channel, Stance
from negotiations.services.position import edit_position, place_position, state_position, withdraw_position

from .base import ItemForm, MarkedForm
from .claim import WithdrawForm
from .fields import NOTHING, CodeField, LanguageField, LongText, MomentField, PickField, ShortText
from .sourced import SourcedForm
from .step import Step, changes, creates

ABOUT = ("dispute", "condition", "proposal")


class PositionFields(SourcedForm):
    FACTS: ClassVar[tuple[str, ...]] = (
        "actor", "speaker", "stance", "stated_at", "dispute", "condition", "proposal", "summary", "summary_ar",
        "quote", "quote_language", "channel", "meeting",
    )  # fmt: skip
    PAIRS = (
        ("actor", "speaker"),
        ("stance", "stated_at"),
        ABOUT,
        ("summary", "summary_ar"),
        ("quote_language", "channel", "meeting"),
    )

    actor = PickField(Actor, label=_("Whose position"))
    speaker = ShortText(label=_("Speaker"), required=False, help_text=_("An office-holder acting in their role"))
    stance = CodeField(Stance, label=_("Stance"))
    stated_at = MomentField(label=_("Stated at"))
    dispute = PickField(Dispute, label=_("On the dispute"), required=False)
    condition = PickField(Condition, label=_("Or on the condition"), required=False)
    proposal = PickField(Proposal, label=_("Or on the proposal"), required=False)
    summary = ShortText(label=_("In one sentence"), max_length=300)
    summary_ar = ShortText(label=_("In Arabic"), required=False, max_length=300)
    quote = LongText(label=_("Passage, in its own language"), required=False, lines=2)
    quote_language = LanguageField(label=_("Language of the passage"), required=False, initial="")
    channel = CodeField(Channel, label=_("How it reached us"))
    meeting = PickField(Meeting, label=_("At the meeting"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["quote_language"].choices = [NOTHING, *LanguageField.named()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "dispute" in self.fields and sum(bool(data.get(name)) for name in ABOUT) != 1:
            self.add_error(
                "dispute", _("Choose one thing that the position is on: a dispute, a condition or a proposal.")
            )
        return data


class PositionForm(PositionFields, MarkedForm):
    MOMENT = "stated_at"


class PositionEditForm(PositionFields):
    FACTS = tuple(name for name in PositionFields.FACTS if name not in ("actor", *ABOUT))
    actor = None  # type: ignore[assignment]  # whose it is and on what are corrected, not edited
    dispute = None  # type: ignore[assignment]
    condition = None  # type: ignore[assignment]
    proposal = None  # type: ignore[assignment]


class PlacementForm(ItemForm):
    FACTS = ("placement",)

    placement = forms.TypedChoiceField(
        label=_("Where between the two ends"), coerce=int, choices=[(n, str(n)) for n in range(1, 6)]
    )


_step = partial(Step, noun="position")
STEPS = (
    _step(
        name="new",
        verb="position.stated",
        title=_("Record a position"),
        button=_("Record the position"),
        form=PositionForm,
        run=creates(state_position),
    ),
    _step(
        name="edit",
        verb="position.edited",
        title=_("Edit the position"),
        button=_("Save changes"),
        form=PositionEditForm,
        run=changes(edit_position),
        on=Position,
    ),
    _step(
        name="withdraw",
        verb="position.withdrawn",
        title=_("The position was taken back"),
        button=_("Record that it was withdrawn"),
        form=WithdrawForm,
        run=changes(withdraw_position),
        on=Position,
        applies=lambda position: position.withdrawn_at is None,
    ),
    _step(
        name="place",
        verb="position.placed",
        title=_("Place the position on the scale"),
        button=_("Place it"),
        form=PlacementForm,
        run=changes(place_position),
        on=Position,
        warning=_("This is your own dated judgement and bears your name."),
        applies=lambda position: position.dispute_id is not None and bool(position.dispute.pole_low),
    ),
)
