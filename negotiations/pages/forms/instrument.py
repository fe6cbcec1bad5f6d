"""Forms on instruments and their clauses: the agreement texts themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Clause, Instrument
from negotiations.rules.codes import InstrumentKind
from negotiations.services.instrument import add_clause, add_instrument, edit_clause, edit_instrument

from .base import ItemForm, StructureForm
from .fields import CodeField, LanguageField, LongText, MomentField, PickField, PickManyField, ShortText
from .step import Doing, Step, changes, creates


class InstrumentFields(ItemForm):
    FACTS: ClassVar[tuple[str, ...]] = (
        "kind", "dated_on", "title", "title_ar", "signatories", "in_force_from", "in_force_until", "amends", "replaces",
        "url",
    )  # fmt: skip
    PAIRS = (
        ("kind", "dated_on"),
        ("title", "title_ar"),
        ("in_force_from", "in_force_until"),
        ("amends", "replaces"),
    )

    kind = CodeField(InstrumentKind, label=_("Kind"))
    dated_on = forms.DateField(
        label=_("Dated"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "inp"}, format="%Y-%m-%d"),
    )
    title = ShortText(label=_("Title"), max_length=300)
    title_ar = ShortText(label=_("Title in Arabic"), required=False, max_length=300)
    signatories = PickManyField(Actor, label=_("Signed by"))
    in_force_from = MomentField(label=_("In force from"), required=False)
    in_force_until = MomentField(label=_("In force until"), required=False)
    amends = PickField(Instrument, label=_("Amends"), required=False)
    replaces = PickField(Instrument, label=_("Replaces"), required=False)
    url = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = False


class InstrumentForm(InstrumentFields, StructureForm):
    """A text that binds or proposes to bind."""


class InstrumentEditForm(InstrumentFields):
    FACTS = tuple(name for name in InstrumentFields.FACTS if name != "signatories")
    signatories = None  # type: ignore[assignment]  # who signed is corrected, not edited


class ClauseFields(ItemForm):
    FACTS: ClassVar[tuple[str, ...]] = ("number", "position", "text", "text_language", "text_ar", "is_paraphrase")
    PAIRS = (("number", "position"), ("text_language", "is_paraphrase"))

    number = ShortText(label=_("Number of the clause"), max_length=24)
    position = forms.IntegerField(label=_("Place in the text"), min_value=0, max_value=10_000, initial=0)
    text = LongText(label=_("Its words"), lines=5)
    text_language = LanguageField(label=_("Language of the words"))
    text_ar = LongText(label=_("In Arabic"), required=False)
    is_paraphrase = forms.BooleanField(label=_("A report’s wording, not the text’s own"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = False


class ClauseForm(ClauseFields):
    """A new clause is marked like its text."""

    FACTS = ("instrument", *ClauseFields.FACTS)

    instrument = PickField(Instrument, label=_("Text"))


class ClauseEditForm(ClauseFields):
    """The words of a clause."""


def _add_clause(it: Doing) -> Any:
    return add_clause(act=it.act, **it.facts)


STEPS = (
    Step(
        noun="instrument",
        name="new",
        verb="instrument.added",
        title=_("Add a text"),
        button=_("Add the text"),
        form=InstrumentForm,
        run=creates(add_instrument),
    ),
    Step(
        noun="instrument",
        name="edit",
        verb="instrument.edited",
        title=_("Edit the text"),
        button=_("Save changes"),
        form=InstrumentEditForm,
        run=changes(edit_instrument),
        on=Instrument,
    ),
    Step(
        noun="clause",
        name="new",
        verb="clause.added",
        title=_("Add a clause"),
        button=_("Add the clause"),
        form=ClauseForm,
        run=_add_clause,
    ),
    Step(
        noun="clause",
        name="edit",
        verb="clause.edited",
        title=_("Edit the clause"),
        button=_("Save changes"),
        form=ClauseEditForm,
        run=changes(edit_clause),
        on=Clause,
    ),
)
