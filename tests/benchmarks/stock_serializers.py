"""The document of `state/` as nested serializers over prefetched rows, for what the interface is measured against."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.duration import duration_iso_string
from rest_framework import serializers

from negotiations.api.serializers.condition import (
    Basis,
    CitationLine,
    ClaimLine,
    ClauseName,
    ConditionLine,
    Due,
    FreshnessLine,
    GateLine,
    HoldLine,
    LinkLine,
    Quantity,
    SourceLine,
    VerificationLine,
)
from negotiations.api.serializers.fields import ActorName
from negotiations.api.serializers.negotiation import NegotiationFacts
from negotiations.api.serializers.phase_state import (
    DisputeLine,
    PartyLine,
    PhaseLine,
    PhaseStateDocument,
    PositionLine,
    ThirdPartyLine,
)
from negotiations.models import (
    Condition,
)
from negotiations.rules.blockers import is_blocked
from negotiations.rules.codes import DisputeStatus, NegotiationStatus, Stance
from negotiations.rules.facts import reading_order
from negotiations.rules.status_words import level, status_label


class Seen(serializers.Field[Any, Any, Any, Any]):
    """A field whose value `make` works out from the row and what the rules said."""

    def __init__(self, make: Any) -> None:
        super().__init__(source="*", read_only=True)
        self.make = make

    def to_representation(self, value: Any) -> Any:
        return self.make(value, self.context)


class StockActor(ActorName):
    id = serializers.UUIDField(source="public_id")


class StockClause(ClauseName):
    instrument = serializers.CharField(source="instrument.ref")


class StockSource(SourceLine):
    id = serializers.UUIDField(source="public_id")


class StockCitation(CitationLine):
    source = StockSource()
    grade = Seen(lambda row, _context: f"{row.source.reliability}{row.credibility}")


class StockBasis(Basis):
    entry = serializers.UUIDField(source="public_id")
    at = serializers.DateTimeField(source="effective_at")
    reason = serializers.CharField(source="payload.reason")
    no_source_reason = serializers.CharField(source="payload.no_source_reason")
    citations = StockCitation(many=True, source="seen_citations")


class StockQuantity(Quantity):
    comparator = Seen(lambda row, _context: row.comparator or None)
    per = Seen(lambda row, _context: row.per or None)
    ratio_to = serializers.CharField(source="ratio_to.ref", default=None)


class StockVerification(VerificationLine):
    by = serializers.CharField(source="verified_by")
    actor = StockActor(source="verified_by_actor")
    method = Seen(lambda row, _context: row.verification_method or None)
    access = Seen(lambda row, _context: row.verification_access or None)
    at = serializers.DateTimeField(source="verified_at")


class StockDue(Due):
    at = serializers.DateTimeField(source="moment.at")
    at_by_text = serializers.DateTimeField(source="moment.by_text")
    projected_at = serializers.DateTimeField(source="moment.projected")
    anchor = Seen(lambda one, context: row_of(one, context).due_anchor or None)
    anchor_phase = Seen(lambda one, context: getattr(row_of(one, context).due_phase, "number", None))
    anchor_condition = Seen(lambda one, context: getattr(row_of(one, context).due_condition, "ref", None))
    offset = Seen(lambda one, context: length(row_of(one, context).due_offset))
    extended_to = serializers.DateTimeField(source="moment.extended_to")
    late_by = Seen(lambda one, _context: length(one.late_by))


class StockFreshness(FreshnessLine):
    checked_where = Seen(lambda one, context: row_of(one, context).checked_where)


class StockHold(HoldLine):
    on = Seen(lambda hold, context: context["refs"].get(hold.on))


class StockGate(GateLine):
    id = serializers.UUIDField(source="public_id")
    phase = serializers.IntegerField(source="phase.number")
    asserted_by = StockActor(many=True)


class StockLink(LinkLine):
    other = serializers.CharField(source="other.ref")
    offset = Seen(lambda row, _context: length(row.offset))


class StockClaim(ClaimLine):
    id = serializers.UUIDField(source="public_id")
    claimant = StockActor()


def row_of(one: Any, context: dict[str, Any]) -> Condition:
    row: Condition = context["by_id"][one.condition]
    return row


def nested(kind: type[serializers.Serializer[Any]], one: Any, context: dict[str, Any]) -> Any:
    return kind(one, context=context).data if one is not None else None


def length(value: Any) -> str | None:
    return duration_iso_string(value) if value is not None else None


def actors(seats: Iterable[Any], context: dict[str, Any]) -> Any:
    found = sorted((seat.actor for seat in seats), key=lambda actor: (actor.name, str(actor.public_id)))
    return StockActor(found, many=True, context=context).data


def standing(rows: Iterable[Any], context: dict[str, Any]) -> list[Any]:
    return [row for row in rows if row.withdrawn_at is None or row.withdrawn_at > context["reckoning"].at]


def refs_of(rows: Iterable[Any]) -> list[str]:
    return [row.ref for row in sorted(rows, key=lambda row: row.pk)]


def open_disputes(row: Condition, context: dict[str, Any]) -> list[str]:
    found = (one for one in context["reckoning"].disputes if one.is_holding and row.pk in one.conditions)
    return [context["refs"][one.id] for one in sorted(found, key=reading_order)]


def retracted(row: Any, context: dict[str, Any]) -> list[str]:
    return list(context["shaken"].get(row.public_id, ()))


class StockCondition(ConditionLine):
    id = serializers.UUIDField(source="public_id")
    phase = serializers.IntegerField(source="phase.number")
    clause = StockClause()
    obligors = Seen(lambda row, context: actors(row.obligors.all(), context))
    beneficiary = StockActor(source="beneficiary.actor", default=None)
    verifier = StockActor(source="verifier.actor", default=None)
    status_label = Seen(lambda row, _context: status_label(row.status, row.kind))
    level = Seen(lambda row, _context: level(row.status))
    assessed = Seen(lambda row, context: nested(StockBasis, context["bases"].get(row.public_id), context))
    quantity = Seen(
        lambda row, context: nested(
            StockQuantity, row if row.target is not None or row.value is not None else None, context
        )
    )
    verification = Seen(lambda row, context: nested(StockVerification, row if row.verified_by else None, context))
    finding_rejected_by = StockActor(source="finding_rejected_by.actor", default=None)
    waived_by = StockActor(source="waived_by.actor", default=None)
    due = Seen(lambda row, context: nested(StockDue, context["reckoning"].deadlines.get(row.pk), context))
    freshness = Seen(lambda row, context: nested(StockFreshness, context["reckoning"].ages(row.pk), context))
    is_blocked = Seen(lambda row, context: is_blocked(context["reckoning"].web, row.pk))
    rests_on_retracted = Seen(retracted)
    held_by = Seen(
        lambda row, context: StockHold(context["reckoning"].web.holds.get(row.pk, ()), many=True, context=context).data
    )
    gates = Seen(lambda row, context: StockGate(standing(row.seen_gates, context), many=True, context=context).data)
    links = Seen(lambda row, context: StockLink(standing(row.seen_links, context), many=True, context=context).data)
    disputes = Seen(open_disputes)
    claims = StockClaim(many=True, source="seen_claims")
    last_time = Seen(lambda _row, _context: None)


class StockPosition(PositionLine):
    id = serializers.UUIDField(source="public_id")
    actor = StockActor()
    stance_label = Seen(lambda row, _context: Stance(row.stance).label)


class StockDispute(DisputeLine):
    id = serializers.UUIDField(source="public_id")
    status_label = Seen(lambda row, _context: DisputeStatus(row.status).label)
    rests_on_retracted = Seen(retracted)
    conditions = Seen(lambda row, _context: refs_of(row.conditions.all()))
    phase = serializers.IntegerField(source="phase.number", default=None)
    gate = serializers.UUIDField(source="gate.public_id", default=None)
    positions = StockPosition(many=True, source="seen_positions")


class StockParty(PartyLine):
    id = serializers.UUIDField(source="public_id")
    actor = StockActor()


class StockThirdParty(ThirdPartyLine):
    id = serializers.UUIDField(source="public_id")
    actor = StockActor()


class StockFacts(NegotiationFacts):
    id = serializers.UUIDField(source="public_id")
    status_label = Seen(lambda row, _context: NegotiationStatus(row.status).label)
    rests_on_retracted = Seen(retracted)
    talks_format = Seen(lambda row, _context: row.talks_format or None)
    ceasefire_class = Seen(lambda row, _context: row.ceasefire_class or None)
    sides = Seen(lambda row, _context: row.sides or None)
    coverage_area = Seen(lambda row, _context: row.coverage_area or None)


class StockDocument(PhaseStateDocument):
    negotiation = StockFacts()
    parties = StockParty(many=True)
    third_parties = StockThirdParty(many=True)
    phases = PhaseLine(many=True)
    conditions = StockCondition(many=True)
    disputes = StockDispute(many=True)
