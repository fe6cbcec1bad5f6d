"""Forms on sources: adding, grading and retracting what statements rest on."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Source
from negotiations.rules.codes import Reliability, SourceKind
from negotiations.services.source import add_source, edit_source, retract_source

from .base import ItemForm, MarkedForm
from .fields import CodeField, LanguageField, MomentField, ShortText
from .step import Step, changes, creates


class SourceFields(ItemForm):
    FACTS = (
        "publisher", "title", "title_ar", "kind", "reliability", "url", "archived_url", "published_at", "accessed_at",
        "language", "origin", "attribution",
    )  # fmt: skip
    PAIRS = (
        ("title", "title_ar"),
        ("kind", "reliability"),
        ("url", "archived_url"),
        ("published_at", "accessed_at"),
        ("language", "origin", "attribution"),
    )

    publisher = ShortText(label=_("Publisher"))
    title = ShortText(label=_("Title"), max_length=400)
    title_ar = ShortText(label=_("Title in Arabic"), required=False, max_length=400)
    kind = CodeField(SourceKind, label=_("Kind"))
    reliability = CodeField(Reliability, label=_("Reliability"))
    url = forms.URLField(label=_("Address"), required=False, max_length=600, assume_scheme="https")
    archived_url = forms.URLField(label=_("Archived address"), required=False, max_length=600, assume_scheme="https")
    published_at = MomentField(label=_("Published"), required=False)
    accessed_at = MomentField(label=_("Read by us"), required=False)
    language = LanguageField(label=_("Language"))
    origin = ShortText(
        label=_("Origin"), required=False, max_length=120, help_text=_("Reprints of one origin count as one source")
    )
    attribution = ShortText(
        label=_("How it may be named to others"), required=False, help_text=_("“a diplomat briefed on the talks”")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        graded = [(one.value, f"{one.value} {one.label}") for one in Reliability]
        self.fields["reliability"].choices = graded  # type: ignore[attr-defined]
        self.fields["reason"].required = False


class SourceForm(SourceFields, MarkedForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reliability"].initial = Reliability.F
        self.fields["kind"].initial = SourceKind.NEWS_REPORT


class SourceEditForm(SourceFields):
    """The facts of a source and how reliable it is."""


class RetractForm(ItemForm):
    """The publisher took it back."""


_step = partial(Step, noun="source")
STEPS = (
    _step(
        name="new",
        verb="source.added",
        title=_("Add a source"),
        button=_("Add the source"),
        form=SourceForm,
        run=creates(add_source),
    ),
    _step(
        name="edit",
        verb="source.edited",
        title=_("Edit the source"),
        button=_("Save changes"),
        form=SourceEditForm,
        run=changes(edit_source),
        on=Source,
    ),
    _step(
        name="retract",
        verb="source.retracted",
        title=_("The publisher took it back"),
        button=_("Record the retraction"),
        form=RetractForm,
        run=changes(retract_source),
        on=Source,
        warning=_("Everything that rests on this source is flagged. Nothing is deleted."),
        applies=lambda source: source.retracted_at is None,
    ),
)
