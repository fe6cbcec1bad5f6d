"""Forms on claims: what somebody says of conditions."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Claim, Condition
from negotiations.rules.codes import ClaimKind
from negotiations.services.claim import edit_claim, make_claim, withdraw_claim

from .base import MarkedForm
from .fields import CodeField, LanguageField, LongText, MomentField, NumberField, PickField, PickManyField, ShortText
from .sourced import SourcedForm
from .step import Step, changes, creates


class ClaimFields(SourcedForm):
    """Who says what, of which conditions, with which measure."""

    FACTS: ClassVar[tuple[str, ...]] = (
        "claimant", "speaker", "kind", "said_at", "conditions", "text", "text_language", "text_ar",
        "value_low", "value_best", "value_high", "unit", "period_start", "period_end",
    )  # fmt: skip
    PAIRS = (
        ("claimant", "speaker"),
        ("kind", "said_at"),
        ("text_language", "text_ar"),
        ("value_low", "value_best", "value_high", "unit"),
        ("period_start", "period_end"),
    )

    claimant = PickField(Actor, label=_("Who says it"))
    speaker = ShortText(label=_("Speaker"), required=False, help_text=_("An office-holder acting in their role"))
    kind = CodeField(ClaimKind, label=_("What is said"))
    said_at = MomentField(label=_("Said at"))
    conditions = PickManyField(Condition, label=_("Conditions it speaks of"))
    text = LongText(label=_("In their words"))
    text_language = LanguageField(label=_("Language of the words"))
    text_ar = LongText(label=_("In Arabic"), required=False, lines=2)
    value_low = NumberField(label=_("At least"), required=False)
    value_best = NumberField(label=_("Best figure"), required=False)
    value_high = NumberField(label=_("At most"), required=False)
    unit = ShortText(label=_("Unit"), required=False, max_length=60)
    period_start = MomentField(label=_("Period from"), required=False)
    period_end = MomentField(label=_("Period to"), required=False)


class ClaimForm(ClaimFields, MarkedForm):
    MOMENT = "said_at"


class ClaimEditForm(ClaimFields):
    FACTS = tuple(name for name in ClaimFields.FACTS if name not in ("claimant", "conditions"))
    claimant = None  # type: ignore[assignment]  # who said it is corrected, not edited
    conditions = None  # type: ignore[assignment]


class WithdrawForm(SourcedForm):
    """A step that only says that something no longer stands."""


STEPS = (
    Step(
        noun="claim",
        name="new",
        verb="claim.made",
        title=_("Record a claim"),
        button=_("Record the claim"),
        form=ClaimForm,
        run=creates(make_claim),
    ),
    Step(
        noun="claim",
        name="edit",
        verb="claim.edited",
        title=_("Edit the claim"),
        button=_("Save changes"),
        form=ClaimEditForm,
        run=changes(edit_claim),
        on=Claim,
    ),
    Step(
        noun="claim",
        name="withdraw",
        verb="claim.withdrawn",
        title=_("The claimant took it back"),
        button=_("Record that it was withdrawn"),
        form=WithdrawForm,
        run=changes(withdraw_claim),
        on=Claim,
        applies=lambda claim: claim.withdrawn_at is None,
    ),
)
