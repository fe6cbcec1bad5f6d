"""Verbs on incidents: what is alleged, inquired into and found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from negotiations.models import Actor, Condition, Incident, Negotiation, Party
from negotiations.rules.codes import IncidentStatus
from negotiations.rules.evidence import check_incident_evidence

from .act import Act
from .citing import check_cited, evidence_for
from .record import amend, writing
from .status import check_from


def report_incident(
    *,
    act: Act,
    negotiation: Negotiation,
    type: str,
    title: str,
    happened_at: datetime,
    conditions: Iterable[Condition] = (),
    **fields: Any,
) -> Incident:
    """Record an event as alleged; what a body finds of it is a verb of its own."""
    incident = Incident(negotiation=negotiation, type=type, title=title, happened_at=happened_at, **fields)
    check_cited(incident, act)
    with writing(negotiation, act) as record:
        return record.create(incident, "incident.reported", relate={"conditions": conditions})


def edit_incident(
    incident: Incident,
    *,
    act: Act,
    version: int | None,
    conditions: Iterable[Condition] | None = None,
    **fields: Any,
) -> Incident:
    relate = None if conditions is None else {"conditions": conditions}
    return amend(incident, "incident.edited", act=act, version=version, relate=relate, **fields)


def change_incident_status(incident: Incident, *, act: Act, version: int | None, status: str) -> Incident:
    """Record a step of an inquiry; findings are refused here because they need the body that found."""
    return record_finding(incident, act=act, version=version, status=status, found_by=None)


def record_finding(
    incident: Incident,
    *,
    act: Act,
    version: int | None,
    status: str,
    found_by: Actor | None,
    finding: str = "",
) -> Incident:
    """Record what a named body found, or a step towards it; a party is not such a body."""
    with writing(incident.negotiation, act) as record:
        saved = record.lock(incident, version, {"status": status, "finding": finding})
        check_from(saved, record.effective_at, status, IncidentStatus)
        check_incident_evidence(
            status,
            reason=act.reason,
            evidence=evidence_for(saved, act.cites),
            no_source_reason=act.no_source_reason,
            finding_by=found_by,
            finding_by_is_party=found_by is not None
            and Party.objects.filter(negotiation=saved.negotiation, actor=found_by).exists(),
        )
        if found_by is None:
            record.change(saved, "incident.status_changed", status=status)
        else:
            record.change(
                saved,
                "incident.found",
                status=status,
                found_by=found_by,
                found_at=record.effective_at,
                finding=finding,
            )
        return saved
