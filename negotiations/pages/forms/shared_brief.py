"""The form that lends a brief to one named outsider."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.rules.codes import Marking
from negotiations.rules.sharing import DAYS, DAYS_MAX

from .account import LANGUAGES
from .fields import Legible


class ShareForm(forms.Form):
    """For whom, at which level, of which moment, in which language, for how long."""

    for_whom = Legible(
        label=_("For whom"),
        max_length=120,
        widget=forms.TextInput({"class": "inp", "dir": "auto", "autocomplete": "off"}),
    )
    level = forms.ChoiceField(label=_("Made for readers of"), choices=(), widget=forms.Select({"class": "inp"}))
    as_of = forms.CharField(
        label=_("As of"), max_length=40, required=False, widget=forms.TextInput({"class": "inp", "dir": "ltr"})
    )
    known_at = forms.CharField(
        label=_("As known on"), max_length=40, required=False, widget=forms.TextInput({"class": "inp", "dir": "ltr"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.Select({"class": "inp"}))
    days = forms.IntegerField(
        label=_("Days until it expires"),
        min_value=1,
        max_value=DAYS_MAX,
        initial=DAYS,
        widget=forms.NumberInput({"class": "inp num"}),
    )

    def __init__(self, *args: Any, levels: tuple[Marking, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        level = self.fields["level"]
        assert isinstance(level, forms.ChoiceField)  # noqa: S101  declared above
        level.choices = [(one.value, one.english) for one in levels]
