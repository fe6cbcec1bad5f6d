"""Small facts that several tests start from, told by the verbs."""

from __future__ import annotations

from typing import Any

from negotiations.models import (
    Assessment,
    Claim,
    Entry,
    Incident,
    Instrument,
    Meeting,
    Message,
    Note,
    Proposal,
    Source,
    Tracked,
    Window,
)
from negotiations.services.act import Act
from negotiations.services.assessment import assess
from negotiations.services.claim import make_claim
from negotiations.services.incident import report_incident
from negotiations.services.instrument import add_instrument
from negotiations.services.meeting import hold_meeting
from negotiations.services.message import carry_message
from negotiations.services.note import write_note
from negotiations.services.proposal import table_proposal
from negotiations.services.source import add_source
from negotiations.services.window import open_window
from tests.factories import START, Talks


def instrument(talks: Talks) -> Instrument:
    return add_instrument(act=talks.act(), negotiation=talks.negotiation, kind="agreement", title="Pact")


def claim(talks: Talks, *, act: Act | None = None, **fields: Any) -> Claim:
    """What the north says of the withdrawal; `text` is the canary where a test needs one."""
    fields = {"claimant": talks.north, "kind": "fulfilled", "text": "All posts are gone.", **fields}
    fields.setdefault("conditions", [talks.withdrawal])
    return make_claim(act=act or talks.act(), negotiation=talks.negotiation, said_at=START, **fields)


def amber_claim(talks: Talks) -> Claim:
    return claim(talks, marking="AMBER")


def strict_claim(talks: Talks, **fields: Any) -> Claim:
    """A claim that only the harbour office's staff may read."""
    return claim(talks, marking="AMBER+STRICT", organisation=talks.cast.harbour, **fields)


def red_claim(talks: Talks, *readers: Any, **fields: Any) -> Claim:
    """A claim for the persons named, and for its author."""
    return claim(talks, act=talks.act(readers=readers), marking="RED", **fields)


def source(talks: Talks, *, act: Act | None = None, **fields: Any) -> Source:
    """A source the harbour office was given; AMBER unless the test says otherwise."""
    fields = {"marking": "AMBER", "publisher": "A diplomat", "title": "A talk", "reliability": "A", **fields}
    return add_source(act=act or talks.act(cites=()), negotiation=talks.negotiation, **fields)


def proposal(talks: Talks, *, act: Act | None = None, **fields: Any) -> Proposal:
    return table_proposal(
        act=act or talks.act(),
        negotiation=talks.negotiation,
        title="A bridge plan",
        tabled_by=talks.egret,
        text="One side, then the other.",
        tabled_at=START,
        **fields,
    )


def meeting(talks: Talks) -> Meeting:
    return hold_meeting(
        act=talks.act(), negotiation=talks.negotiation, kind="round", title="First round", starts_at=START
    )


def message(talks: Talks, **fields: Any) -> Message:
    return carry_message(
        act=talks.act(),
        negotiation=talks.negotiation,
        carrier=talks.egret,
        sender=talks.north,
        recipient=talks.south,
        subject="Maps",
        carried_at=START,
        **fields,
    )


def note(talks: Talks, **fields: Any) -> Note:
    fields = {"subject": talks.dispute, "text": "Ask again.", "author": talks.cast.mediator, **fields}
    return write_note(act=fields.pop("act", None) or talks.act(), **fields)


def incident(talks: Talks, *, act: Act | None = None) -> Incident:
    return report_incident(
        act=act or talks.act(),
        negotiation=talks.negotiation,
        type="shooting",
        title="Shots at the line",
        happened_at=START,
        conditions=[talks.withdrawal],
    )


def assessment(talks: Talks, *, act: Act | None = None, **fields: Any) -> Assessment:
    told: dict[str, Any] = {
        "question": "Phase two active by January",
        "likelihood": "unlikely",
        "trend": "unchanged",
        "rationale": "Little has moved.",
        "assessed_at": START,
    }
    return assess(
        act=act or talks.act(talks.cast.analyst),
        negotiation=talks.negotiation,
        author=talks.cast.analyst,
        **{**told, **fields},
    )


def window(talks: Talks) -> Window:
    return open_window(act=talks.act(), negotiation=talks.negotiation, title="Truce days", opens_at=START)


def told_of(item: Tracked) -> list[Entry]:
    """The entries about an item, in order."""
    return list(Entry.objects.filter(subject_id=item.public_id).order_by("seq").select_related("payload"))


def last_of(item: Tracked) -> Entry:
    return told_of(item)[-1]
