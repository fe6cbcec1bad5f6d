"""Forms on several conditions at once: still true, and another owner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Condition, Negotiation, User
from negotiations.rules.marking import Viewer

from .base import offered
from .fields import PickField, ShortText


class ChosenForm(forms.Form):
    """Which conditions, each at the version the page showed: "id:version"."""

    chosen = forms.MultipleChoiceField(label=_("Conditions"))

    def __init__(self, *args: Any, viewer: Viewer, negotiation: Negotiation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = {str(row.public_id): row for row in offered(Condition, viewer, negotiation)}
        sent = self.data.getlist("chosen") if self.is_bound else []  # type: ignore[attr-defined]  # a form is posted
        known = [one for one in sent if one.partition(":")[0] in self.rows and one.partition(":")[2].isdecimal()]
        self.fields["chosen"].choices = [(one, one) for one in known]  # type: ignore[attr-defined]

    @property
    def keys_chosen(self) -> list[str]:
        """Which ones were chosen, so that a form with a mistake in it comes back as it was sent."""
        return [one.partition(":")[0] for one in self["chosen"].value() or []]

    @property
    def conditions(self) -> list[tuple[Condition, int]]:
        pairs = [one.partition(":") for one in self.cleaned_data["chosen"]]
        return [(self.rows[key], int(version[:9])) for key, _colon, version in pairs]


class CheckSeveralForm(ChosenForm):
    where = ShortText(label=_("Where you looked"), max_length=300)


class HandOverForm(ChosenForm):
    owner = PickField(User, label=_("Kept current by"), required=False)
    reason = ShortText(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, viewer: Viewer, negotiation: Negotiation, **options: Any) -> None:
        super().__init__(*args, viewer=viewer, negotiation=negotiation, **options)
        self.fields["owner"].queryset = offered(User, viewer, negotiation)  # type: ignore[attr-defined]
        self.fields["owner"].widget.attrs["id"] = "id_owner"
        self.fields["reason"].widget.attrs["id"] = "id_reason"
