"""Forms of a new negotiation, one for each step: what it is, who sits at it, its text, its obligations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Organisation
from negotiations.rules.codes import (
    ActorKind,
    CeasefireClass,
    ConditionCategory,
    InstrumentKind,
    Sides,
    TalksFormat,
    ThirdPartyRole,
)
from negotiations.rules.marking import Viewer
from negotiations.rules.roadmaps import Roadmap

from .fields import NOTHING, CodeField, LanguageField, Legible, LongText, MomentField, PickField, ShortText
from .negotiation import zones

PARTY = "party"
PASTE, EMPTY = "paste", "empty"
LONGEST_TEXT = 200_000


class AboutForm(forms.Form):
    """What is negotiated, and from where it is followed."""

    title = ShortText(label=_("Title"))
    title_ar = ShortText(label=_("Title in Arabic"), required=False)
    summary = LongText(label=_("Summary"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="UTC")
    talks_format = CodeField(TalksFormat, label=_("Format"), required=False)
    ceasefire_class = CodeField(CeasefireClass, label=_("Class"), required=False)
    sides = CodeField(Sides, label=_("Sides"), required=False)
    entry_into_force_at = MomentField(label=_("Entry into force"), required=False)
    organisation = PickField(Organisation, label=_("For which of your organisations"), empty_label=None)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        own = {seat.organisation_id for seat in viewer.seats.values() if seat.organisation_id is not None}
        rows = Organisation.objects.filter(pk__in=own).order_by("name")
        self.fields["organisation"].queryset = rows  # type: ignore[attr-defined]
        self.fields["organisation"].initial = rows.first()
        for name, field in self.fields.items():
            field.widget.attrs |= {"class": "inp", "id": f"id_{name}"}


class SeatRow(forms.Form):
    """One seat: an actor of the registry or a new one, as a party or in a third party's role."""

    role = forms.ChoiceField(label=_("Seat"), required=False)
    actor = PickField(Actor, label=_("Actor of the registry"), required=False)
    name = ShortText(label=_("Or a new actor"), required=False, max_length=160)
    name_ar = ShortText(label=_("Its name in Arabic"), required=False, max_length=160)
    short = ShortText(label=_("Its letters in tables"), required=False, max_length=6)
    kind = CodeField(ActorKind, label=_("Kind"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        roles = [NOTHING, (PARTY, _("Party")), *ThirdPartyRole.choices()]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["actor"].queryset = Actor.objects.visible_to(viewer).order_by("name")  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "inp"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("role"):
            if data.get("actor") or data.get("name"):
                self.add_error("role", _("Say in which seat."))
            return data
        if bool(data.get("actor")) == bool(data.get("name")):
            self.add_error("actor", _("Choose an actor of the registry, or name a new one."))
        elif data.get("name"):
            self._check_new(data)
        return data

    def _check_new(self, data: dict[str, Any]) -> None:
        for name in ("short", "kind"):
            if not data.get(name):
                self.add_error(name, _("Needed for a new actor."))
        if self.fields["actor"].queryset.filter(name=data["name"]).exists():  # type: ignore[attr-defined]
            self.add_error("name", _("The registry holds this name already; choose another name or the actor above."))


class TextForm(forms.Form):
    """Where the obligations come from: a text pasted here, a common shape, or nothing yet."""

    start = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect, initial=PASTE)
    text = Legible(
        label=_("The agreement’s text"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
    )
    title = ShortText(label=_("Title of the text"), required=False, max_length=300)
    kind = CodeField(InstrumentKind, label=_("Kind"))
    dated_on = forms.DateField(
        label=_("Dated"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language = LanguageField(label=_("Language of the words"))
    phases = LongText(label=_("Phases, one a line"), required=False, lines=3)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        shapes = [(one.value, f"{one.label}: {one.definition}") for one in Roadmap]
        starts = [(PASTE, _("A text pasted here")), *shapes, (EMPTY, _("Nothing yet"))]
        self.fields["start"].choices = starts  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if name != "start":
                field.widget.attrs |= {"class": "inp", "id": f"id_{name}"}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("start") == PASTE:
            for name, why in (
                ("text", _("Paste the text, or start from something else.")),
                ("title", _("Give the text its title.")),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, why)
        return data


class ClauseRow(forms.Form):
    """One clause: whether it obliges somebody, and then what a condition needs."""

    is_obligation = forms.BooleanField(label=_("This obliges somebody"), required=False)
    ref = ShortText(label=_("Ref"), required=False, max_length=16)
    title = ShortText(label=_("Title"), required=False)
    category = CodeField(ConditionCategory, label=_("Category"), required=False)
    phase = forms.TypedChoiceField(label=_("Phase"), coerce=int, empty_value=None, required=False)
    obligors = forms.TypedMultipleChoiceField(
        label=_("Owed by"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    beneficiary = forms.TypedChoiceField(label=_("Owed to"), coerce=int, empty_value=None, required=False)
    due_days = forms.IntegerField(
        label=_("Due, days after entry into force"), required=False, min_value=0, max_value=36500
    )
    opens = forms.TypedChoiceField(label=_("Must hold before"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, phases: Iterable[str], parties: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        numbered = [(number, f"{number}. {title}") for number, title in enumerate(phases, start=1)]
        sides = list(parties)
        offered = {
            "phase": numbered,
            "opens": [NOTHING, *numbered],
            "obligors": sides,
            "beneficiary": [NOTHING, *sides],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if name not in ("is_obligation", "obligors"):
                field.widget.attrs["class"] = "inp"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_obligation"):
            for name, why in (
                ("title", _("Give it a title.")),
                ("category", _("Choose a category.")),
                ("phase", _("Choose the phase it belongs to.")),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, why)
        return data
