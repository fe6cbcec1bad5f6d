"""Forms of webhooks: where to, of what, and from which day on something is sent again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from negotiations.models import Negotiation, Subscription, Webhook
from negotiations.rules.codes import Urgency
from negotiations.rules.marking import Viewer
from negotiations.rules.verb_groups import GROUPS, group_label, groups_of, verbs_of
from negotiations.rules.webhook import NAME_MAX, URL_MAX
from negotiations.selectors.words import words_of

from .fields import Legible

EVERYTHING = "all"


def negotiations_for(viewer: Viewer) -> dict[str, Negotiation]:
    return {one.slug: one for one in Negotiation.objects.visible_to(viewer).order_by("title", "pk")}


class ChangeWebhookForm(forms.Form):
    """What of a webhook may be changed."""

    name = Legible(
        label=_("What it is for"), max_length=NAME_MAX, widget=forms.TextInput({"class": "inp", "dir": "auto"})
    )
    url = forms.CharField(label=_("Address"), max_length=URL_MAX, widget=forms.URLInput({"class": "inp", "dir": "ltr"}))
    least_urgency = forms.ChoiceField(
        label=_("How much has to have happened"), initial=Urgency.ROUTINE.value, widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label=_("Only these kinds of changes (none chosen: all)"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._choices("least_urgency", [(one.value, f"{one.label}: {one.definition}") for one in Urgency])
        self._choices("kinds", [(group, group_label(group)) for group in GROUPS])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # every one named here offers a choice

    @property
    def wishes(self) -> dict[str, Any]:
        """What the verbs on webhooks take."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "url": data["url"],
            "least_urgency": data["least_urgency"],
            "verbs": verbs_of(data["kinds"]),
        }

    def refuse(self, message: str, fields: Mapping[str, str]) -> None:
        """Put a rule's refusal beside the fields it concerns, or at the top."""
        for name in fields.keys() & self.fields.keys():
            self.add_error(name, fields[name])
        if not fields.keys() & self.fields.keys():
            self.add_error(None, message)


class NewWebhookForm(ChangeWebhookForm):
    """A new one, with what it is about."""

    about = forms.ChoiceField(label=_("What it is told of"), widget=forms.Select({"class": "inp"}))
    field_order = ("name", "url", "about")

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.negotiations = negotiations_for(viewer)
        talks = [(slug, words_of(one, "title").here) for slug, one in self.negotiations.items()]
        self._choices("about", [(EVERYTHING, _("Everything you may see")), *talks])

    @property
    def wishes(self) -> dict[str, Any]:
        return super().wishes | {"negotiation": self.negotiations.get(self.cleaned_data["about"])}


def change_form(data: Any, webhook: Webhook, asked: Subscription | None) -> ChangeWebhookForm:
    """The form with what is so now."""
    present: dict[str, Any] = {"name": webhook.name, "url": webhook.url}
    if asked is not None:
        present |= {"least_urgency": asked.least_urgency, "kinds": groups_of(asked.verbs)}
    return ChangeWebhookForm(data, initial=present)


class ReplayForm(forms.Form):
    """Which negotiation's record is sent again, and from which day on."""

    negotiation = forms.ChoiceField(label=_("Negotiation"), widget=forms.Select({"class": "inp"}))
    since = forms.DateField(
        label=_("Everything recorded since"),
        widget=forms.DateInput({"class": "inp day", "type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, viewer: Viewer, asked: Subscription | None) -> None:
        super().__init__(data, prefix="replay")
        self.negotiations = negotiations_for(viewer)
        if asked is not None and (only := asked.negotiation_id) is not None:
            self.negotiations = {slug: one for slug, one in self.negotiations.items() if one.pk == only}
        talks = [(slug, words_of(one, "title").here) for slug, one in self.negotiations.items()]
        self.fields["negotiation"].choices = talks  # type: ignore[attr-defined]

    def clean_since(self) -> date:
        """A day that has come."""
        since: date = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet; nothing was recorded since."), code="future")
        return since

    @property
    def where(self) -> Negotiation:
        return self.negotiations[self.cleaned_data["negotiation"]]

    @property
    def moment(self) -> datetime:
        """The beginning of that day, in the person's zone."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["since"], time.min))
