"""The form that wants a large file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Negotiation
from negotiations.rules.codes import ExportFormat
from negotiations.rules.marking import Viewer
from negotiations.selectors.words import words_of


class NegotiationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in its stubs alone
    """A negotiation by its title."""

    def label_from_instance(self, obj: Any) -> str:
        return words_of(obj, "title").here


class ExportForm(forms.Form):
    """Of which negotiation the record, and in which format."""

    negotiation = NegotiationField(
        label=_("Negotiation"),
        queryset=Negotiation.objects.none(),
        to_field_name="slug",
        widget=forms.Select({"class": "inp"}),
    )
    format = forms.ChoiceField(label=_("Format"), choices=(), widget=forms.Select({"class": "inp"}))

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        negotiation, format_ = self.fields["negotiation"], self.fields["format"]
        assert isinstance(negotiation, forms.ModelChoiceField)  # noqa: S101  declared above
        assert isinstance(format_, forms.ChoiceField)  # noqa: S101  declared above
        negotiation.queryset = Negotiation.objects.visible_to(viewer).order_by("title")
        format_.choices = [(one.value, one.label) for one in ExportFormat]
