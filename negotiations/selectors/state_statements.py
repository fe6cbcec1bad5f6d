"""What is said in a phase-state document: claims, disputes with positions, windows, outlooks, who takes part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from negotiations.models import Assessment, Condition, Dispute, Gate, Party, Phase, Position, ThirdParty, Window
from negotiations.rules.codes import DisputeStatus, Likelihood, Stance, Trend
from negotiations.rules.facts import reading_order

from .state_reckoning import StateReckoning, disputes_by_key
from .state_rows import Row, StateRows
from .state_values import Refs, actor, named, number, refs


def latest_claims(rows: StateRows, said: Iterable[Row]) -> list[dict[str, Any]]:
    """The latest claim of each claimant and kind, side by side in alphabetical order; `said` comes newest first.

    What somebody says and what somebody measures are two statements, even by the same body.
    """
    latest: dict[tuple[int, str], Row] = {}
    for row in said:
        latest.setdefault((row["claimant_id"], row["kind"]), row)
    found = [(actor(rows, pk), row) for (pk, _kind), row in latest.items()]
    return [
        _claim(claimant, row)
        for claimant, row in sorted(found, key=lambda one: (one[0] or {}).get("name", ""))
        if claimant is not None
    ]


def _claim(claimant: dict[str, Any], row: Row) -> dict[str, Any]:
    return {
        "id": row["public_id"],
        "ref": row["ref"],
        "claimant": claimant,
        "speaker": row["speaker"],
        "kind": row["kind"],
        "text": row["text"],
        "text_ar": row["text_ar"],
        "text_language": row["text_language"],
        "value_low": number(row["value_low"]),
        "value_best": number(row["value_best"]),
        "value_high": number(row["value_high"]),
        "unit": row["unit"],
        "period_start": row["period_start"],
        "period_end": row["period_end"],
        "said_at": row["said_at"],
        "marking": row["marking"],
    }


def dispute_documents(rows: StateRows, reckoning: StateReckoning, shaken: Refs) -> list[dict[str, Any]]:
    """Every dispute in the order of refs, the closed ones too, with each actor's current position.

    `shaken` has the refs of retracted sources that a status rests on, by public id.
    """
    said: defaultdict[int, list[Row]] = defaultdict(list)
    for position in rows.all(Position):
        said[position["dispute_id"]].append(position)
    known = disputes_by_key(rows)
    ordered = [known[one.id] for one in sorted(reckoning.disputes, key=reading_order)]
    return [_dispute(rows, row, said[row["id"]], shaken) for row in ordered]


def _dispute(rows: StateRows, row: Row, said: Iterable[Row], shaken: Refs) -> dict[str, Any]:
    conditions, phase = rows.by_id(Condition), rows.by_id(Phase).get(row["phase_id"])
    gate = rows.by_id(Gate).get(row["gate_id"])
    return {
        "id": row["public_id"],
        "ref": row["ref"],
        "title": row["title"],
        "title_ar": row["title_ar"],
        "question": row["question"],
        "question_ar": row["question_ar"],
        "category": row["category"],
        "type": row["type"],
        "status": row["status"],
        "status_label": DisputeStatus(row["status"]).label,
        "rests_on_retracted": list(shaken.get(row["public_id"], ())),
        "rung": row["rung"],
        "rung_due_at": row["rung_due_at"],
        "conditions": refs(conditions, sorted(rows.of(Dispute, "conditions", row["id"]))),
        "phase": phase["number"] if phase else None,
        "gate": gate["public_id"] if gate else None,
        "opened_at": row["opened_at"],
        "closed_at": row["closed_at"],
        "outcome": row["outcome"],
        "positions": _positions(rows, said),
        "marking": row["marking"],
        "version": row["version"],
    }


def _positions(rows: StateRows, said: Iterable[Row]) -> list[dict[str, Any]]:
    """The current position of each actor in alphabetical order; `said` comes newest first."""
    latest: dict[int, Row] = {}
    for row in said:
        latest.setdefault(row["actor_id"], row)
    found = [(rows.actors[pk], row) for pk, row in latest.items() if pk in rows.actors]
    return [_position(named(who), row) for who, row in sorted(found, key=lambda one: str(one[0]["name"]))]


def _position(who: dict[str, Any], row: Row) -> dict[str, Any]:
    return {
        "id": row["public_id"],
        "ref": row["ref"],
        "actor": who,
        "stance": row["stance"],
        "stance_label": Stance(row["stance"]).label,
        "summary": row["summary"],
        "summary_ar": row["summary_ar"],
        "quote": row["quote"],
        "quote_language": row["quote_language"],
        "speaker": row["speaker"],
        "channel": row["channel"],
        "stated_at": row["stated_at"],
        "marking": row["marking"],
    }


def window_documents(rows: StateRows, reckoning: StateReckoning) -> list[dict[str, Any]]:
    """Every window in the order in which they open."""
    phases = rows.by_id(Phase)
    found = []
    for row in sorted(rows.all(Window), key=lambda row: (row["opens_at"], row["ref"])):
        phase = phases.get(row["phase_id"])
        is_closed = row["closes_at"] is not None and row["closes_at"] < reckoning.at
        names = ("ref", "title", "title_ar", "reason", "reason_ar", "opens_at", "closes_at", "closed_reason")
        found.append(
            {
                "id": row["public_id"],
                **{name: row[name] for name in names},
                "phase": phase["number"] if phase else None,
                "is_open": row["opens_at"] <= reckoning.at and not is_closed,
                "marking": row["marking"],
            }
        )
    return found


def outlook_documents(rows: StateRows) -> list[dict[str, Any]]:
    """Analysts' dated judgements, newest first; likelihood alone, never mixed with confidence."""
    phases = rows.by_id(Phase)
    found = []
    for row in sorted(rows.all(Assessment), key=lambda row: (row["assessed_at"], row["ref"]), reverse=True):
        phase = phases.get(row["phase_id"])
        names = ("percent_low", "percent_high", "trend", "rationale", "rationale_ar", "assessed_at", "resolves_at")
        found.append(
            {
                "id": row["public_id"],
                **{name: row[name] for name in ("ref", "question", "question_ar", "likelihood")},
                "likelihood_label": Likelihood(row["likelihood"]).label,
                **{name: row[name] for name in names},
                "trend_label": Trend(row["trend"]).label,
                "outcome": row["outcome"],
                "resolved_at": row["resolved_at"],
                "is_illustrative": row["is_illustrative"],
                "phase": phase["number"] if phase else None,
                "marking": row["marking"],
            }
        )
    return found


def party_documents(rows: StateRows) -> list[dict[str, Any]]:
    """The sides, in alphabetical order of their English names."""
    found = [
        {"id": row["public_id"], "actor": who, "represented_by": row["represented_by"], "marking": row["marking"]}
        for row in rows.all(Party)
        if (who := actor(rows, row["actor_id"])) is not None
    ]
    return sorted(found, key=lambda one: str(one["actor"]["name"]))


def third_party_documents(rows: StateRows) -> list[dict[str, Any]]:
    """The outsiders' roles, in alphabetical order of their English names."""
    found = [
        {
            "id": row["public_id"],
            "actor": who,
            "role": row["role"],
            "represented_by": row["represented_by"],
            "marking": row["marking"],
        }
        for row in rows.all(ThirdParty)
        if (who := actor(rows, row["actor_id"])) is not None
    ]
    return sorted(found, key=lambda one: (str(one["actor"]["name"]), str(one["role"])))
