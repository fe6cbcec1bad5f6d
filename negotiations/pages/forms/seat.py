"""Forms on the seats of people: invite somebody, change a seat, end it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from negotiations.models import Organisation
from negotiations.rules.codes import Marking, Role
from negotiations.rules.marking import WIDEST_FIRST, rank

from .account import LANGUAGES
from .fields import Legible

# Named persons of a RED item see it by being named; a clearance below GREEN would be none.
CLEARANCES = WIDEST_FIRST[1:]


class SeatForm(forms.Form):
    """A role and the highest marking, up to the giver's own."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.Select({"class": "inp"}))
    clearance = forms.ChoiceField(label=_("Sees up to"), widget=forms.Select({"class": "inp"}))
    reason = Legible(
        label=_("Reason"), max_length=2000, widget=forms.Textarea({"class": "inp", "rows": 2, "dir": "auto"})
    )

    def __init__(self, *args: Any, up_to: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("role", [(role.value, role.label) for role in Role])
        given = [marking for marking in CLEARANCES if rank(marking) <= rank(up_to)]
        self._offer("clearance", [(marking.value, Marking(marking).english) for marking in given])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  every caller names one
        field.choices = choices


class InviteForm(SeatForm):
    """A seat offered by mail."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput({"class": "inp", "autocomplete": "off"})
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Another one:"),
        widget=forms.Select({"class": "inp"}),
    )
    new_organisation = Legible(
        label=_("Name of another organisation"),
        max_length=160,
        required=False,
        widget=forms.TextInput({"class": "inp", "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=LANGUAGES, widget=forms.Select({"class": "inp"})
    )
    field_order = ("email", "organisation", "new_organisation", "role", "clearance", "language", "reason")

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = self.fields["organisation"]
        assert isinstance(offered, forms.ModelChoiceField)  # noqa: S101  declared above
        offered.queryset = organisations

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("organisation") and not data.get("new_organisation", "").strip():
            self.add_error("organisation", _("Name the organisation the person works for."))
        return data


class EndForm(forms.Form):
    reason = Legible(
        label=_("Why the seat ends"), max_length=2000, widget=forms.Textarea({"class": "inp", "rows": 2, "dir": "auto"})
    )
