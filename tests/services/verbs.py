# ruff: noqa: E501  one case a line, as in a table
"""One case for each verb of the product: how it is called, what it tells, which tables it touches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from negotiations.services import assessment as outlooks
from negotiations.services import negotiation as whole
from negotiations.services.actor import edit_actor, register_actor
from negotiations.services.claim import edit_claim, make_claim, withdraw_claim
from negotiations.services.condition import check_condition, edit_condition, reject_finding
from negotiations.services.dispute import change_dispute_status, edit_dispute, move_dispute
from negotiations.services.gate import assert_gate, edit_gate, withdraw_gate
from negotiations.services.incident import change_incident_status, edit_incident, record_finding, report_incident
from negotiations.services.instrument import add_clause, add_instrument, edit_clause, edit_instrument
from negotiations.services.link import add_link, edit_link, withdraw_link
from negotiations.services.marking import narrow_marking, set_embargo, widen_marking
from negotiations.services.meeting import edit_meeting, hold_meeting
from negotiations.services.membership import change_membership, end_membership
from negotiations.services.message import answer_message, carry_message, edit_message
from negotiations.services.note import edit_note, write_note
from negotiations.services.organisation import edit_organisation, register_organisation
from negotiations.services.party import edit_party, edit_third_party, seat_party, seat_third_party
from negotiations.services.phase import add_phase, change_phase_status, declare_phase, edit_phase
from negotiations.services.position import edit_position, place_position, state_position, withdraw_position
from negotiations.services.proposal import (
    edit_proposal,
    edit_response,
    record_response,
    table_version,
    withdraw_proposal,
)
from negotiations.services.proposed_finding import decline_finding
from negotiations.services.source import add_source, edit_source, retract_source
from negotiations.services.window import close_window, edit_window, open_window
from tests.factories import START, Talks

from .facts import amber_claim, assessment, incident, instrument, meeting, message, note, proposal, window


@dataclass(frozen=True)
class Case:
    """`prepare` makes what the verb needs; `call` runs it on that; `tables` gain that many rows each."""

    verb: str
    call: Callable[[Talks, Any], Any]
    tables: dict[str, int]
    prepare: Callable[[Talks], Any] = lambda talks: None


def of(talks: Talks, **facts: Any) -> dict[str, Any]:
    return {"act": talks.act(), **facts}


def amend(talks: Talks, **facts: Any) -> dict[str, Any]:
    return {"act": talks.act(), "version": None, **facts}


def lead(talks: Talks, **facts: Any) -> dict[str, Any]:
    return {"act": talks.act(talks.cast.lead), "version": None, **facts}


def two_needed(talks: Talks) -> None:
    whole.edit_negotiation(talks.negotiation, **lead(talks, two_person_rule=True))


def breach(talks: Talks) -> Any:
    return talks.set_status(talks.release, "breached")


def proposed(talks: Talks) -> Any:
    two_needed(talks)
    return breach(talks)


CASES = [
    Case("negotiation.edited", lambda t, _: whole.edit_negotiation(t.negotiation, **amend(t, title="Two shores")), {"negotiation": 0}),
    Case("negotiation.status_changed", lambda t, _: whole.change_negotiation_status(t.negotiation, **amend(t, status="active")), {"negotiation": 0}),
    Case("instrument.added", lambda t, _: add_instrument(**of(t, negotiation=t.negotiation, kind="agreement", title="Pact", signatories=[t.north])), {"instrument": 1, "signature": 1, "refcounter": 1}),
    Case("instrument.edited", lambda t, it: edit_instrument(it, **amend(t, title="The pact")), {"instrument": 0}, instrument),
    Case("clause.added", lambda t, it: add_clause(**of(t, instrument=it, number="1", text="Halt.")), {"clause": 1}, instrument),
    Case("clause.edited", lambda t, it: edit_clause(it, **amend(t, text="Halt at once.")), {"clause": 0}, lambda t: add_clause(**of(t, instrument=instrument(t), number="1", text="Halt."))),
    Case("actor.registered", lambda t, _: register_actor(**of(t, kind="state", name="Heron Isle", short="H")), {"actor": 1}),
    Case("actor.edited", lambda t, _: edit_actor(t.egret, **amend(t, short="EI")), {"actor": 0}),
    Case("organisation.registered", lambda t, _: register_organisation(**of(t, name="Hill Office")), {"organisation": 1}),
    Case("organisation.edited", lambda t, _: edit_organisation(t.cast.harbour, **amend(t, byline="Harbour desk")), {"organisation": 0}),
    Case("membership.changed", lambda t, it: change_membership(it, **lead(t, role="analyst", clearance="GREEN")), {"membership": 0}, lambda t: t.negotiation.memberships.get(user=t.cast.reader)),
    Case("membership.ended", lambda t, it: end_membership(it, **lead(t)), {"membership": 0}, lambda t: t.negotiation.memberships.get(user=t.cast.reader)),
    Case("party.seated", lambda t, _: seat_party(**of(t, negotiation=t.negotiation, actor=t.egret)), {"party": 1}),
    Case("party.edited", lambda t, _: edit_party(t.northern, **amend(t, represented_by="The envoy")), {"party": 0}),
    Case("thirdparty.seated", lambda t, _: seat_third_party(**of(t, negotiation=t.negotiation, actor=t.egret, role="host")), {"thirdparty": 1}),
    Case("thirdparty.edited", lambda t, _: edit_third_party(t.mediator, **amend(t, represented_by="The minister")), {"thirdparty": 0}),
    Case("phase.added", lambda t, _: add_phase(**of(t, negotiation=t.negotiation, number=3, title="Peace")), {"phase": 1}),
    Case("phase.edited", lambda t, _: edit_phase(t.second, **amend(t, title="Redeployment")), {"phase": 0}),
    Case("phase.status_changed", lambda t, _: change_phase_status(t.second, **amend(t, status="negotiating_terms")), {"phase": 0}),
    Case("phase.declared", lambda t, _: declare_phase(t.second, **amend(t, status="active", declared_by=t.egret)), {"phase": 0}),
    Case("condition.added", lambda t, _: t.add_condition(at=None), {"condition": 1, "obligation": 1, "refcounter": 0}),
    Case("condition.edited", lambda t, _: edit_condition(t.release, **amend(t, title="Release all detainees")), {"condition": 0}),
    Case("condition.status_changed", lambda t, _: t.set_status(t.release, "in_progress"), {"condition": 0}),
    Case("condition.checked", lambda t, _: check_condition(t.release, **amend(t, where="Monitors' bulletin")), {"condition": 0}),
    Case("condition.finding_rejected", lambda t, _: reject_finding(t.release, **amend(t, party=t.southern)), {"condition": 0}),
    Case("proposedfinding.made", lambda t, _: breach(t), {"proposedfinding": 1}, two_needed),
    Case("proposedfinding.declined", lambda t, it: decline_finding(it, **lead(t)), {"proposedfinding": 0}, proposed),
    Case("gate.asserted", lambda t, _: assert_gate(**of(t, phase=t.second, condition=t.release, authority="actors", asserted_by=[t.north])), {"gate": 1, "gateassertion": 1}),
    Case("gate.edited", lambda t, _: edit_gate(t.gate, **amend(t, asserted_by=[t.egret])), {"gate": 0, "gateassertion": 1}),
    Case("gate.withdrawn", lambda t, _: withdraw_gate(t.gate, **amend(t)), {"gate": 0}),
    Case("link.added", lambda t, _: add_link(**of(t, condition=t.release, other=t.withdrawal, type="requires")), {"link": 1}),
    Case("link.edited", lambda t, it: edit_link(it, **amend(t, offset=timedelta(days=1))), {"link": 0}, lambda t: add_link(**of(t, condition=t.release, other=t.withdrawal, type="triggers_within"))),
    Case("link.withdrawn", lambda t, it: withdraw_link(it, **amend(t)), {"link": 0}, lambda t: add_link(**of(t, condition=t.release, other=t.withdrawal, type="requires"))),
    Case("claim.made", lambda t, _: make_claim(**of(t, negotiation=t.negotiation, claimant=t.north, kind="fulfilled", text="Done.", said_at=START, conditions=[t.withdrawal])), {"claim": 1, "claimedcondition": 1, "refcounter": 0}),
    Case("claim.edited", lambda t, _: edit_claim(t.claim, **amend(t, text="Posts remain.")), {"claim": 0}),
    Case("claim.withdrawn", lambda t, _: withdraw_claim(t.claim, **amend(t)), {"claim": 0}),
    Case("dispute.opened", lambda t, _: t.open_dispute(conditions=[t.release]), {"dispute": 1, "disputedcondition": 1, "refcounter": 0}),
    Case("dispute.edited", lambda t, _: edit_dispute(t.dispute, **amend(t, conditions=[t.withdrawal, t.release])), {"dispute": 0, "disputedcondition": 1}),
    Case("dispute.status_changed", lambda t, _: change_dispute_status(t.dispute, **amend(t, status="narrowed")), {"dispute": 0}),
    Case("dispute.escalated", lambda t, _: move_dispute(t.dispute, **amend(t, rung="principals")), {"dispute": 0}),
    Case("position.stated", lambda t, _: state_position(**of(t, negotiation=t.negotiation, actor=t.north, stance="accepts", summary="Agreed.", stated_at=START, dispute=t.dispute)), {"position": 1, "refcounter": 0}),
    Case("position.edited", lambda t, _: edit_position(t.position, **amend(t, summary="Along the river.")), {"position": 0}),
    Case("position.withdrawn", lambda t, _: withdraw_position(t.position, **amend(t)), {"position": 0}),
    Case("position.placed", lambda t, _: place_position(t.position, **amend(t, placement=2)), {"position": 0}),
    Case("proposal.edited", lambda t, it: edit_proposal(it, **amend(t, title="Bridge plan")), {"proposal": 0}, proposal),
    Case("proposal.withdrawn", lambda t, it: withdraw_proposal(it, **amend(t)), {"proposal": 0}, proposal),
    Case("proposalversion.tabled", lambda t, it: table_version(it, **of(t, text="Both at once.", tabled_at=START)), {"proposalversion": 1}, proposal),
    Case("response.recorded", lambda t, it: record_response(**of(t, proposal_version=it.versions.get(), party=t.northern, kind="amend", responded_at=START)), {"response": 1}, proposal),
    Case("response.edited", lambda t, it: edit_response(it, **amend(t, text="With a map.")), {"response": 0}, lambda t: record_response(**of(t, proposal_version=proposal(t).versions.get(), party=t.northern, kind="amend", responded_at=START))),
    Case("meeting.held", lambda t, _: hold_meeting(**of(t, negotiation=t.negotiation, kind="round", title="First round", starts_at=START, participants=[t.north, t.south])), {"meeting": 1, "participation": 2, "refcounter": 1}),
    Case("meeting.edited", lambda t, it: edit_meeting(it, **amend(t, outcome="Adjourned.")), {"meeting": 0}, meeting),
    Case("message.carried", lambda t, _: carry_message(**of(t, negotiation=t.negotiation, carrier=t.egret, sender=t.north, recipient=t.south, subject="Maps", carried_at=START)), {"message": 1}),
    Case("message.answered", lambda t, it: answer_message(it, **amend(t, answer="Later.", answered_at=START)), {"message": 0}, message),
    Case("message.edited", lambda t, it: edit_message(it, **amend(t, subject="The maps")), {"message": 0}, message),
    Case("note.written", lambda t, _: write_note(**of(t, subject=t.dispute, text="Ask again.", author=t.cast.mediator, mentions=[t.cast.lead])), {"note": 1, "mention": 1}),
    Case("note.edited", lambda t, it: edit_note(it, **amend(t, text="Ask them again.")), {"note": 0}, note),
    Case("incident.reported", lambda t, _: report_incident(**of(t, negotiation=t.negotiation, type="shooting", title="Shots", happened_at=START, conditions=[t.withdrawal])), {"incident": 1, "incidentcondition": 1, "refcounter": 1}),
    Case("incident.edited", lambda t, it: edit_incident(it, **amend(t, conditions=[])), {"incident": 0, "incidentcondition": -1}, incident),
    Case("incident.status_changed", lambda t, it: change_incident_status(it, **amend(t, status="under_investigation")), {"incident": 0}, incident),
    Case("incident.found", lambda t, it: record_finding(it, **amend(t, status="inconclusive", found_by=t.monitors)), {"incident": 0}, incident),
    Case("source.added", lambda t, _: add_source(**of(t, negotiation=t.negotiation, publisher="Gazette", title="Act 1")), {"source": 1, "refcounter": 0}),
    Case("source.edited", lambda t, _: edit_source(t.source, **amend(t, reliability="A")), {"source": 0}),
    Case("source.retracted", lambda t, _: retract_source(t.source, **amend(t)), {"source": 0}),
    Case("assessment.made", lambda t, _: assessment(t), {"assessment": 1, "refcounter": 1}),
    Case("assessment.edited", lambda t, it: outlooks.edit_assessment(it, **amend(t, rationale="Slow.")), {"assessment": 0}, assessment),
    Case("assessment.resolved", lambda t, it: outlooks.resolve_assessment(it, **amend(t, outcome=False)), {"assessment": 0}, assessment),
    Case("window.opened", lambda t, _: open_window(**of(t, negotiation=t.negotiation, title="Truce days", opens_at=START)), {"window": 1, "refcounter": 1}),
    Case("window.edited", lambda t, it: edit_window(it, **amend(t, reason="Feast.")), {"window": 0}, window),
    Case("window.closed", lambda t, it: close_window(it, **amend(t, reason="It passed.")), {"window": 0}, window),
    Case("marking.widened", lambda t, it: widen_marking(it, **lead(t, marking="CLEAR")), {"claim": 0}, amber_claim),
    Case("marking.narrowed", lambda t, _: narrow_marking(t.claim, **amend(t, marking="AMBER")), {"claim": 0, "tombstone": 1}),
    Case("marking.embargoed", lambda t, it: set_embargo(it, **lead(t, release_at=START.replace(year=2100), release_marking="CLEAR")), {"claim": 0}, amber_claim),
]  # fmt: skip
