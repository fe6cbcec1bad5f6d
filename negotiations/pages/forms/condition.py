"""Forms on where a condition stands: a new status or value, and "still true"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Party
from negotiations.rules.codes import ConditionStatus, SourceKind, VerificationMethod, VerifiedBy, VerifierAccess

from .base import VersionedForm
from .fields import NOTHING, CodeField, Legible, NumberField
from .sourced import SourcedForm

WHAT = (("status", _("Status")), ("value", _("Value")), ("nothing", _("Nothing")))


class UpdateForm(SourcedForm):
    """A new status or value of a condition, or neither: somebody looked and it is still true."""

    NAMES = {
        **SourcedForm.NAMES,
        "verification": "verified_by",
        "claims_differ": "status",
        "suspension_announced": "suspended_until",
        "checked_where": "where",
    }

    what = forms.ChoiceField(label=_("What changed?"), choices=WHAT, widget=forms.RadioSelect, required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=ConditionStatus.choices, widget=forms.RadioSelect, required=False
    )
    value = NumberField(label=_("Value"), required=False)
    where = Legible(label=_("Where you looked"), required=False, max_length=300)
    verified_by = CodeField(VerifiedBy, label=_("Whose word"), required=False)
    verified_by_actor = forms.ChoiceField(label=_("Verifier or third party"), required=False)
    verification_method = CodeField(VerificationMethod, label=_("How it was found"), required=False)
    verification_access = CodeField(VerifierAccess, label=_("With what access"), required=False)
    waived_by = forms.ChoiceField(label=_("Waived by"), required=False)
    suspended_until = Legible(label=_("Withheld until"), required=False, max_length=300)

    def __init__(
        self,
        *args: Any,
        present: str,
        actors: Iterable[Actor] = (),
        parties: Iterable[tuple[Party, Actor]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.present = present
        self.actors = {str(actor.public_id): actor for actor in actors}
        self.parties = {str(party.public_id): (party, actor) for party, actor in parties}
        self._offer("verified_by_actor", [(key, one.name) for key, one in self.actors.items()])
        self._offer("waived_by", [(key, actor.name) for key, (_row, actor) in self.parties.items()])
        # The reason of "still true" is where somebody looked.
        self.fields["reason"].required = False
        self.fields["new_kind"].initial = SourceKind.NEWS_REPORT.value

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  named above
        field.choices = [NOTHING, *choices]

    @property
    def changes_nothing(self) -> bool:
        return bool(self.cleaned_data.get("what") == "nothing")

    @property
    def status_sent(self) -> str:
        """The status asked for; a change of the value alone keeps the present one."""
        if self.cleaned_data.get("what") == "value":
            return self.present
        return str(self.cleaned_data["status"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        what = data.get("what") or "status"
        if what == "nothing":
            if not data.get("where"):
                self.add_error("where", _("Name the document, site or person you looked at."))
            return data
        if not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Give the reason for this change."))
        if what == "status" and not data.get("status") and "status" not in self.errors:
            self.add_error("status", _("Choose a status."))
        if what == "value" and data.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Give the value."))
        return data


class ConfirmForm(VersionedForm):
    """ "Still true": somebody looked, and says where."""

    NAMES = {"checked_where": "where"}

    where = Legible(
        label=_("Where you looked"), max_length=300, widget=forms.TextInput(attrs={"class": "inp", "id": "id_looked"})
    )
