"""Incidents: alleged violations and other events."""

from __future__ import annotations

from negotiations.models import Actor, Condition, Incident
from negotiations.rules.codes import IncidentStatus, IncidentType, Severity
from negotiations.selectors.filters.incident import IncidentFilter

from ..pagination import Sort
from .field import RESTS_ON_RETRACTED, columns, labelled, made_of, many, one
from .resource import resource

RESOURCE = resource(
    Incident,
    "incidents",
    made_of(
        Incident,
        columns(Incident, "ref"),
        labelled(Incident, "type", IncidentType),
        labelled(Incident, "status", IncidentStatus),
        RESTS_ON_RETRACTED,
        columns(Incident, "title", "title_ar", "text", "text_ar"),
        many("conditions", Condition),
        one("alleged_by", Actor),
        one("alleged_responsible", Actor),
        one("found_by", Actor),
        columns(Incident, "found_at", "finding"),
        labelled(Incident, "severity", Severity),
        columns(Incident, "deaths_low", "deaths_best", "deaths_high", "place", "place_ar"),
        columns(Incident, "where_prec", help_text="1 exact to 7 international (UCDP)."),
        columns(Incident, "date_prec", help_text="1 day to 5 more than a year (UCDP)."),
        columns(Incident, "happened_at", "ended_at"),
    ),
    order=(Sort("happened_at", is_descending=True),),
    filters=IncidentFilter,
)
