"""The conditions of a phase-state document: what the text asks, what is claimed, found and assessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from negotiations.models import Claim, Clause, Condition, Gate, Link, Party, Phase, ThirdParty
from negotiations.rules.blockers import is_blocked
from negotiations.rules.deadlines import Deadline
from negotiations.rules.facts import Key, is_standing, reading_order
from negotiations.rules.freshness import Ages
from negotiations.rules.holds import Hold, HoldKind
from negotiations.rules.status_words import level, status_label

from .state_basis import Bases
from .state_reckoning import StateReckoning, disputes_by_key
from .state_rows import Row, StateRows
from .state_statements import latest_claims
from .state_values import Refs, actor, by_name, code, duration, number, refs, seat


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around the conditions, looked up once for all of them."""

    phases: Mapping[int, Row]
    conditions: Mapping[int, Row]
    disputes: Mapping[Key, Row]
    parties: Mapping[int, Row]
    outsiders: Mapping[int, Row]
    clauses: Mapping[int, Row]
    claims: Mapping[int, list[Row]]
    gates: Mapping[int, list[Row]]
    links: Mapping[int, list[Row]]
    assessed: Bases
    shaken: Refs
    last_time: Mapping[int, dict[str, Any]]


def condition_documents(
    rows: StateRows,
    reckoning: StateReckoning,
    assessed: Bases,
    shaken: Refs,
    last_time: Mapping[int, dict[str, Any]],
    *,
    only: int | None = None,
) -> list[dict[str, Any]]:
    """Every condition as people read them: by phase, then C2 before C10; or the one with the id `only`.

    `assessed` says what the present status rests on and `shaken` what of that was retracted, by the
    condition's public id; `last_time` how its counterpart in the earlier attempt fared, by the condition's id.
    """
    around = _around(rows, reckoning, assessed, shaken, last_time)
    ordered = sorted(
        (row for row in rows.all(Condition) if only is None or row["id"] == only),
        key=lambda row: (_phase_number(around, row), reading_order(reckoning.conditions[row["id"]])),
    )
    return [_condition(rows, reckoning, around, row) for row in ordered]


def _around(
    rows: StateRows,
    reckoning: StateReckoning,
    assessed: Bases,
    shaken: Refs,
    last_time: Mapping[int, dict[str, Any]],
) -> Around:
    claims: defaultdict[int, list[Row]] = defaultdict(list)
    for claim in rows.all(Claim):
        for pk in rows.of(Claim, "conditions", claim["id"]):
            claims[pk].append(claim)
    gates: defaultdict[int, list[Row]] = defaultdict(list)
    standing = {gate.id for gate in reckoning.gates if is_standing(gate, reckoning.at)}
    for gate in rows.all(Gate):
        if gate["id"] in standing:
            gates[gate["condition_id"]].append(gate)
    links: defaultdict[int, list[Row]] = defaultdict(list)
    tied = {link.id for link in reckoning.links if is_standing(link, reckoning.at)}
    for link in rows.all(Link):
        if link["id"] in tied:
            links[link["condition_id"]].append(link)
    return Around(
        phases=rows.by_id(Phase),
        conditions=rows.by_id(Condition),
        disputes=disputes_by_key(rows),
        parties=rows.by_id(Party),
        outsiders=rows.by_id(ThirdParty),
        clauses=rows.by_id(Clause),
        claims=claims,
        gates=gates,
        links=links,
        assessed=assessed,
        shaken=shaken,
        last_time=last_time,
    )


def _phase_number(around: Around, row: Row) -> int | None:
    phase = around.phases.get(row["phase_id"])
    return phase["number"] if phase else None


def _condition(rows: StateRows, reckoning: StateReckoning, around: Around, row: Row) -> dict[str, Any]:
    pk = row["id"]
    return {
        "id": row["public_id"],
        "ref": row["ref"],
        "phase": _phase_number(around, row),
        "title": row["title"],
        "title_ar": row["title_ar"],
        "text": row["text"],
        "text_ar": row["text_ar"],
        "clause": _clause(around.clauses.get(row["clause_id"])),
        "kind": row["kind"],
        "category": row["category"],
        "agreement_state": row["agreement_state"],
        "specificity": row["specificity"],
        "obligors": by_name(seat(rows, around.parties, party) for party in rows.of(Condition, "obligors", pk)),
        "beneficiary": seat(rows, around.parties, row["beneficiary_id"]),
        "verifier": seat(rows, around.outsiders, row["verifier_id"]),
        "status": row["status"],
        "status_label": status_label(row["status"], row["kind"]),
        "level": level(row["status"]),
        "status_since": row["status_since"],
        "assessed": _assessed(around, row),
        "quantity": _quantity(around, row),
        "verification": _verification(rows, row),
        "finding_rejected_by": seat(rows, around.parties, row["finding_rejected_by_id"]),
        "waived_by": seat(rows, around.parties, row["waived_by_id"]),
        "suspended_until": row["suspended_until"],
        "due": _due(around, row, reckoning.deadlines.get(pk)),
        "freshness": _freshness(row, reckoning.ages(pk)),
        "is_blocked": is_blocked(reckoning.web, pk),
        "rests_on_retracted": list(around.shaken.get(row["public_id"], ())),
        "held_by": [_hold(around, hold) for hold in reckoning.web.holds.get(pk, ())],
        "gates": _gates(rows, around, pk),
        "links": _links(around, pk),
        "disputes": _open_disputes(reckoning, around, pk),
        "claims": latest_claims(rows, around.claims.get(pk, ())),
        "last_time": around.last_time.get(pk),
        "marking": row["marking"],
        "version": row["version"],
    }


def _assessed(around: Around, row: Row) -> dict[str, Any] | None:
    """What the status rests on; None where the words that set it were redacted."""
    basis = around.assessed.get(row["public_id"])
    if basis is None or basis["status"] != row["status"]:
        return None
    return {name: value for name, value in basis.items() if name != "status"}


def _clause(row: Row | None) -> dict[str, Any] | None:
    return {"instrument": row["instrument__ref"], "number": row["number"]} if row else None


def _quantity(around: Around, row: Row) -> dict[str, Any] | None:
    if row["target"] is None and row["value"] is None:
        return None
    return {
        "value": number(row["value"]),
        "target": number(row["target"]),
        "unit": row["unit"],
        "unit_ar": row["unit_ar"],
        "comparator": code(row["comparator"]),
        "per": code(row["per"]),
        "ratio_to": next(iter(refs(around.conditions, [row["ratio_to_id"]])), None),
        "tolerance": number(row["tolerance"]),
    }


def _verification(rows: StateRows, row: Row) -> dict[str, Any] | None:
    if not row["verified_by"]:
        return None
    return {
        "by": row["verified_by"],
        "actor": actor(rows, row["verified_by_actor_id"]),
        "method": code(row["verification_method"]),
        "access": code(row["verification_access"]),
        "at": row["verified_at"],
    }


def _due(around: Around, row: Row, found: Deadline | None) -> dict[str, Any] | None:
    """Absolute moments and flags; a length of time would be wrong as soon as it was read."""
    if found is None:
        return None
    phase = around.phases.get(row["due_phase_id"])
    return {
        "at": found.moment.at,
        "at_by_text": found.moment.by_text,
        "projected_at": found.moment.projected,
        "anchor": code(row["due_anchor"]),
        "anchor_phase": phase["number"] if phase else None,
        "anchor_condition": next(iter(refs(around.conditions, [row["due_condition_id"]])), None),
        "offset": duration(row["due_offset"]),
        "extended_to": found.moment.extended_to,
        "long_stop_at": found.long_stop_at,
        "is_overdue": found.is_overdue,
        "is_met_late": found.is_met_late,
        "late_by": duration(found.late_by),
        "is_past_long_stop": found.is_past_long_stop,
    }


def _freshness(row: Row, found: Ages) -> dict[str, Any]:
    return {
        "state": found.state,
        "checked_at": found.checked_at,
        "checked_where": row["checked_where"],
        "due_at": found.due_at,
        "stale_at": found.stale_at,
    }


def _hold(around: Around, hold: Hold) -> dict[str, Any]:
    """What it waits for by its ref; a verifier kept out has none."""
    known: Mapping[Key, Row] = around.conditions if hold.is_on_condition else around.disputes
    on = None if hold.kind is HoldKind.NO_ACCESS else next(iter(refs(known, [hold.on])), None)
    return {"kind": hold.kind, "on": on, "is_binding": hold.is_binding, "owed": number(hold.owed)}


def _gates(rows: StateRows, around: Around, pk: int) -> list[dict[str, Any]]:
    shown = (gate for gate in around.gates.get(pk, ()) if gate["phase_id"] in around.phases)
    return [
        {
            "id": gate["public_id"],
            "phase": around.phases[gate["phase_id"]]["number"],
            "authority": gate["authority"],
            "asserted_by": by_name(actor(rows, one) for one in rows.of(Gate, "asserted_by", gate["id"])),
        }
        for gate in sorted(shown, key=lambda gate: (str(gate["authority"]), around.phases[gate["phase_id"]]["number"]))
    ]


def _links(around: Around, pk: int) -> list[dict[str, Any]]:
    return [
        {
            "type": link["type"],
            "other": around.conditions[link["other_id"]]["ref"],
            "offset": duration(link["offset"]),
            "ratio": number(link["ratio"]),
        }
        for link in around.links.get(pk, ())
        if link["other_id"] in around.conditions
    ]


def _open_disputes(reckoning: StateReckoning, around: Around, pk: int) -> list[str]:
    holding = (one for one in reckoning.disputes if one.is_holding and pk in one.conditions)
    return refs(around.disputes, (one.id for one in sorted(holding, key=reading_order)))
