"""Forms on a condition: a new status or value, and "still true"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Party, Source
from negotiations.rules.codes import (
    ConditionStatus,
    Credibility,
    Reliability,
    SourceKind,
    VerificationMethod,
    VerifiedBy,
    VerifierAccess,
)

NOTHING = ("", _("not said"))


@dataclass(frozen=True, slots=True)
class SourceOption:
    """A source as a choice of the form."""

    key: str
    source: Source | None
    is_chosen: bool


class MomentField(forms.DateTimeField):
    """A moment in the page's time zone, to the minute; browsers without a picker take it as text."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "inp"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> datetime | None:
        try:
            found = super().to_python(value)
        except OverflowError:
            raise forms.ValidationError(_("Give a year from 1900 on.")) from None
        if found is not None and found.year < 1900:
            raise forms.ValidationError(_("Give a year from 1900 on."))
        return found


class VersionedForm(forms.Form):
    """A form that says which version of the item it was opened on."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    on_top = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    @property
    def opened_version(self) -> int:
        """The version to compare with: the saved one where the reader chose to apply theirs on top."""
        on_top: int | None = self.cleaned_data.get("on_top")
        return int(self.cleaned_data["version"]) if on_top is None else on_top

    def refuse(self, message: str, fields: dict[str, str]) -> None:
        """Put a rule's refusal beside the fields it concerns, or at the top where it names none here."""
        here = {self.NAMES.get(name, name): why for name, why in fields.items()}
        known = {name: why for name, why in here.items() if name in self.fields}
        for name, why in known.items():
            self.add_error(name, why)
        if not known or len(known) < len(here):
            self.add_error(None, message)

    # A rule's name for a field: the form's name for it.
    NAMES: dict[str, str] = {}


class UpdateForm(VersionedForm):
    """A new status or value of a condition, and what it rests on."""

    NAMES = {
        "evidence": "source",
        "verification": "verified_by",
        "claims_differ": "status",
        "suspension_announced": "suspended_until",
        "publisher": "new_publisher",
        "title": "new_title",
    }

    status = forms.ChoiceField(label=_("Status"), choices=ConditionStatus.choices, widget=forms.RadioSelect)
    value = forms.DecimalField(
        label=_("Value"),
        required=False,
        max_digits=16,
        decimal_places=4,
        widget=forms.NumberInput(attrs={"class": "inp num", "inputmode": "decimal", "step": "any"}),
    )
    effective_at = MomentField(label=_("True as of"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False, widget=forms.RadioSelect)
    credibility = forms.ChoiceField(label=_("Credibility of this piece of information"), required=False)
    quote = forms.CharField(label=_("Passage, in its own language"), required=False, max_length=4000)
    new_publisher = forms.CharField(label=_("Publisher"), required=False, max_length=200)
    new_title = forms.CharField(label=_("Title"), required=False, max_length=400)
    new_url = forms.URLField(label=_("Address"), required=False, max_length=600, assume_scheme="https")
    new_kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=SourceKind.choices, initial=SourceKind.NEWS_REPORT.value
    )
    new_reliability = forms.ChoiceField(label=_("Reliability"), required=False)
    no_source_reason = forms.CharField(label=_("No citable source, because"), required=False, max_length=1000)
    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    verified_by = forms.ChoiceField(label=_("Whose word"), required=False)
    verified_by_actor = forms.ChoiceField(label=_("Verifier or third party"), required=False)
    verification_method = forms.ChoiceField(label=_("How it was found"), required=False)
    verification_access = forms.ChoiceField(label=_("With what access"), required=False)
    waived_by = forms.ChoiceField(label=_("Waived by"), required=False)
    suspended_until = forms.CharField(label=_("Withheld until"), required=False, max_length=300)

    def __init__(
        self,
        *args: Any,
        sources: Iterable[Source] = (),
        actors: Iterable[Actor] = (),
        parties: Iterable[tuple[Party, Actor]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.sources = {str(source.public_id): source for source in sources}
        self.actors = {str(actor.public_id): actor for actor in actors}
        self.parties = {str(party.public_id): (party, actor) for party, actor in parties}
        self._offer("source", [("", ""), *((key, one.title) for key, one in self.sources.items())])
        self._offer("credibility", [NOTHING, *((one.value, f"{one.value} {one.label}") for one in Credibility)])
        self._offer("new_reliability", [NOTHING, *((one.value, f"{one.value} {one.label}") for one in Reliability)])
        self._offer("verified_by", [NOTHING, *VerifiedBy.choices()])
        self._offer("verification_method", [NOTHING, *VerificationMethod.choices()])
        self._offer("verification_access", [NOTHING, *VerifierAccess.choices()])
        self._offer("verified_by_actor", [NOTHING, *((key, one.name) for key, one in self.actors.items())])
        self._offer("waived_by", [NOTHING, *((key, actor.name) for key, (_row, actor) in self.parties.items())])
        for name, field in self.fields.items():
            if not isinstance(field.widget, (forms.HiddenInput, forms.RadioSelect)):
                field.widget.attrs.setdefault("class", "inp")
                field.widget.attrs.setdefault("id", f"id_{name}")

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  named above
        field.choices = choices

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
        """The sources the reader may cite, with the one chosen; the first stands for none of them."""
        chosen = self["source"].value() or ""
        none = [SourceOption("", None, is_chosen=not chosen)]
        return none + [SourceOption(key, one, is_chosen=key == chosen) for key, one in self.sources.items()]

    @property
    def names_new_source(self) -> bool:
        return bool(self.cleaned_data.get("new_title")) and self.source_chosen is None

    @property
    def moment(self) -> datetime | None:
        """The moment given; None for now, so that a change made now never counts as a late one."""
        given: datetime | None = self.cleaned_data.get("effective_at")
        this_minute = timezone.now().replace(second=0, microsecond=0)
        return None if given is not None and given == this_minute else given


class ConfirmForm(VersionedForm):
    """ "Still true": somebody looked, and says where."""

    NAMES = {"checked_where": "where"}

    where = forms.CharField(
        label=_("Where you looked"), max_length=300, widget=forms.TextInput(attrs={"class": "inp", "id": "id_where"})
    )
