"""The phase-state document: where every phase stands, what blocks it, who says so; one request tells all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from negotiations.history.moment import Moment, latest_visible
from negotiations.history.states import states_at
from negotiations.models import Condition, Negotiation, Phase
from negotiations.rules.gates import phase_in_question
from negotiations.rules.marking import Viewer, narrowest

from .negotiation_facts import negotiation_document
from .scene import Shaken
from .shaken import shaken_statuses
from .state_basis import status_bases
from .state_conditions import condition_documents
from .state_exchanges import exchange_documents
from .state_outside import base_rate_documents, completeness_documents, counterparts
from .state_phases import Statuses, phase_documents, verdict_document
from .state_reckoning import StateReckoning, reckon_state
from .state_rows import StateRows, load_state
from .state_statements import (
    dispute_documents,
    outlook_documents,
    party_documents,
    third_party_documents,
    window_documents,
)
from .state_values import markings_in


def phase_state(negotiation: Negotiation, *, viewer: Viewer, moment: Moment) -> dict[str, Any] | None:
    """The whole document as plain values, or None where the negotiation was not there yet.

    The number of queries does not grow with the number of rows.
    """
    rows = load_state(negotiation, viewer=viewer, moment=moment)
    if rows is None:
        return None
    reckoning = _reckon(rows, negotiation, viewer, moment)
    when_declared = _when_declared(rows, negotiation, reckoning, moment.known_at)
    assessed = status_bases(rows, negotiation, viewer=viewer, moment=replace(moment, at=reckoning.at))
    last_time = counterparts(rows, reckoning, viewer=viewer, known_at=moment.known_at)
    shaken = shaken_statuses(viewer, {negotiation.pk: moment}, rows.states)[negotiation.pk]
    conditions = condition_documents(rows, reckoning, assessed, shaken.refs, last_time)
    document = {
        "negotiation": negotiation_document(rows.negotiation, shaken.refs),
        "language": get_language(),
        **_moments(reckoning, moment),
        "verdict": _verdict(rows, reckoning, when_declared),
        "parties": party_documents(rows),
        "third_parties": third_party_documents(rows),
        "phases": phase_documents(rows, reckoning, when_declared, shaken.refs),
        "conditions": conditions,
        "disputes": dispute_documents(rows, reckoning, shaken.refs),
        "exchanges": exchange_documents(rows, reckoning),
        "completeness": completeness_documents(rows, reckoning),
        "base_rates": base_rate_documents(rows),
        "windows": window_documents(rows, reckoning),
        "outlook": outlook_documents(rows),
    }
    return document | {"marking": narrowest(markings_in(document, shaken))}


@dataclass(frozen=True, slots=True)
class StatePart:
    """Some documents of the phase state, the moment their flags are computed at, and until when they stay true.

    `shaken` says which statuses rest on retracted sources, whoever bears them.
    """

    documents: list[dict[str, Any]]
    shaken: Shaken
    at: datetime
    valid_until: datetime | None


def condition_states(
    negotiation: Negotiation, *, viewer: Viewer, moment: Moment, only: int | None = None
) -> StatePart | None:
    """The conditions (or the one with the id `only`) as the phase-state document holds them.

    None where the negotiation was not there yet. Their gates, holds and due moments follow from
    everything around them, so all of that is read.
    """
    rows = load_state(negotiation, viewer=viewer, moment=moment)
    if rows is None:
        return None
    reckoning = _reckon(rows, negotiation, viewer, moment)
    assessed = status_bases(rows, negotiation, viewer=viewer, moment=replace(moment, at=reckoning.at))
    last_time = counterparts(rows, reckoning, viewer=viewer, known_at=moment.known_at)
    shaken = shaken_statuses(viewer, {negotiation.pk: moment}, rows.states)[negotiation.pk]
    found = condition_documents(rows, reckoning, assessed, shaken.refs, last_time, only=only)
    return StatePart(found, shaken, reckoning.at, reckoning.valid_until)


def phase_states(
    negotiation: Negotiation, *, viewer: Viewer, moment: Moment, only: int | None = None
) -> StatePart | None:
    """The phases (or the one with the id `only`) as the phase-state document holds them, with their readiness."""
    rows = load_state(negotiation, viewer=viewer, moment=moment)
    if rows is None:
        return None
    reckoning = _reckon(rows, negotiation, viewer, moment)
    shaken = shaken_statuses(viewer, {negotiation.pk: moment}, rows.states)[negotiation.pk]
    when_declared = _when_declared(rows, negotiation, reckoning, moment.known_at)
    found = phase_documents(rows, reckoning, when_declared, shaken.refs)
    if only is not None:
        public_id = rows.by_id(Phase).get(only, {}).get("public_id")
        found = [one for one in found if one["id"] == public_id]
    return StatePart(found, shaken, reckoning.at, reckoning.valid_until)


def _reckon(rows: StateRows, negotiation: Negotiation, viewer: Viewer, moment: Moment) -> StateReckoning:
    if moment.is_past or moment.has_ended:
        return reckon_state(rows, at=moment.at)
    return reckon_state(rows, at=moment.at, latest=latest_visible(negotiation, viewer) or moment.at)


def _moments(reckoning: StateReckoning, moment: Moment) -> dict[str, Any]:
    return {
        "as_of": reckoning.at,
        "known_at": moment.known_at,
        "is_past": moment.is_past,
        "coverage_has_ended": moment.has_ended,
        "valid_until": reckoning.valid_until,
    }


def _when_declared(
    rows: StateRows, negotiation: Negotiation, reckoning: StateReckoning, known_at: datetime | None
) -> Statuses:
    """The statuses of the conditions at the moment each phase was declared; one query for each declaration."""
    found: dict[int, dict[Any, str]] = {}
    for phase in rows.all(Phase):
        moment = phase["declared_at"]
        if moment is not None and moment <= reckoning.at:
            told = states_at(negotiation.pk, as_of=moment, known_at=known_at, kinds=["condition"])
            known = ((row["id"], told.get(row["public_id"])) for row in rows.all(Condition))
            found[phase["id"]] = {pk: values["status"] for pk, values in known if values}
    return found


def _verdict(rows: StateRows, reckoning: StateReckoning, when_declared: Statuses) -> dict[str, Any] | None:
    """What can be said of the negotiation in one sentence: that of the phase in question."""
    phase = phase_in_question(reckoning.phases.values())
    if phase is None:
        return None
    return verdict_document(rows, reckoning, reckoning.readiness(phase.id, when_declared.get(phase.id)))
