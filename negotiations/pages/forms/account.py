"""Forms on a person's own account: settings, tokens, and joining by an invitation."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from negotiations.models import User
from negotiations.rules.codes import TokenScope
from negotiations.rules.token import DAYS, DAYS_MAX

from .fields import Legible

LANGUAGES = (("en", "English"), ("ar", "العربية"))
DIGITS = (("western", "1 2 3"), ("arabic", "١ ٢ ٣"))
THEMES = (
    ("auto", _("As this device has it")),
    ("light", pgettext_lazy("theme", "Light")),
    ("dark", pgettext_lazy("theme", "Dark")),
)
KEYS = (("on", pgettext_lazy("setting", "On")), ("off", pgettext_lazy("setting", "Off")))


ZONES = [(zone, zone) for zone in sorted(available_timezones())]


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in its stubs alone
    """How the tracker looks and speaks to one person."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    digits = forms.ChoiceField(label=_("Digits in Arabic"), choices=DIGITS)
    theme = forms.ChoiceField(label=_("Light or dark"), choices=THEMES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES)
    keys = forms.ChoiceField(label=_("Single keys as shortcuts"), choices=KEYS)

    class Meta:
        model = User
        fields = ("display_name", "language", "digits", "theme", "time_zone")
        field_classes = {"display_name": Legible}
        labels = {"display_name": _("Name that others see")}

    def __init__(self, *args: Any, instance: User, **options: Any) -> None:
        initial = {"keys": "on" if instance.uses_keys else "off"}
        super().__init__(*args, instance=instance, initial=initial, **options)  # type: ignore[misc]  # given by name
        self.fields["display_name"].required = True
        for field in self.fields.values():
            field.widget.attrs["class"] = "inp"
        self.fields["display_name"].widget.attrs |= {"autocomplete": "name", "dir": "auto"}

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002  Django's own signature
        self.instance.uses_keys = self.cleaned_data["keys"] == "on"
        saved: User = super().save(commit)
        return saved


class TokenForm(forms.Form):
    """A key for a program: what it is for, what it may do, how long it lives."""

    name = Legible(label=_("What it is for"), max_length=120, widget=forms.TextInput({"class": "inp", "dir": "auto"}))
    scope = forms.ChoiceField(label=_("What it may do"), choices=(), widget=forms.Select({"class": "inp"}))
    days = forms.IntegerField(
        label=_("Days until it expires"),
        min_value=1,
        max_value=DAYS_MAX,
        initial=DAYS,
        widget=forms.NumberInput({"class": "inp num"}),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        scope = self.fields["scope"]
        assert isinstance(scope, forms.ChoiceField)  # noqa: S101  declared above
        scope.choices = [(one.value, one.label) for one in TokenScope]


class JoinForm(forms.Form):
    """A new account for whoever opened an invitation."""

    display_name = Legible(
        label=_("Your name, as others will see it"),
        max_length=120,
        widget=forms.TextInput({"class": "inp", "autocomplete": "name", "dir": "auto"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput({"class": "inp", "autocomplete": "new-password"}),
    )
