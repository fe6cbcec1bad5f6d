"""What a statement rests on: a source of the negotiation, a new one, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Source
from negotiations.rules.codes import Credibility, Reliability, SourceKind

from .base import ItemForm
from .fields import CodeField, Legible, ShortText


@dataclass(frozen=True, slots=True)
class SourceOption:
    """A source as a choice of the form."""

    key: str
    source: Source | None
    is_chosen: bool


class SourcedForm(ItemForm):
    """A form whose step rests on a source that every reader of the item may see."""

    NAMES = {"evidence": "source", "publisher": "new_publisher", "title": "new_title"}

    source = forms.ChoiceField(label=_("Source"), required=False, widget=forms.RadioSelect)
    credibility = CodeField(Credibility, label=_("Credibility of this piece of information"), required=False)
    quote = Legible(label=_("Passage, in its own language"), required=False, max_length=4000)
    new_publisher = ShortText(label=_("Publisher"), required=False)
    new_title = ShortText(label=_("Title"), required=False, max_length=400)
    new_url = forms.URLField(label=_("Address"), required=False, max_length=600, assume_scheme="https")
    new_kind = CodeField(SourceKind, label=_("Kind"), required=False)
    new_reliability = CodeField(Reliability, label=_("Reliability"), required=False)
    no_source_reason = Legible(label=_("No citable source, because"), required=False, max_length=1000)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Source.objects.visible_to(self.viewer).filter(negotiation=self.negotiation, retracted_at__isnull=True)
        # Undated ones last: PostgreSQL would put them before the newest.
        ordered = sorted(rows, key=lambda row: (row.published_at is not None, row.published_at, row.pk), reverse=True)
        self.sources = {str(source.public_id): source for source in ordered}
        self.fields["source"].choices = [("", ""), *((key, one.title) for key, one in self.sources.items())]  # type: ignore[attr-defined]
        for name, code in (("credibility", Credibility), ("new_reliability", Reliability)):
            graded = [(one.value, f"{one.value} {one.label}") for one in code]
            self.fields[name].choices = [("", _("not said")), *graded]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        begun = data.get("new_publisher") or data.get("new_title") or data.get("new_url")
        if begun and not data.get("source"):
            for name in ("new_publisher", "new_title"):
                if not data.get(name):
                    self.add_error(name, _("Needed for a new source."))
        if data.get("source") and (begun or data.get("no_source_reason")):
            self.add_error("source", _("A source is chosen and something else is given beside it; keep one of them."))
        return data

    @property
    def source_chosen(self) -> Source | None:
        return self.sources.get(self.cleaned_data.get("source") or "")

    @property
    def source_options(self) -> list[SourceOption]:
        """The sources the reader may cite, with the one chosen first and then the newest."""
        chosen = self["source"].value() or ""
        found = [SourceOption(key, one, is_chosen=key == chosen) for key, one in self.sources.items()]
        found.sort(key=lambda option: not option.is_chosen)
        return [SourceOption("", None, is_chosen=not chosen), *found]

    @property
    def names_new_source(self) -> bool:
        return bool(self.cleaned_data.get("new_title")) and self.source_chosen is None
