"""Verbs on incidents: what is alleged, inquired into and found."""

from __future__ import annotations

from rest_framework import serializers

from negotiations.models import Actor, Incident, Negotiation
from negotiations.rules.codes import IncidentStatus
from negotiations.services.incident import change_incident_status, edit_incident, record_finding, report_incident

from ..serializers.fields import code
from .body import Edit, NewItem, Told
from .fields import Moment, Related, text
from .verb import Verb

COLUMNS = (
    "type", "title", "title_ar", "text", "text_ar", "conditions", "alleged_by", "alleged_responsible", "severity",
    "deaths_low", "deaths_best", "deaths_high", "place", "place_ar", "where_prec", "date_prec", "ended_at",
)  # fmt: skip


class IncidentWrite(Edit):
    """What is alleged to have happened."""

    where_prec = serializers.IntegerField(min_value=1, max_value=7, allow_null=True, help_text="UCDP: 1 exact.")
    date_prec = serializers.IntegerField(min_value=1, max_value=5, allow_null=True, help_text="UCDP: 1 day.")

    class Meta:
        model = Incident
        fields = COLUMNS


class IncidentNew(NewItem):
    """An event as it is alleged; what a body finds of it is told later."""

    where_prec = serializers.IntegerField(
        min_value=1, max_value=7, required=False, allow_null=True, help_text="UCDP: 1 exact."
    )
    date_prec = serializers.IntegerField(
        min_value=1, max_value=5, required=False, allow_null=True, help_text="UCDP: 1 day."
    )
    happened_at = Moment(is_past=True)

    class Meta:
        model = Incident
        fields = (*COLUMNS, "happened_at")


class IncidentStatusWrite(Told):
    """Where the inquiry stands."""

    status = code(IncidentStatus)


class IncidentFinding(Told):
    """What a named body found, or its step towards it."""

    status = code(IncidentStatus)
    found_by = Related(Actor)
    finding = text(8000)


VERBS = (
    Verb(
        name="incident.reported",
        on=Negotiation,
        makes=Incident,
        body=IncidentNew,
        run=lambda call: report_incident(negotiation=call.negotiation, **call.made),
        dated_by="happened_at",
        summary="Record an alleged event",
        example={
            "type": "shooting",
            "title": "Shots near the bridge",
            "conditions": ["C1"],
            "alleged_by": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
            "severity": "minor",
            "happened_at": "2025-11-06T04:10:00Z",
            "date_prec": 1,
            "citations": [{"source": "S1", "credibility": "3"}],
        },
    ),
    Verb(
        name="incident.edited",
        on=Incident,
        body=IncidentWrite,
        run=lambda call: edit_incident(call.item, **call.amended),
        summary="Edit what is alleged",
        example={"conditions": ["C1", "C2"], "reason": "It touches the release too."},
    ),
    Verb(
        name="incident.status_changed",
        on=Incident,
        path="status",
        body=IncidentStatusWrite,
        run=lambda call: change_incident_status(call.item, **call.amended),
        summary="Record a step of the inquiry",
        description="A finding (confirmed, not a violation, inconclusive) takes the body that found it: `find/`.",
        example={
            "status": "under_investigation",
            "reason": "The monitors went to see.",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="incident.found",
        on=Incident,
        path="find",
        body=IncidentFinding,
        run=lambda call: record_finding(call.item, **call.amended),
        summary="Record what a named body found",
        example={
            "status": "inconclusive",
            "found_by": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
            "finding": "The monitors could not say who fired.",
            "reason": "Their report of 9 November.",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
)
