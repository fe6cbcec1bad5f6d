# ruff: noqa: E501  one case a line, as in a table
"""One case for each verb of the interface: what it is called on, and a body that a rule accepts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

from negotiations.api.addresses import route_of
from negotiations.api.verbs import OPENING, VERBS
from negotiations.api.verbs.verb import Verb
from negotiations.models import Entry, Negotiation
from negotiations.services.instrument import add_clause
from negotiations.services.link import add_link
from negotiations.services.membership import grant_membership
from negotiations.services.negotiation import open_negotiation
from negotiations.services.proposal import record_response
from negotiations.services.subject import kind_of
from tests.factories import START, Talks
from tests.services.facts import (
    amber_claim,
    assessment,
    incident,
    instrument,
    meeting,
    message,
    note,
    proposal,
    window,
)

CITED = {"reason": "Read today.", "citations": [{"source": "S1", "credibility": "2"}]}
AT = START.isoformat()


@dataclass(frozen=True)
class Case:
    """`on` makes what the verb is called on, the negotiation if it is None; `body` is what is sent."""

    name: str
    body: Callable[[Talks], dict[str, Any]]
    on: Callable[[Talks], Any] | None = None
    who: str = "mediator"

    @property
    def verb(self) -> Verb:
        return VERB_BY_NAME[self.name]

    def send(self, client: Client, talks: Talks, target: Any, **headers: str) -> HttpResponse:
        """Call the verb with the version as it is saved now."""
        return call(client, self.verb, target, self.body(talks), **{"if-match": tag_of(target)} | headers)


def tag_of(target: Any) -> str:
    """What If-Match takes for the item as it is saved now, or for the item that an entry tells of."""
    item = told_by(target) if isinstance(target, Entry) else type(target).objects.get(pk=target.pk)
    return f'"v{item.version}"'


def told_by(entry: Entry) -> Any:
    return kind_of(entry.subject_type)._default_manager.get(public_id=entry.subject_id)


def call(client: Client, verb: Verb, target: Any, body: Any, **headers: str) -> HttpResponse:
    """Send a verb to its address."""
    send = client.patch if verb.method == "patch" else client.post
    return send(url_of(verb, target), body, content_type="application/json", headers=headers)


def url_of(verb: Verb, target: Any) -> str:
    """The address of the verb for what it is called on."""
    name = target.slug if isinstance(target, Negotiation) else str(target.public_id)
    return f"/api/v1/{route_of(verb)}".replace("<slug:slug>", name).replace("<uuid:public_id>", name)


def told(**body: Any) -> Callable[[Talks], dict[str, Any]]:
    """A body that is the same in each negotiation, with a reason and a source."""
    return lambda _talks: {**CITED, **body}


def of(actor: Callable[[Talks], Any]) -> Callable[[Talks], str]:
    return lambda talks: str(actor(talks).public_id)


def clause(talks: Talks) -> Any:
    return add_clause(act=talks.act(), instrument=instrument(talks), number="1", text="Halt.")


def link(talks: Talks) -> Any:
    return add_link(act=talks.act(), condition=talks.release, other=talks.withdrawal, type="triggers_within")


def response(talks: Talks) -> Any:
    version = proposal(talks).versions.get()
    return record_response(
        act=talks.act(), proposal_version=version, party=talks.northern, kind="amend", responded_at=START
    )


def readers_seat(talks: Talks) -> Any:
    return talks.negotiation.memberships.get(user=talks.cast.reader)


def elsewhere(talks: Talks) -> Any:
    """The negotiation, where the outsider sits in another one of the same lead."""
    cast, act = talks.cast, talks.act(cites=(), no_source_reason="A test.")
    other = open_negotiation(act=act, slug="three-hills", title="Talks of the three hills")
    for person, role in ((cast.lead, "lead"), (cast.outsider, "reader")):
        grant_membership(
            act=act, negotiation=other, user=person, organisation=cast.harbour, role=role, clearance="AMBER"
        )
    return talks.negotiation


def entry(talks: Talks) -> Any:
    talks.set_status(talks.release, "in_progress", value=4)
    return Entry.objects.select_related("payload").filter(subject_id=talks.release.public_id).latest("seq")


CASES = [
    Case("negotiation.edited", told(title="Two shores"), lambda t: t.negotiation, "lead"),
    Case("negotiation.status_changed", told(status="active"), lambda t: t.negotiation, "lead"),
    Case("negotiation.published", told(), lambda t: t.negotiation, "lead"),
    Case("instrument.added", lambda t: {**CITED, "kind": "agreement", "title": "Pact", "texts": {"en": "Halt."}, "signatories": [of(lambda t: t.north)(t)]}),
    Case("instrument.edited", told(title="The pact"), instrument),
    Case("clause.added", told(number="2", text="Withdraw."), instrument),
    Case("clause.edited", told(text="Halt at once."), clause),
    Case("party.seated", told(new_actor={"kind": "state", "name": "Heron Isle", "short": "H"}), None, "lead"),
    Case("party.edited", told(represented_by="The envoy"), lambda t: t.northern, "lead"),
    Case("thirdparty.seated", lambda t: {**CITED, "actor": of(lambda t: t.egret)(t), "role": "host"}, None, "lead"),
    Case("thirdparty.edited", told(represented_by="The minister"), lambda t: t.mediator, "lead"),
    Case("phase.added", told(number=3, title="Peace", planned_start_anchor="entry_into_force", planned_start_offset="P60D"), None, "lead"),
    Case("phase.edited", told(title="Redeployment"), lambda t: t.second),
    Case("phase.status_changed", told(status="negotiating_terms"), lambda t: t.second),
    Case("phase.declared", lambda t: {**CITED, "status": "active", "declared_by": of(lambda t: t.egret)(t)}, lambda t: t.second),
    Case("condition.added", lambda t: {**CITED, "phase": "1", "title": "Open the bridge", "category": "border_crossings_movement", "obligors": [of(lambda t: t.northern)(t)]}),
    Case("condition.edited", told(title="Release all detainees", unit="persons"), lambda t: t.release),
    Case("condition.status_changed", told(status="in_progress", value="3.5"), lambda t: t.release),
    Case("condition.checked", told(where="The monitors' bulletin"), lambda t: t.release),
    Case("condition.finding_rejected", lambda t: {**CITED, "party": of(lambda t: t.northern)(t)}, lambda t: t.release),
    Case("gate.asserted", lambda t: {**CITED, "phase": "2", "condition": "C2", "authority": "actors", "asserted_by": [of(lambda t: t.north)(t)]}),
    Case("gate.edited", lambda t: {**CITED, "asserted_by": [of(lambda t: t.egret)(t)]}, lambda t: t.gate),
    Case("gate.withdrawn", told(), lambda t: t.gate),
    Case("link.added", told(condition="C2", other="C1", type="requires")),
    Case("link.edited", told(offset="P1D"), link),
    Case("link.withdrawn", told(), link),
    Case("dispute.opened", told(title="Who opens first", category="border_management", type="sequencing", opened_at=AT, conditions=["C1"])),
    Case("dispute.edited", told(conditions=["C1", "C2"]), lambda t: t.dispute),
    Case("dispute.status_changed", told(status="narrowed"), lambda t: t.dispute),
    Case("dispute.escalated", told(rung="principals"), lambda t: t.dispute),
    Case("position.stated", lambda t: {**CITED, "actor": of(lambda t: t.north)(t), "stance": "accepts", "summary": "Agreed.", "stated_at": AT, "dispute": "D1"}),
    Case("position.edited", told(summary="Along the river."), lambda t: t.position),
    Case("position.withdrawn", told(), lambda t: t.position),
    Case("position.placed", told(placement=2), lambda t: t.position, "analyst"),
    Case("claim.made", lambda t: {**CITED, "claimant": of(lambda t: t.north)(t), "kind": "fulfilled", "text": "Done.", "said_at": AT, "conditions": ["C1"]}),
    Case("claim.edited", told(text="Posts remain."), lambda t: t.claim),
    Case("claim.withdrawn", told(), lambda t: t.claim),
    Case("proposal.tabled", lambda t: {**CITED, "title": "A plan", "tabled_by": of(lambda t: t.egret)(t), "text": "Both at once.", "tabled_at": AT}),
    Case("proposal.edited", told(title="Bridge plan"), proposal),
    Case("proposal.withdrawn", told(), proposal),
    Case("proposalversion.tabled", told(text="One by one.", tabled_at=AT), proposal),
    Case("response.recorded", lambda t: {**CITED, "party": of(lambda t: t.northern)(t), "kind": "amend", "responded_at": AT}, proposal),
    Case("response.edited", told(text="With a map."), response),
    Case("meeting.held", lambda t: {**CITED, "kind": "round", "title": "First round", "starts_at": AT, "participants": [of(lambda t: t.north)(t)]}),
    Case("meeting.edited", told(outcome="Adjourned."), meeting),
    Case("message.carried", lambda t: {**CITED, "carrier": of(lambda t: t.egret)(t), "sender": of(lambda t: t.north)(t), "recipient": of(lambda t: t.south)(t), "subject": "Maps", "carried_at": AT}),
    Case("message.answered", told(answer="Later.", answered_at=AT), message),
    Case("message.edited", told(subject="The maps"), message),
    Case("note.written", lambda t: {"subject": of(lambda t: t.dispute)(t), "text": "Ask again.", "is_question": True, "mentions": ["lead"]}),
    Case("note.edited", told(text="Ask them again."), note),
    Case("note.answered", told(text="They said no."), lambda t: note(t, is_question=True)),
    Case("incident.reported", told(type="shooting", title="Shots", happened_at=AT, conditions=["C1"])),
    Case("incident.edited", told(conditions=[]), incident),
    Case("incident.status_changed", told(status="under_investigation"), incident),
    Case("incident.found", lambda t: {**CITED, "status": "inconclusive", "found_by": of(lambda t: t.monitors)(t)}, incident),
    Case("source.added", told(publisher="Gazette", title="Act 1", reliability="B")),
    Case("source.edited", told(reliability="A"), lambda t: t.source),
    Case("source.retracted", told(), lambda t: t.source),
    Case("source.cited", lambda _: {"source": "S1", "credibility": "2", "reason": "Agrees."}, entry),
    Case("assessment.made", told(question="Active by May?", likelihood="unlikely", trend="unchanged", rationale="Slow.", assessed_at=AT), None, "analyst"),
    Case("assessment.edited", told(rationale="Very slow."), assessment, "analyst"),
    Case("assessment.resolved", told(outcome=False), assessment, "analyst"),
    Case("window.opened", told(title="Truce days", opens_at=AT, why="The feast.")),
    Case("window.edited", told(why="Feast."), window),
    Case("window.closed", told(reason="It passed."), window),
    Case("marking.narrowed", told(marking="AMBER"), lambda t: t.claim),
    Case("marking.widened", told(marking="CLEAR"), amber_claim, "lead"),
    Case("marking.embargoed", told(marking="CLEAR", release_at="2100-01-01T00:00:00Z"), amber_claim, "lead"),
    Case("membership.granted", lambda t: {"user": "outsider", "organisation": "Newsroom", "role": "reader", **CITED}, elsewhere, "lead"),
    Case("membership.changed", told(clearance="AMBER"), readers_seat, "lead"),
    Case("membership.ended", told(), readers_seat, "lead"),
    Case("entry.corrected", told(values={"value": 5}), entry),
    Case("entry.undone", told(), entry),
]  # fmt: skip
# The verbs on markings are one address for each kind of item; the cases use that of claims.
VERB_BY_NAME = {name: verb for verb in (OPENING, *VERBS) for name in verb.names if verb.path != "marking"}
VERB_BY_NAME |= {
    name: verb for verb in VERBS for name in verb.names if verb.path == "marking" and verb.on.__name__ == "Claim"
}
