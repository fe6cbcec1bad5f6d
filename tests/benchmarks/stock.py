"""What the interface is measured against: the same document by nested serializers over prefetched rows.

Written as the framework's own guide has it. What follows from rules (readiness, blockers, due moments)
is worked out once by the product's own rules, as both sides have to; rows, relations, nesting and
rendering are the framework's.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from negotiations.api.documents import provenance
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
from negotiations.rules.facts import reading_order
from negotiations.rules.gates import phase_in_question
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.shaken import shaken_statuses
from negotiations.selectors.state_exchanges import exchange_documents
from negotiations.selectors.state_outside import base_rate_documents, completeness_documents
from negotiations.selectors.state_phases import phase_documents, verdict_document
from negotiations.selectors.state_reckoning import StateReckoning, dispute_key, reckon_state
from negotiations.selectors.state_rows import StateRows

from .stock_serializers import StockDocument


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


def seen(kind: Any) -> Any:
    return kind.objects.visible_to(ANYBODY)


def conditions_of(negotiation: Negotiation) -> list[Any]:
    """The conditions with everything that they name."""
    people = ("beneficiary__actor", "verifier__actor", "finding_rejected_by__actor", "waived_by__actor")
    return list(
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


def load(negotiation: Negotiation) -> tuple[StateRows, dict[str, Any]]:
    """The rows with everything they name, prefetched; and the same as the rules take them."""
    conditions = conditions_of(negotiation)
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
    shaken = shaken_statuses(ANYBODY, {negotiation.pk: Moment(reckoning.at)})[negotiation.pk]
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
