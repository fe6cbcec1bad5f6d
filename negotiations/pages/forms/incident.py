"""Forms on incidents: what is alleged, the steps of an inquiry, and what a body found."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Condition, Incident
from negotiations.rules.codes import IncidentStatus, IncidentType, Severity
from negotiations.rules.evidence import FINDINGS
from negotiations.services.incident import change_incident_status, edit_incident, record_finding, report_incident

from .base import MarkedForm
from .fields import NOTHING, CodeField, LongText, MomentField, PickField, PickManyField, ShortText
from .sourced import SourcedForm
from .step import Step, changes, creates

# The words of the UCDP codebook for how well a place and a date are known.
PLACES = (
    (1, _("The exact place")), (2, _("Near the place")), (3, _("The district")), (4, _("The province")),
    (5, _("A line or an area")), (6, _("The country")), (7, _("International waters or airspace")),
)  # fmt: skip
DATES = (
    (1, _("The day")), (2, _("Within a few days")), (3, _("The week")), (4, _("The month")),
    (5, _("Longer than a month")),
)  # fmt: skip


class CountField(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        widget = forms.NumberInput(attrs={"class": "inp num", "inputmode": "numeric"})
        super().__init__(**{"min_value": 0, "max_value": 2_000_000, "required": False, "widget": widget, **options})


class IncidentFields(SourcedForm):
    FACTS = (
        "type", "severity", "title", "title_ar", "text", "text_ar", "alleged_by", "alleged_responsible", "conditions",
        "happened_at", "date_prec", "ended_at", "place", "place_ar", "where_prec",
        "deaths_low", "deaths_best", "deaths_high",
    )  # fmt: skip
    PAIRS = (
        ("type", "severity"),
        ("title", "title_ar"),
        ("text", "text_ar"),
        ("alleged_by", "alleged_responsible"),
        ("happened_at", "date_prec", "ended_at"),
        ("place", "place_ar", "where_prec"),
        ("deaths_low", "deaths_best", "deaths_high"),
    )

    type = CodeField(IncidentType, label=_("What kind of event"))
    severity = CodeField(Severity, label=_("Severity"), required=False)
    title = ShortText(label=_("Title"))
    title_ar = ShortText(label=_("Title in Arabic"), required=False)
    text = LongText(label=_("What is alleged"), required=False, help_text=_("Name no victims, detainees or witnesses"))
    text_ar = LongText(label=_("In Arabic"), required=False)
    alleged_by = PickField(Actor, label=_("Alleged by"), required=False)
    alleged_responsible = PickField(Actor, label=_("Alleged to be responsible"), required=False)
    conditions = PickManyField(Condition, label=_("Conditions concerned"))
    happened_at = MomentField(label=_("When"))
    date_prec = forms.TypedChoiceField(
        label=_("How well the date is known"), choices=[NOTHING, *DATES], coerce=int, empty_value=None, required=False
    )
    ended_at = MomentField(label=_("Ended"), required=False)
    place = ShortText(label=_("Place"), required=False, max_length=160)
    place_ar = ShortText(label=_("Place in Arabic"), required=False, max_length=160)
    where_prec = forms.TypedChoiceField(
        label=_("How well the place is known"), choices=[NOTHING, *PLACES], coerce=int, empty_value=None, required=False
    )
    deaths_low = CountField(label=_("Deaths, at least"))
    deaths_best = CountField(label=_("Deaths, best figure"))
    deaths_high = CountField(label=_("Deaths, at most"))


class IncidentForm(IncidentFields, MarkedForm):
    MOMENT = "happened_at"


class IncidentEditForm(IncidentFields):
    """The words of an incident and what it is tied to."""


class IncidentStatusForm(SourcedForm):
    FACTS = ("status",)

    status = forms.ChoiceField(
        label=_("Where the inquiry stands"),
        choices=[pair for pair in IncidentStatus.choices() if pair[0] not in FINDINGS],
    )


class FindingForm(SourcedForm):
    FACTS = ("status", "found_by", "finding")
    NAMES = {**SourcedForm.NAMES, "finding_by": "found_by"}
    PAIRS = (("status", "found_by"),)

    status = forms.ChoiceField(
        label=_("What was found"), choices=[pair for pair in IncidentStatus.choices() if pair[0] in FINDINGS]
    )
    found_by = PickField(Actor, label=_("The body that found it"))
    finding = LongText(label=_("The finding"), required=False)


_step = partial(Step, noun="incident")
STEPS = (
    _step(
        name="new",
        verb="incident.reported",
        title=_("Report an incident"),
        button=_("Record the incident"),
        form=IncidentForm,
        run=creates(report_incident),
        warning=_("It is recorded as alleged. A finding is a step of its own and names the body that found it."),
    ),
    _step(
        name="edit",
        verb="incident.edited",
        title=_("Edit the incident"),
        button=_("Save changes"),
        form=IncidentEditForm,
        run=changes(edit_incident),
        on=Incident,
    ),
    _step(
        name="status",
        verb="incident.status_changed",
        title=_("Change where the inquiry stands"),
        button=_("Save status"),
        form=IncidentStatusForm,
        run=changes(change_incident_status),
        on=Incident,
    ),
    _step(
        name="finding",
        verb="incident.found",
        title=_("Record a finding"),
        button=_("Record the finding"),
        form=FindingForm,
        run=changes(record_finding),
        on=Incident,
        warning=_("Only a named body finds; what a party says is a claim."),
    ),
)
