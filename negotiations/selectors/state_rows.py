"""The rows a phase-state document is made of: plain values, visible to one reader, at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from negotiations.history.as_of import States, keys_of, related_then, rewind_values
from negotiations.history.moment import Moment
from negotiations.history.states import states_at
from negotiations.models import (
    Actor,
    Assessment,
    Claim,
    ClaimedCondition,
    Clause,
    Condition,
    Dispute,
    DisputedCondition,
    Gate,
    GateAssertion,
    Link,
    MarkedItem,
    Negotiation,
    Obligation,
    Party,
    Phase,
    Position,
    ThirdParty,
    Window,
)
from negotiations.rules.marking import Viewer

Row = dict[str, Any]
Ids = Mapping[int, tuple[int, ...]]

BASE = ("id", "public_id", "marking")
TITLED = (*BASE, "ref", "title", "title_ar")
# Every column a document may hold; what is not named here can leak from nowhere.
COLUMNS: dict[type[MarkedItem], tuple[str, ...]] = {
    Party: (*BASE, "actor_id", "represented_by"),
    ThirdParty: (*BASE, "actor_id", "role", "represented_by"),
    Clause: (*BASE, "number", "instrument__ref"),
    Phase: (
        *BASE, "version", "number", "title", "title_ar", "summary", "summary_ar", "status", "declared_status",
        "declared_by_id", "declared_at", "planned_start_anchor", "planned_start_at", "planned_start_phase_id",
        "planned_start_offset", "planned_end_anchor", "planned_end_at", "planned_end_phase_id",
        "planned_end_offset", "extended_to", "started_at", "ended_at",
    ),
    Condition: (
        *TITLED, "version", "phase_id", "clause_id", "text", "text_ar", "kind", "category", "beneficiary_id",
        "verifier_id", "agreement_state", "specificity", "status", "status_since", "value", "verified_by",
        "verified_by_actor_id", "verification_method", "verification_access", "verified_at",
        "finding_rejected_by_id", "waived_by_id", "suspended_until", "target", "unit", "unit_ar", "comparator",
        "per", "ratio_to_id", "tolerance", "due_anchor", "due_at", "due_phase_id", "due_condition_id",
        "due_offset", "extended_to", "long_stop_at", "review_interval", "checked_at", "checked_where",
    ),
    Gate: (*BASE, "phase_id", "condition_id", "authority", "clause_id", "withdrawn_at"),
    Link: (*BASE, "condition_id", "other_id", "type", "offset", "ratio", "clause_id", "withdrawn_at"),
    Dispute: (
        *TITLED, "version", "question", "question_ar", "category", "type", "status", "rung", "rung_due_at",
        "phase_id", "gate_id", "opened_at", "closed_at", "outcome",
    ),
    Position: (
        *BASE, "ref", "actor_id", "dispute_id", "stance", "summary", "summary_ar", "quote", "quote_language",
        "speaker", "channel", "stated_at", "withdrawn_at",
    ),
    Claim: (
        *BASE, "ref", "claimant_id", "speaker", "kind", "text", "text_ar", "text_language", "value_low",
        "value_best", "value_high", "unit", "period_start", "period_end", "said_at", "withdrawn_at",
    ),
    Window: (
        *TITLED, "reason", "reason_ar", "phase_id", "opens_at", "closes_at", "closed_reason",
    ),
    Assessment: (
        *BASE, "ref", "question", "question_ar", "phase_id", "likelihood", "percent_low", "percent_high",
        "trend", "rationale", "rationale_ar", "assessed_at", "resolves_at", "outcome", "resolved_at",
        "is_illustrative",
    ),
}  # fmt: skip
RELATIONS: tuple[tuple[type[MarkedItem], str, type[Model], str, str], ...] = (
    (Condition, "obligors", Obligation, "condition_id", "party_id"),
    (Gate, "asserted_by", GateAssertion, "gate_id", "actor_id"),
    (Dispute, "conditions", DisputedCondition, "dispute_id", "condition_id"),
    (Claim, "conditions", ClaimedCondition, "claim_id", "condition_id"),
)
ACTOR_COLUMNS = ("actor_id", "declared_by_id", "verified_by_actor_id", "claimant_id")


@dataclass(slots=True)
class StateRows:
    """Rows by kind, what they are related to, and the actors they name; `states` holds what was so then."""

    negotiation: Row
    states: States | None = None
    rows: dict[type[MarkedItem], list[Row]] = field(default_factory=dict)
    related: dict[tuple[type[MarkedItem], str], Ids] = field(default_factory=dict)
    actors: dict[int, Row] = field(default_factory=dict)
    indexes: dict[type[MarkedItem], tuple[list[Row], dict[int, Row]]] = field(default_factory=dict)

    def all(self, kind: type[MarkedItem]) -> list[Row]:
        return self.rows.get(kind, [])

    def by_id(self, kind: type[MarkedItem]) -> dict[int, Row]:
        """Rows by their id; kept, because documents ask for it once for each of many parts."""
        rows, (kept, index) = self.all(kind), self.indexes.get(kind, (None, {}))
        if kept is not rows:
            index = {row["id"]: row for row in rows}
            self.indexes[kind] = (rows, index)
        return index

    def of(self, kind: type[MarkedItem], relation: str, pk: int) -> tuple[int, ...]:
        """Ids that one row is related to; some may be of rows the reader may not see."""
        return self.related.get((kind, relation), {}).get(pk, ())


def load_state(negotiation: Negotiation, *, viewer: Viewer, moment: Moment) -> StateRows | None:
    """Everything a reader may see of a negotiation at a moment, in one query for each kind.

    None where the negotiation was not there yet at that moment.
    """
    states = states_at(negotiation.pk, as_of=moment.as_of, known_at=moment.known_at) if moment.as_of else None
    head = negotiation_at(negotiation, states)
    if head is None:
        return None
    found = StateRows(head, states)
    for kind in COLUMNS:
        found.rows[kind] = list(_visible(kind, negotiation, viewer, moment))
    if states is None:
        _relate_now(found)
    found.actors = _actors(found, states)
    if states is not None:
        _rewind(found, states)
    _keep_latest(found, moment)
    return found


def negotiation_at(negotiation: Negotiation, states: States | None) -> Row | None:
    """The negotiation's own columns, now or as they were; None where it was not there yet."""
    row: Row = {f.attname: getattr(negotiation, f.attname) for f in negotiation._meta.concrete_fields}
    if states is None:
        return row
    return next(iter(rewind_values(Negotiation, [row], states, {})), None)


def _visible(kind: type[MarkedItem], negotiation: Negotiation, viewer: Viewer, moment: Moment) -> Iterable[Row]:
    # In a stated order: the same record makes the same document, wherever the rows lie on disk.
    rows = kind._default_manager.visible_to(viewer).filter(negotiation=negotiation).order_by("pk")
    if kind is Position:
        rows = rows.filter(dispute__isnull=False)
        if not moment.is_past:
            # Of a long history only the current statements leave the database.
            rows = rows.filter(stated_at__lte=moment.at, withdrawn_at__isnull=True)
            rows = rows.order_by("dispute_id", "actor_id", "-stated_at", "-id").distinct("dispute_id", "actor_id")
    elif kind is Claim and not moment.is_past:
        rows = rows.filter(said_at__lte=moment.at, withdrawn_at__isnull=True)
        rows = rows.order_by("about__condition_id", "claimant_id", "kind", "-said_at", "-id")
        rows = rows.distinct("about__condition_id", "claimant_id", "kind")
    found: Iterable[Row] = rows.values(*COLUMNS[kind])
    return found


def _relate_now(found: StateRows) -> None:
    for kind, name, through, mine, other in RELATIONS:
        pairs: defaultdict[int, list[int]] = defaultdict(list)
        ids = {row["id"] for row in found.all(kind)}
        for one, many in through._default_manager.filter(**{f"{mine}__in": ids}).values_list(mine, other):
            pairs[one].append(many)
        found.related[kind, name] = {pk: tuple(sorted(others)) for pk, others in pairs.items()}


def _actors(found: StateRows, states: States | None) -> dict[int, Row]:
    """The actors that visible rows name, now or, told by public id, at the moment asked about."""
    ids = {row[name] for rows in found.rows.values() for row in rows for name in ACTOR_COLUMNS if row.get(name)}
    ids |= {pk for others in found.related.get((Gate, "asserted_by"), {}).values() for pk in others}
    told: set[str] = set()
    for row in [row for rows in found.rows.values() for row in rows] if states else []:
        values = (states or {}).get(row["public_id"], {})
        told |= {values[n] for n in ("declared_by", "verified_by_actor", "actor", "claimant") if values.get(n)}
        told |= set(values.get("asserted_by") or ())
    rows = Actor.objects.filter(pk__in=ids) | Actor.objects.filter(public_id__in=told)
    columns = ("id", "public_id", "name", "name_ar", "short", "kind")
    return {row["id"]: dict(row) for row in rows.values(*columns)}


def _rewind(found: StateRows, states: States) -> None:
    """Put every row back to what it was; what was not there yet goes."""
    keys = keys_of(*found.rows.values(), found.actors.values())
    for kind in found.rows:
        found.rows[kind] = rewind_values(kind, found.rows[kind], states, keys)
    for kind, name, *_through in RELATIONS:
        found.related[kind, name] = {
            row["id"]: related_then(states[row["public_id"]], name, keys) for row in found.all(kind)
        }


def _stands(row: Row, moment: Moment) -> bool:
    return row["withdrawn_at"] is None or row["withdrawn_at"] > moment.at


def _keep_latest(found: StateRows, moment: Moment) -> None:
    """Order statements newest first and leave out those not made yet or taken back by the moment."""
    said = [row for row in found.all(Claim) if row["said_at"] <= moment.at and _stands(row, moment)]
    # One claim about several conditions comes back once for each.
    once = {row["id"]: row for row in said}
    found.rows[Claim] = sorted(once.values(), key=lambda row: (row["said_at"], row["id"]), reverse=True)
    stated = [row for row in found.all(Position) if row["stated_at"] <= moment.at and row["dispute_id"]]
    stated = [row for row in stated if _stands(row, moment)]
    found.rows[Position] = sorted(stated, key=lambda row: (row["stated_at"], row["id"]), reverse=True)
    found.rows[Assessment] = [row for row in found.all(Assessment) if row["assessed_at"] <= moment.at]
