"""Forms on assessments: a dated outlook on a stated question, and how it turned out."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Assessment, Phase
from negotiations.rules.codes import RANGES, Likelihood, Trend
from negotiations.services.assessment import assess, edit_assessment, resolve_assessment

from .base import ItemForm, MarkedForm
from .fields import CodeField, LongText, MomentField, PickField, ShortText
from .step import Doing, Step, changes


class PercentField(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        widget = forms.NumberInput(attrs={"class": "inp num", "inputmode": "numeric"})
        super().__init__(**{"min_value": 1, "max_value": 99, "required": False, "widget": widget, **options})


class AssessmentForm(MarkedForm):
    FACTS = (
        "question", "question_ar", "phase", "resolves_at", "likelihood", "percent_low", "percent_high", "trend",
        "rationale", "rationale_ar", "assessed_at",
    )  # fmt: skip
    PAIRS = (
        ("question", "question_ar"),
        ("phase", "resolves_at"),
        ("likelihood", "percent_low", "percent_high"),
        ("trend", "assessed_at"),
        ("rationale", "rationale_ar"),
    )
    MOMENT = "assessed_at"

    question = ShortText(label=_("The question"), max_length=300, help_text=_("As in “phase two active by 31 January”"))
    question_ar = ShortText(label=_("The question in Arabic"), required=False, max_length=300)
    phase = PickField(Phase, label=_("Phase it speaks of"), required=False)
    resolves_at = MomentField(label=_("Known by"), required=False)
    likelihood = CodeField(Likelihood, label=_("Likelihood"))
    percent_low = PercentField(label=_("Percent, at least"), help_text=_("Left empty: the term’s own range"))
    percent_high = PercentField(label=_("Percent, at most"))
    trend = CodeField(Trend, label=_("Trend"))
    rationale = LongText(label=_("Why"), help_text=_("Likelihood only; confidence is not mixed into it"))
    rationale_ar = LongText(label=_("Why, in Arabic"), required=False)
    assessed_at = MomentField(label=_("Judged at"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = False
        terms = [(one.value, f"{one.label} ({RANGES[one][0]}–{RANGES[one][1]} %)") for one in Likelihood]
        self.fields["likelihood"].choices = terms  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        # What is left empty takes the range of the term.
        return {name: value for name, value in super().facts.items() if not (name in PERCENTS and value is None)}


PERCENTS = ("percent_low", "percent_high")


class AssessmentEditForm(ItemForm):
    FACTS = ("rationale", "rationale_ar", "resolves_at")

    rationale = LongText(label=_("Why"))
    rationale_ar = LongText(label=_("Why, in Arabic"), required=False)
    resolves_at = MomentField(label=_("Known by"), required=False)


class ResolveForm(ItemForm):
    FACTS = ("outcome",)

    outcome = forms.TypedChoiceField(
        label=_("Did it come true?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


def _assess(it: Doing) -> Any:
    return assess(act=it.act, negotiation=it.negotiation, author=it.user, **it.facts, **it.reach)


_step = partial(Step, noun="assessment")
STEPS = (
    _step(
        name="new",
        verb="assessment.made",
        title=_("Give an outlook"),
        button=_("Record the outlook"),
        form=AssessmentForm,
        run=_assess,
        warning=_("This is your own dated judgement and bears your name."),
    ),
    _step(
        name="edit",
        verb="assessment.edited",
        title=_("Edit the outlook"),
        button=_("Save changes"),
        form=AssessmentEditForm,
        run=changes(edit_assessment),
        on=Assessment,
    ),
    _step(
        name="resolve",
        verb="assessment.resolved",
        title=_("Record how it turned out"),
        button=_("Record the outcome"),
        form=ResolveForm,
        run=changes(resolve_assessment),
        on=Assessment,
        applies=lambda assessment: assessment.outcome is None,
    ),
)
