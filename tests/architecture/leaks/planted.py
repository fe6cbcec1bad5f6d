"""One more item of every noun, as narrow as is asked, with a word in each of its texts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from negotiations.models import (
    Assessment,
    Claim,
    Clause,
    Condition,
    Dispute,
    Incident,
    Instrument,
    Meeting,
    Message,
    Note,
    Phase,
    Position,
    Proposal,
    Response,
    Source,
    ThirdParty,
    Window,
)
from negotiations.rules.codes import Marking
from negotiations.services.act import Act, Cite
from negotiations.services.actor import register_actor
from negotiations.services.assessment import assess
from negotiations.services.claim import make_claim
from negotiations.services.condition import add_condition
from negotiations.services.dispute import open_dispute
from negotiations.services.gate import assert_gate
from negotiations.services.incident import report_incident
from negotiations.services.instrument import add_clause, add_instrument
from negotiations.services.link import add_link
from negotiations.services.meeting import hold_meeting
from negotiations.services.message import carry_message
from negotiations.services.note import write_note
from negotiations.services.party import seat_party, seat_third_party
from negotiations.services.phase import add_phase
from negotiations.services.position import state_position
from negotiations.services.proposal import record_response, table_proposal
from negotiations.services.source import add_source
from negotiations.services.window import open_window
from tests.factories import START, Talks

from .words import worded

LATER = START + timedelta(days=20)


def cited(act: Act, source: Source, word: str) -> Act:
    """The act, with the word in its reason and in everything a citation says."""
    cite = Cite(
        source=source, credibility="2", quote=f"{word} quote", quote_language="en", translation=f"{word} translation",
        translated_by="person", translator=f"{word} translator", locator=f"{word} locator",
    )  # fmt: skip
    return Act(
        actor=act.actor, effective_at=act.effective_at, readers=act.readers, reason=f"{word} reason", cites=(cite,)
    )


def plant_structure(small: Talks, word: str, act: Act, number: int, **marked: Any) -> dict[str, Any]:
    """Structure, which is AMBER at the narrowest; its actor is seated here and nowhere else."""
    here = small.negotiation
    act = cited(act, small.source, word)
    actor = register_actor(act=act, kind="state", name=f"{word} isle", name_ar=f"{word} جزيرة", short=f"{word[-5:]}")
    made: dict[str, Any] = {"party": seat_party(act=act, negotiation=here, actor=actor, **marked)}
    about: dict[str, Any] = {"act": act, "negotiation": here, **marked}
    made["thirdparty"] = seat_third_party(**about, actor=actor, role="guarantor", **worded(ThirdParty, word))
    made["instrument"] = add_instrument(
        **about, kind="annex", signatories=[actor], texts={"en": f"{word} text"}, **worded(Instrument, word)
    )
    made["clause"] = add_clause(
        act=act, instrument=made["instrument"], number="1", position=1, **worded(Clause, word), **marked
    )
    made["phase"] = add_phase(**about, number=number, **worded(Phase, word))
    made["condition"] = add_condition(
        act=act, phase=small.first, category="border_crossings_movement", obligors=[made["party"]],
        clause=made["clause"], **worded(Condition, word), **marked,
    )  # fmt: skip
    made["gate"] = assert_gate(act=act, phase=made["phase"], condition=made["condition"], **marked)
    made["link"] = add_link(act=act, condition=made["condition"], other=small.release, type="requires", **marked)
    made["dispute"] = open_dispute(
        **about, category="border_management", type="sequencing", opened_at=LATER,
        conditions=[made["condition"], small.withdrawal], phase=small.first, **worded(Dispute, word),
    )  # fmt: skip
    made["window"] = open_window(**about, opens_at=LATER, **worded(Window, word))
    return made


def plant_statements(small: Talks, word: str, act: Act, **marked: Any) -> dict[str, Any]:
    """Statements on what everybody sees, and the sources they rest on."""
    here = small.negotiation
    source_act = Act(actor=act.actor, readers=act.readers, reason=f"{word} reason", no_source_reason=f"{word} why")
    made: dict[str, Any] = {
        "source": add_source(act=source_act, negotiation=here, reliability="B", **worded(Source, word), **marked)
    }
    act = cited(act, made["source"], word)
    about: dict[str, Any] = {"act": act, "negotiation": here, **marked}
    made["meeting"] = hold_meeting(
        **about, kind="session", starts_at=LATER, participants=[small.north], **worded(Meeting, word)
    )
    made["claim"] = make_claim(
        **about, claimant=small.south, kind="fulfilled", said_at=LATER, conditions=[small.withdrawal],
        **worded(Claim, word),
    )  # fmt: skip
    made["position"] = state_position(
        **about, actor=small.south, stance="accepts", stated_at=LATER, dispute=small.dispute,
        **worded(Position, word),
    )  # fmt: skip
    made |= plant_proposal(small, word, about)
    made["message"] = carry_message(
        **about, carrier=small.egret, sender=small.north, recipient=small.south, carried_at=LATER,
        dispute=small.dispute, **worded(Message, word),
    )  # fmt: skip
    # A note is for members at the widest.
    inside = {} if marked["marking"] in (Marking.CLEAR, Marking.GREEN) else marked
    made["note"] = write_note(
        act=act, subject=small.dispute, author=act.actor, is_question=True, **worded(Note, word), **inside
    )
    made["incident"] = report_incident(
        **about, type="shooting", happened_at=LATER, conditions=[small.withdrawal], alleged_by=small.south,
        alleged_responsible=small.north, **worded(Incident, word, "finding"),
    )  # fmt: skip
    made["assessment"] = assess(
        **about, author=act.actor, likelihood="likely", trend="unchanged", assessed_at=LATER, phase=small.second,
        **worded(Assessment, word),
    )  # fmt: skip
    return made


def plant_proposal(small: Talks, word: str, about: dict[str, Any]) -> dict[str, Any]:
    """A plan on an open dispute, its version, and what a party answered to it."""
    texts = worded(Proposal, word)
    tabled = table_proposal(
        **about, tabled_by=small.egret, tabled_at=LATER, text=f"{word} text", dispute=small.dispute, **texts
    )
    version = tabled.versions.get()
    marked = {name: value for name, value in about.items() if name not in ("act", "negotiation")}
    response = record_response(
        act=about["act"], proposal_version=version, party=small.northern, kind="amend", responded_at=LATER,
        **worded(Response, word), **marked,
    )  # fmt: skip
    return {"proposal": tabled, "proposalversion": version, "response": response}
