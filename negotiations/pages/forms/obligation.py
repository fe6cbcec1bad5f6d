"""Forms on what the text obliges: adding a condition, its terms, and a finding that a party rejects."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Clause, Condition, Party, Phase, ThirdParty, User
from negotiations.rules.codes import AgreementState, Anchor, Comparator, ConditionCategory, ConditionKind, QuantityPer
from negotiations.services.condition import add_condition, edit_condition, reject_finding

from .base import StructureForm
from .fields import (
    NOTHING,
    CodeField,
    DaysField,
    LongText,
    MomentField,
    NumberField,
    PickField,
    PickManyField,
    ShortText,
)
from .sourced import SourcedForm
from .step import Step, changes, creates_part

SPECIFIC = ((1, _("An aim without a mechanism")), (2, _("A general mechanism")), (3, _("Detailed and enforceable")))


class ObligationFields(SourcedForm):
    """What is owed, by whom, to whom, how much, by when, and who keeps it current."""

    FACTS = (
        "phase", "clause", "title", "title_ar", "text", "text_ar", "kind", "category", "obligors", "beneficiary",
        "verifier", "agreement_state", "specificity", "target", "comparator", "unit", "unit_ar", "per", "ratio_to",
        "tolerance", "due_anchor", "due_at", "due_phase", "due_condition", "due_offset", "extended_to", "long_stop_at",
        "review_interval", "owner", "corresponds_to",
    )  # fmt: skip
    PAIRS = (
        ("phase", "clause"),
        ("title", "title_ar"),
        ("text", "text_ar"),
        ("kind", "category"),
        ("beneficiary", "verifier"),
        ("agreement_state", "specificity"),
        ("target", "comparator", "unit", "unit_ar"),
        ("per", "ratio_to", "tolerance"),
        ("due_anchor", "due_at", "due_offset"),
        ("due_phase", "due_condition"),
        ("extended_to", "long_stop_at"),
        ("review_interval", "owner"),
    )

    phase = PickField(Phase, label=_("Phase"))
    clause = PickField(Clause, label=_("Clause"), required=False)
    title = ShortText(label=_("Title"))
    title_ar = ShortText(label=_("Title in Arabic"), required=False)
    text = LongText(label=_("What the text requires"), required=False)
    text_ar = LongText(label=_("In Arabic"), required=False)
    kind = CodeField(ConditionKind, label=_("Kind"), initial=ConditionKind.MILESTONE)
    category = CodeField(ConditionCategory, label=_("Category"))
    obligors = PickManyField(Party, label=_("Owed by"))
    beneficiary = PickField(Party, label=_("Owed to"), required=False)
    verifier = PickField(ThirdParty, label=_("Verifier"), required=False)
    agreement_state = CodeField(AgreementState, label=_("Wording"), initial=AgreementState.AGREED)
    specificity = forms.TypedChoiceField(
        label=_("How specific"), choices=[NOTHING, *SPECIFIC], coerce=int, empty_value=None, required=False
    )
    target = NumberField(label=_("Target"), required=False)
    comparator = CodeField(Comparator, label=_("Comparison"), required=False)
    unit = ShortText(label=_("Unit"), required=False, max_length=60)
    unit_ar = ShortText(label=_("Unit in Arabic"), required=False, max_length=60)
    per = CodeField(QuantityPer, label=_("Counted"), required=False)
    ratio_to = PickField(Condition, label=_("For each unit of"), required=False)
    tolerance = NumberField(label=_("Tolerance"), required=False)
    due_anchor = CodeField(Anchor, label=_("Due, counted from"), required=False)
    due_at = MomentField(label=_("At"), required=False)
    due_offset = DaysField(label=_("Days after"), required=False)
    due_phase = PickField(Phase, label=_("Start of the phase"), required=False)
    due_condition = PickField(Condition, label=_("The condition met"), required=False)
    extended_to = MomentField(label=_("Extended to"), required=False)
    long_stop_at = MomentField(label=_("Long stop"), required=False)
    review_interval = DaysField(label=_("Check every so many days"), required=False, min_value=1)
    owner = PickField(User, label=_("Kept current by"), required=False)
    corresponds_to = PickField(Condition, label=_("Resembles, in the earlier attempt"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        earlier = Condition.objects.visible_to(self.viewer).filter(negotiation=self.negotiation.preceded_by_id)
        self.fields["corresponds_to"].queryset = earlier.order_by("pk")  # type: ignore[attr-defined]
        self.fields["reason"].required = False


class ObligationForm(ObligationFields, StructureForm):
    """A new condition; where it stands is not assessed yet."""


class ObligationEditForm(ObligationFields):
    """The terms of a condition; where it stands has a form of its own."""


class RejectForm(SourcedForm):
    FACTS = ("party",)
    NAMES = {**SourcedForm.NAMES, "finding_rejected_by": "party"}

    party = PickField(Party, label=_("Which party rejects the finding"))


_step = partial(Step, noun="condition")
STEPS = (
    _step(
        name="new",
        verb="condition.added",
        title=_("Add a condition"),
        button=_("Add the condition"),
        form=ObligationForm,
        run=creates_part(add_condition),
    ),
    _step(
        name="edit",
        verb="condition.edited",
        title=_("Edit the condition"),
        button=_("Save changes"),
        form=ObligationEditForm,
        run=changes(edit_condition),
        on=Condition,
        warning=_("This changes what the text is said to require. Where it stands has a form of its own."),
    ),
    _step(
        name="reject",
        verb="condition.finding_rejected",
        title=_("A party rejects the finding"),
        button=_("Record the rejection"),
        form=RejectForm,
        run=changes(reject_finding),
        on=Condition,
        warning=_("The status does not move by it."),
        applies=lambda condition: bool(condition.verified_by),
    ),
)
