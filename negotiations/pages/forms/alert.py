"""The form of a wish to be told of changes: what, how, when, and which hours are quiet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from negotiations.models import MarkedItem, Negotiation, SavedView, Subscription, User
from negotiations.rules.codes import AlertChannel, Rhythm, Urgency
from negotiations.rules.marking import Viewer
from negotiations.rules.verb_groups import GROUPS, group_label, groups_of, verbs_of
from negotiations.selectors.sidebar import views_of
from negotiations.selectors.subscriptions import WATCHED
from negotiations.selectors.words import words_of

from .fields import ShortText

EVERYTHING, NEGOTIATION, VIEW = "all", "negotiation", "view"
ZONES = [(zone, zone) for zone in sorted(available_timezones())]
# The wishes that stand on the form under their own names.
PLAIN = (
    "least_urgency", "channel", "rhythm", "local_time", "time_zone", "quiet_from", "quiet_until", "breaks_quiet",
    "tells_nothing",
)  # fmt: skip


def explained(kind: type[Urgency]) -> list[tuple[str, str]]:
    return [(one.value, f"{one.label}: {one.definition}") for one in kind]


def _clock(**options: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "class": "inp day"}, format="%H:%M")
    return forms.TimeField(widget=widget, **options)


class WishForm(forms.Form):
    """How much, how and when; the person's own columns of a subscription."""

    least_urgency = forms.ChoiceField(label=_("How much has to have happened"), widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label=_("Only these kinds of changes (none chosen: all)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    channel = forms.ChoiceField(label=_("How you are told"))
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices)
    local_time = _clock(label=_("At"))
    weekday = forms.TypedChoiceField(label=_("Day of a weekly digest"), coerce=int, choices=WEEKDAYS.items)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES)
    quiet_from = _clock(label=_("Quiet from"), required=False)
    quiet_until = _clock(label=_("Quiet until"), required=False)
    breaks_quiet = forms.ChoiceField(label=_("What is told in quiet hours all the same"), required=False)
    tells_nothing = forms.BooleanField(label=_("Tell me as well when nothing changed"), required=False)

    # The very same wish, where the person has it already.
    present: Subscription | None = None

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        self._choices("least_urgency", explained(Urgency))
        self._choices("kinds", [(group, group_label(group)) for group in GROUPS])
        self._choices("channel", [(one.value, one.label) for one in (AlertChannel.EMAIL, AlertChannel.INBOX)])
        self._choices("breaks_quiet", [("", _("Nothing")), *((one.value, one.label) for one in reversed(Urgency))])
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Select | forms.TextInput):
                field.widget.attrs.setdefault("class", "inp")
            field.widget.attrs.setdefault("id", f"id_{name}")

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # every one named here offers a choice

    def clean_channel(self) -> str:
        channel: str = self.cleaned_data["channel"]
        if channel == AlertChannel.EMAIL and not self.person.email:
            raise forms.ValidationError(_("Your account has no e-mail address yet: add one in the settings first."))
        return channel

    @property
    def wishes(self) -> dict[str, Any]:
        """The columns as `subscribe` takes them."""
        data = self.cleaned_data
        return {name: data[name] for name in PLAIN} | {"weekday": data["weekday"], "verbs": verbs_of(data["kinds"])}

    def refuse(self, message: str, fields: Mapping[str, str]) -> None:
        """Put a rule's refusal beside the fields it concerns, or at the top."""
        here = {"kinds" if name == "verbs" else name: why for name, why in fields.items()}
        for name in here.keys() & self.fields.keys():
            self.add_error(name, here[name])
        if not here.keys() & self.fields.keys():
            self.add_error(None, message)

    def mark_invalid(self) -> None:
        """Tell assistive technology which fields are wrong and where the sentence about each is."""
        for name in self.errors.keys() & self.fields.keys():
            self.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}


class ChangeForm(WishForm):
    """The same on a wish that is there; what it is about stays as it is."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, subscription: Subscription, **options: Any) -> None:
        self.subscription = subscription
        present = {name: getattr(subscription, name) for name in (*PLAIN, "weekday")}
        present["kinds"] = groups_of(subscription.verbs)
        super().__init__(*args, initial=present, **options)

    @property
    def wishes(self) -> dict[str, Any]:
        """Kinds left as they were keep the very verbs, which a program may have chosen one by one."""
        found = super().wishes
        if self.cleaned_data["kinds"] == groups_of(self.subscription.verbs):
            del found["verbs"]
        return found


class NewForm(WishForm):
    """A new wish, with what it is about: everything, a negotiation, one item of it, or a saved view."""

    about = forms.ChoiceField(label=_("What you want to be told of"))
    ref = ShortText(label=_("Of it only one item"), required=False, max_length=16)
    field_order = ("about", "ref")

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer
        self.negotiations = {one.slug: one for one in Negotiation.objects.visible_to(viewer).order_by("title")}
        self.views = {str(view.public_id): view for view in views_of(viewer)}
        self._choices("about", self._abouts())

    def _abouts(self) -> list[tuple[str, Any]]:
        talks = [(f"{NEGOTIATION}:{slug}", words_of(one, "title").here) for slug, one in self.negotiations.items()]
        views = [(f"{VIEW}:{key}", view.name) for key, view in self.views.items()]
        groups: list[tuple[str, Any]] = [(EVERYTHING, _("Everything you may see"))]
        groups += [(_("Negotiations"), talks)] if talks else []  # type: ignore[list-item]  # a lazy label
        groups += [(_("Saved views"), views)] if views else []  # type: ignore[list-item]
        return groups

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ref") and "about" in data and self.item is None:
            self.add_error("ref", _("There is no such item there: choose a negotiation, and give a ref or a phase."))
        return data

    @property
    def negotiation(self) -> Negotiation | None:
        kind, _colon, key = self.cleaned_data["about"].partition(":")
        return self.negotiations[key] if kind == NEGOTIATION else None

    @property
    def view(self) -> SavedView | None:
        kind, _colon, key = self.cleaned_data["about"].partition(":")
        return self.views[key] if kind == VIEW else None

    @property
    def item(self) -> MarkedItem | None:
        """The condition or dispute of that ref, or the phase of that number; None for none and for a hidden one."""
        named, negotiation = self.cleaned_data.get("ref", "").strip(), self.negotiation
        if not named or negotiation is None:
            return None
        number = named.lower().removeprefix("phase").strip()
        by = {"number": int(number)} if number.isascii() and number.isdecimal() else {"ref": named.upper()}
        for noun, kind in WATCHED.items():
            if (noun == "phase") == ("number" in by):
                rows = kind._default_manager.visible_to(self.viewer).filter(negotiation=negotiation, **by)
                if (found := rows.first()) is not None:
                    item: MarkedItem = found
                    return item
        return None
