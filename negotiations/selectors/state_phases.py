"""The phases of a phase-state document: assessed, declared and planned apart, readiness and blockers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negotiations.models import Condition, Party, Phase
from negotiations.rules.anchors import NOTHING, Event, Happening
from negotiations.rules.blockers import Blockers, phase_blockers
from negotiations.rules.codes import PhaseStatus
from negotiations.rules.facts import Key
from negotiations.rules.gates import GateState, Readiness, Reading
from negotiations.rules.verdict import reading_sentence, verdict_remarks, verdict_sentence

from .state_reckoning import StateReckoning, disputes_by_key
from .state_rows import Row, StateRows
from .state_steps import earliest_start_document, step_documents
from .state_values import Refs, actor, by_name, day_here, name_here, refs, seat

Statuses = Mapping[int, Mapping[Key, str]]


def phase_documents(
    rows: StateRows, reckoning: StateReckoning, when_declared: Statuses, shaken: Refs
) -> list[dict[str, Any]]:
    """Every phase in the order of its number.

    `when_declared` holds the statuses of conditions then, by phase; `shaken` the refs of retracted sources
    that the present status of a phase rests on, by its public id.
    """
    phases = sorted(rows.all(Phase), key=lambda row: row["number"])
    return [_phase(rows, reckoning, row, when_declared.get(row["id"]), shaken) for row in phases]


def _phase(
    rows: StateRows, reckoning: StateReckoning, row: Row, when_declared: Mapping[Key, str] | None, shaken: Refs
) -> dict[str, Any]:
    ready = reckoning.readiness(row["id"], when_declared)
    return {
        "id": row["public_id"],
        "number": row["number"],
        "title": row["title"],
        "title_ar": row["title_ar"],
        "summary": row["summary"],
        "summary_ar": row["summary_ar"],
        "status": row["status"],
        "status_label": PhaseStatus(row["status"]).label,
        "rests_on_retracted": list(shaken.get(row["public_id"], ())),
        "declared": _declared(rows, reckoning, row),
        "planned": _planned(reckoning, row),
        "started_at": row["started_at"],
        "ended_at": row["ended_at"],
        "earliest_start": earliest_start_document(rows, reckoning, row),
        "readiness": readiness_document(rows, reckoning, ready),
        "marking": row["marking"],
        "version": row["version"],
    }


def _declared(rows: StateRows, reckoning: StateReckoning, row: Row) -> dict[str, Any] | None:
    if not row["declared_status"] or row["declared_at"] is None or row["declared_at"] > reckoning.at:
        return None
    by = actor(rows, row["declared_by_id"])
    return {"status": row["declared_status"], "by": by, "at": row["declared_at"]}


def _planned(reckoning: StateReckoning, row: Row) -> dict[str, Any]:
    start = reckoning.schedule.get(Happening(Event.START, row["id"]), NOTHING)
    end = reckoning.schedule.get(Happening(Event.END, row["id"]), NOTHING)
    return {"start_at": start.by_text, "end_at": end.by_text, "extended_to": end.extended_to}


def readiness_document(rows: StateRows, reckoning: StateReckoning, ready: Readiness) -> dict[str, Any]:
    """How ready a phase is: the verdict, the gates of the text, those actors assert, and what blocks it."""
    disputes = disputes_by_key(rows)
    blocked = phase_blockers(reckoning.web, ready.text)
    return {
        "verdict": verdict_document(rows, reckoning, ready),
        "text": _reading(rows, ready.text),
        "others": _others(rows, reckoning, ready),
        "blockers": _blockers(rows, blocked),
        "next_steps": step_documents(rows, reckoning, blocked, [ready]),
        "disputes": refs(disputes, ready.disputes),
    }


def verdict_document(rows: StateRows, reckoning: StateReckoning, ready: Readiness) -> dict[str, Any]:
    """The verdict as data and as a sentence in the active language."""
    verdict = ready.verdict
    declared = verdict.declaration
    by = name_here(rows, declared.by) if declared else ""
    on = day_here(declared.at, reckoning.zone) if declared else ""
    return {
        "kind": verdict.kind,
        "phase": verdict.number,
        "sentence": verdict_sentence(verdict, declared_by=by, declared_on=on),
        "remarks": verdict_remarks(verdict, declared_by=by, declared_on=on),
        "open": verdict.open,
        "total": verdict.total,
        "waived": verdict.waived,
        "disputed": verdict.disputed,
    }


def _reading(rows: StateRows, reading: Reading) -> dict[str, Any]:
    disputes = disputes_by_key(rows)
    return {
        "satisfied": reading.satisfied,
        "open": reading.open,
        "total": reading.total,
        "gates": [_gate(rows, gate, disputes) for gate in reading.gates],
    }


def _gate(rows: StateRows, gate: GateState, disputes: Mapping[Key, Row]) -> dict[str, Any]:
    conditions = rows.by_id(Condition)
    return {
        "condition": conditions[gate.condition]["ref"],
        "standing": gate.standing,
        "status": gate.status,
        "alternative": next(iter(refs(conditions, [gate.alternative])), None),
        "disputes": refs(disputes, gate.disputes),
    }


def _others(rows: StateRows, reckoning: StateReckoning, ready: Readiness) -> list[dict[str, Any]]:
    """Readings of actors, side by side in alphabetical order, each with what blocks the phase by it."""
    found = []
    for reading in ready.others:
        by = actor(rows, reading.asserted_by)
        if by is not None:
            blocked = _blockers(rows, phase_blockers(reckoning.web, reading))
            sentence = reading_sentence(reading, name_here(rows, reading.asserted_by))
            found.append({"asserted_by": by, "sentence": sentence, **_reading(rows, reading), "blockers": blocked})
    return sorted(found, key=lambda one: str(one["asserted_by"]["name"]))


def _blockers(rows: StateRows, found: Blockers) -> dict[str, Any]:
    conditions, disputes, parties = rows.by_id(Condition), disputes_by_key(rows), rows.by_id(Party)
    return {
        "open": refs(conditions, found.roots),
        "behind_them": refs(
            conditions, (one.condition for one in found.conditions if one.condition not in found.roots)
        ),
        "disputes": refs(disputes, found.disputes),
        "mutual_preconditions": [
            {
                "conditions": refs(conditions, group.conditions),
                "parties": by_name(seat(rows, parties, pk) for pk in group.parties),
            }
            for group in found.groups
        ],
        "longest_chain": [refs(conditions, step) for step in found.longest_chain],
    }
