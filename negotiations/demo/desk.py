"""The desk that tells a negotiation: it finds items by key, dates every act and calls the verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from negotiations.models import MarkedItem, Negotiation
from negotiations.services.act import Act, Cite
from negotiations.services.assessment import assess
from negotiations.services.claim import make_claim
from negotiations.services.condition import add_condition, change_condition_status
from negotiations.services.dispute import change_dispute_status, open_dispute
from negotiations.services.finding import Finding
from negotiations.services.gate import assert_gate
from negotiations.services.incident import report_incident
from negotiations.services.instrument import add_clause, add_instrument
from negotiations.services.link import add_link
from negotiations.services.meeting import hold_meeting
from negotiations.services.message import carry_message
from negotiations.services.note import write_note
from negotiations.services.party import seat_party, seat_third_party
from negotiations.services.phase import add_phase, change_phase_status
from negotiations.services.position import state_position
from negotiations.services.proposal import record_response, table_proposal, table_version
from negotiations.services.source import add_source
from negotiations.services.window import open_window

from .row import Row

# What kind of item a field names by key.
KEYED = {
    "actor": "actor", "asserted_by": "actor", "alleged_by": "actor", "alleged_responsible": "actor",
    "carrier": "actor", "claimant": "actor", "declared_by": "actor", "participants": "actor",
    "recipient": "actor", "sender": "actor", "signatories": "actor", "tabled_by": "actor",
    "verified_by_actor": "actor",
    "beneficiary": "party", "obligors": "party", "party": "party", "waived_by": "party",
    "verifier": "third_party",
    "phase": "phase", "due_phase": "phase", "planned_start_phase": "phase", "planned_end_phase": "phase",
    "condition": "condition", "conditions": "condition", "due_condition": "condition", "other": "condition",
    "ratio_to": "condition",
    "corresponds_to": "earlier condition",
    "amends": "instrument", "clause": "clause", "dispute": "dispute", "gate": "gate", "instrument": "instrument",
    "meeting": "meeting", "proposal": "proposal", "proposal_version": "proposal version",
    "author": "person", "mentions": "person", "owner": "person",
    "organisation": "organisation",
}  # fmt: skip

# The verb that tells a new item of each kind.
TOLD_BY: dict[str, Callable[..., Any]] = {
    "assessment": assess,
    "claim": make_claim,
    "clause": add_clause,
    "condition": add_condition,
    "dispute": open_dispute,
    "gate": assert_gate,
    "incident": report_incident,
    "instrument": add_instrument,
    "link": add_link,
    "meeting": hold_meeting,
    "message": carry_message,
    "party": seat_party,
    "phase": add_phase,
    "position": state_position,
    "proposal": table_proposal,
    "response": record_response,
    "source": add_source,
    "third_party": seat_third_party,
    "window": open_window,
}
# These find their negotiation through what they belong to.
WITHIN = frozenset({"clause", "condition", "gate", "link", "response"})
# The field that repeats the moment of the act.
DATED = {
    "assessment": "assessed_at",
    "claim": "said_at",
    "dispute": "opened_at",
    "incident": "happened_at",
    "meeting": "starts_at",
    "message": "carried_at",
    "position": "stated_at",
    "proposal": "tabled_at",
    "response": "responded_at",
    "window": "opens_at",
}


class Desk:
    """Tells one negotiation: rows go in, verbs are called, items are kept by kind and key."""

    def __init__(self, negotiation: Negotiation, shared: Mapping[str, Mapping[str, Any]]) -> None:
        self.negotiation = negotiation
        self.found: dict[str, dict[str, Any]] = {kind: dict(items) for kind, items in shared.items()}

    def find(self, kind: str, key: str) -> Any:
        return self.found[kind][key]

    def keep(self, kind: str, key: str, item: Any) -> None:
        kept = self.found.setdefault(kind, {})
        if key in kept:
            raise ValueError(f"two rows of the demonstration are called {kind} {key}")
        kept[key] = item

    def act(self, row: Row) -> Act:
        """The act of a row, known when its newest source came out unless the row says otherwise."""
        cites = tuple(self.cite(mark) for mark in row.cites)
        published = [cite.source.published_at for cite in cites if cite.source.published_at is not None]
        return Act(
            actor=self.find("person", row.by),
            reason=row.reason,
            cites=cites,
            no_source_reason=row.no_source,
            effective_at=row.at,
            recorded_at=row.known or max(row.at, *published, row.at),
        )

    def cite(self, mark: str) -> Cite:
        key, _, credibility = mark.partition("/")
        return Cite(source=self.find("source", key), credibility=credibility)

    def resolved(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields with the items that their keys name."""
        return {name: self.item(KEYED[name], value) if name in KEYED else value for name, value in fields.items()}

    def item(self, kind: str, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self.find(kind, key) for key in value)
        return self.find(kind, value)

    def tell(self, kind: str, rows: Iterable[Row]) -> None:
        """Tell new items of a kind, each by its verb, and keep them by key."""
        for row in rows:
            fields = self.resolved(row.fields)
            if kind not in WITHIN:
                fields["negotiation"] = self.negotiation
            if kind in DATED:
                fields.setdefault(DATED[kind], row.at)
            item = TOLD_BY[kind](act=self.act(row), **fields)
            self.keep(kind, row.key, item)
            if kind == "proposal":
                self.keep("proposal version", row.key, item.versions.get(number=1))

    def assess_conditions(self, rows: Iterable[Row]) -> None:
        """Change the status or the measure of conditions, in the order in which it was so."""
        for row in rows:
            fields = self.resolved(row.fields)
            change_condition_status(
                self.find("condition", row.key),
                act=self.act(row),
                version=None,
                status=fields.pop("status"),
                finding=Finding(**fields),
            )

    def assess_phases(self, rows: Iterable[Row]) -> None:
        for row in rows:
            change_phase_status(self.find("phase", row.key), act=self.act(row), version=None, **row.fields)

    def move_disputes(self, rows: Iterable[Row]) -> None:
        for row in rows:
            change_dispute_status(self.find("dispute", row.key), act=self.act(row), version=None, **row.fields)

    def reword(self, proposal: str, row: Row) -> None:
        """Table the next wording of a proposal."""
        version = table_version(self.find("proposal", proposal), act=self.act(row), tabled_at=row.at, **row.fields)
        self.keep("proposal version", row.key, version)

    def remark(self, kind: str, subject: str, row: Row) -> None:
        """Write a note on an item."""
        item: MarkedItem = self.find(kind, subject)
        self.keep("note", row.key, write_note(act=self.act(row), subject=item, **self.resolved(row.fields)))
