"""What the interface is measured against: the same document by nested serializers over prefetched rows.

Written as the framework's own guide has it. What follows from rules (readiness, blockers, due moments)
is worked out once by the product's own rules, as both sides have to; rows, relations, nesting and
rendering are the framework's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.utils import timezone
from django.utils.duration import duration_iso_string
from django.utils.translation import get_language
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from negotiations.api.documents import provenance
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
from negotiations.history.moment import Moment, latest_visible
from negotiations.models import (
    Citation,
    Claim,
    Clause,
    Condition,
    Dispute,
    Entry,
    Gate,
    Link,
    Negotiation,
    Party,
    Phase,
    Position,
    ThirdParty,
)
from negotiations.rules.blockers import is_blocked
from negotiations.rules.codes import DisputeStatus, NegotiationStatus, Stance
from negotiations.rules.facts import reading_order
from negotiations.rules.gates import phase_in_question
from negotiations.rules.marking import ANYBODY
from negotiations.rules.status_words import level, status_label
from negotiations.selectors.scene import Shaken
from negotiations.selectors.shaken import shaken_statuses
from negotiations.selectors.state_exchanges import exchange_documents
from negotiations.selectors.state_outside import base_rate_documents, completeness_documents
from negotiations.selectors.state_phases import phase_documents, verdict_document
from negotiations.selectors.state_reckoning import StateReckoning, dispute_key, reckon_state
from negotiations.selectors.state_rows import StateRows


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


class StockState(APIView):
    """The whole document as the framework's guide would make it."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request: Request, slug: str) -> Response:
        negotiation = Negotiation.objects.visible_to(ANYBODY).filter(slug=slug).first()
        if negotiation is None:
            raise Http404
        rows, found = load(negotiation)
        reckoning = reckon_state(rows, at=timezone.now(), latest=latest_visible(negotiation, ANYBODY))
        document = {**found, **derived(rows, reckoning), "negotiation": negotiation, "language": get_language()}
        title = negotiation.title
        document |= {"marking": "CLEAR"} | provenance(request, title=title, as_of=reckoning.at, marking="CLEAR")
        base = request.build_absolute_uri(f"/api/v1/negotiations/{slug}/")
        page = request.build_absolute_uri(f"/n/{slug}/")
        document["urls"] = {"self": base, "state": f"{base}state/", "page": page}
        document["permalink"] = document["permalink"].replace("/stock/", "/api/v1/negotiations/")
        document["cite_as"] = document["cite_as"].replace("/stock/", "/api/v1/negotiations/")
        return Response(StockDocument(document, context=context_of(found, reckoning, negotiation)).data)


def load(negotiation: Negotiation) -> tuple[StateRows, dict[str, Any]]:
    """The rows with everything they name, prefetched; and the same as the rules take them."""

    def seen(kind: Any) -> Any:
        return kind.objects.visible_to(ANYBODY)

    people = ("beneficiary__actor", "verifier__actor", "finding_rejected_by__actor", "waived_by__actor")
    conditions = list(
        seen(Condition)
        .filter(negotiation=negotiation)
        .select_related("phase", "clause__instrument", "ratio_to", "due_phase", "due_condition", "verified_by_actor")
        .select_related(*people)
        .prefetch_related(
            Prefetch("obligors", seen(Party).select_related("actor")),
            Prefetch(
                "gates",
                seen(Gate)
                .select_related("phase")
                .prefetch_related("asserted_by")
                .order_by("authority", "phase__number"),
                to_attr="seen_gates",
            ),
            Prefetch("links", seen(Link).select_related("other").order_by("pk"), to_attr="seen_links"),
            Prefetch(
                "claims",
                seen(Claim).filter(withdrawn_at=None).select_related("claimant").order_by("claimant__name"),
                to_attr="seen_claims",
            ),
        )
    )
    positions = seen(Position).select_related("actor").order_by("actor__name")
    disputes = list(
        seen(Dispute)
        .filter(negotiation=negotiation)
        .select_related("phase", "gate")
        .prefetch_related(
            Prefetch("conditions", seen(Condition)), Prefetch("positions", positions, to_attr="seen_positions")
        )
    )
    phases = list(seen(Phase).filter(negotiation=negotiation).order_by("number"))
    parties, outsiders = (
        sorted(seen(kind).filter(negotiation=negotiation).select_related("actor"), key=lambda one: one.actor.name)
        for kind in (Party, ThirdParty)
    )
    rows = StateRows(plain(negotiation))
    gates = [gate for row in conditions for gate in row.seen_gates]
    links = [link for row in conditions for link in row.seen_links]
    claims = {claim.pk: claim for row in conditions for claim in row.seen_claims}
    kinds = {
        Condition: conditions, Dispute: disputes, Phase: phases, Party: parties, ThirdParty: outsiders, Gate: gates,
        Link: links, Claim: claims.values(), Clause: (),
    }  # fmt: skip
    rows.rows = {kind: [plain(one) for one in ones] for kind, ones in kinds.items()}
    rows.related = {
        (Condition, "obligors"): {row.pk: tuple(party.pk for party in row.obligors.all()) for row in conditions},
        (Dispute, "conditions"): {row.pk: tuple(one.pk for one in row.conditions.all()) for row in disputes},
        (Gate, "asserted_by"): {gate.pk: tuple(one.pk for one in gate.asserted_by.all()) for gate in gates},
    }
    rows.actors = {seat.actor_id: plain(seat.actor) for seat in (*parties, *outsiders)}
    found = {"parties": parties, "third_parties": outsiders, "conditions": conditions, "disputes": disputes}
    return rows, found


def plain(one: Any) -> dict[str, Any]:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def derived(rows: StateRows, reckoning: StateReckoning) -> dict[str, Any]:
    """What the rules say of the whole, as the product's own document has it."""
    phase = phase_in_question(reckoning.phases.values())
    return {
        "as_of": reckoning.at,
        "is_past": False,
        "coverage_has_ended": False,
        "valid_until": reckoning.valid_until,
        "verdict": verdict_document(rows, reckoning, reckoning.readiness(phase.id, None)) if phase else None,
        "phases": phase_documents(rows, reckoning, {}, {}),
        "exchanges": exchange_documents(rows, reckoning),
        "completeness": completeness_documents(rows, reckoning),
        "base_rates": base_rate_documents(rows),
        "windows": [],
        "outlook": [],
    }


def context_of(found: dict[str, Any], reckoning: StateReckoning, negotiation: Negotiation) -> dict[str, Any]:
    """What serializers look up: the reckoning, refs by key, and the entry each status rests on."""
    conditions, disputes = found["conditions"], found["disputes"]
    cited = Citation.objects.visible_to(ANYBODY).select_related("source").order_by("pk")
    entries = (
        Entry.objects.visible_to(ANYBODY)
        .filter(negotiation=negotiation, subject_type="condition", superseded_by=None)
        .filter(payload__changes__has_key="status")
        .order_by("subject_id", "-effective_at", "-seq")
        .distinct("subject_id")
        .select_related("payload")
        .prefetch_related(Prefetch("citations", cited, to_attr="seen_citations"))
    )
    shaken = shaken_statuses(ANYBODY, {negotiation.pk: Moment(reckoning.at)}).get(negotiation.pk, Shaken())
    conditions.sort(key=lambda row: (row.phase.number, reading_order(reckoning.conditions[row.pk])))
    known = {one.id: one for one in reckoning.disputes}
    disputes.sort(key=lambda row: reading_order(known[dispute_key(row.pk)]))
    return {
        "reckoning": reckoning,
        "by_id": {row.pk: row for row in conditions},
        "refs": {row.pk: row.ref for row in conditions} | {dispute_key(row.pk): row.ref for row in disputes},
        "bases": {entry.subject_id: entry for entry in entries},
        "shaken": shaken.refs,
    }
