"""One more item of every noun, told with all that belongs to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from negotiations.services.actor import register_actor
from negotiations.services.assessment import assess
from negotiations.services.claim import make_claim
from negotiations.services.dispute import open_dispute
from negotiations.services.gate import assert_gate
from negotiations.services.incident import record_finding, report_incident
from negotiations.services.instrument import add_clause, add_instrument
from negotiations.services.link import add_link
from negotiations.services.meeting import hold_meeting
from negotiations.services.message import answer_message, carry_message
from negotiations.services.note import write_note
from negotiations.services.party import seat_party, seat_third_party
from negotiations.services.phase import add_phase
from negotiations.services.position import state_position
from negotiations.services.proposal import record_response, table_proposal
from negotiations.services.source import add_source
from negotiations.services.window import open_window
from tests.factories import START, Talks

ROOT = "/api/v1/negotiations/two-shores/"


def one_of_each(small: Talks, number: int = 1) -> dict[str, Any]:
    """By noun, an item that names others; each round takes place an hour after the one before."""
    at = START + timedelta(hours=number)
    act, here = small.act(at=at), small.negotiation
    made: dict[str, Any] = structure(small, number)
    made["meeting"] = hold_meeting(
        act=act, negotiation=here, kind="session", title="Fourth session", title_ar="الجلسة الرابعة", starts_at=at,
        format="proximity", place="Egret Island", participants=[small.north, small.south, small.egret],
        agenda="The line.", outcome="Both sides look at the map again.",
    )  # fmt: skip
    made["claim"] = make_claim(
        act=act, negotiation=here, claimant=small.south, speaker="Spokesperson of the Southern Shore",
        kind="measurement", text="Four posts remain south of the line.", text_ar="أربعة مواقع باقية جنوب الخط.",
        said_at=at, value_low=3, value_best=4, value_high=5, unit="posts", conditions=[made["condition"]],
    )  # fmt: skip
    made["position"] = state_position(
        act=act, negotiation=here, actor=small.south, stance="accepts_with_conditions", stated_at=at,
        summary="The line follows the river once the posts are gone.", dispute=made["dispute"],
        meeting=made["meeting"], quote="First the posts.", quote_language="en", speaker="Chief negotiator",
    )  # fmt: skip
    made |= proposal(small, made, number)
    message = carry_message(
        act=act, negotiation=here, carrier=small.egret, sender=small.north, recipient=small.south,
        subject="Map of the line", text="Asks for an answer within a week.", carried_at=at, marking="GREEN",
        meeting=made["meeting"], dispute=made["dispute"],
    )  # fmt: skip
    made["message"] = answer_message(
        message, act=small.act(at=at), version=message.version, answer="Will study it.", answered_at=at
    )
    return made | observed(small, made, number)


def structure(small: Talks, number: int) -> dict[str, Any]:
    at = START + timedelta(hours=number)
    act, here = small.act(small.cast.lead, at=at), small.negotiation
    actor = register_actor(act=act, kind="state", name=f"Shore {number:03}", short=f"X{number}")
    made: dict[str, Any] = {"party": seat_party(act=act, negotiation=here, actor=actor)}
    made["thirdparty"] = seat_third_party(
        act=act, negotiation=here, actor=actor, role="guarantor", represented_by="Foreign minister"
    )
    made["instrument"] = add_instrument(
        act=act, negotiation=here, kind="annex", title="Annex on the line", dated_on="2025-10-09",
        in_force_from=START, signatories=[small.north, small.south], texts={"en": "1. Forces withdraw."},
        authentic_languages=["en"],
    )  # fmt: skip
    made["clause"] = add_clause(
        act=act, instrument=made["instrument"], number="1", position=1, text="Forces withdraw behind the line."
    )
    made["phase"] = add_phase(act=act, negotiation=here, number=10 + number, title="Reconstruction")
    made["condition"] = small.add_condition(
        f"Clear the road {number}", at=at, clause=made["clause"], phase=made["phase"], due_anchor="date", due_at=at
    )
    made["gate"] = assert_gate(
        act=act, phase=made["phase"], condition=made["condition"], authority="actors",
        asserted_by=[small.north], clause=made["clause"],
    )  # fmt: skip
    made["link"] = add_link(
        act=act, condition=made["condition"], other=small.release, type="reciprocal_to", ratio=15,
        offset=timedelta(days=3), clause=made["clause"],
    )  # fmt: skip
    made["dispute"] = open_dispute(
        act=act, negotiation=here, title="Who clears the road", category="line_demarcation", type="interpretation",
        opened_at=at, conditions=[made["condition"]], phase=made["phase"], gate=made["gate"],
        question="Does the annex bind the Northern Shore to clear the road?",
    )  # fmt: skip
    made["window"] = open_window(
        act=act, negotiation=here, title="Talks on the island", reason="Both delegations are there.",
        opens_at=at, closes_at=at + timedelta(days=4000), phase=made["phase"],
    )  # fmt: skip
    return made


def proposal(small: Talks, made: dict[str, Any], number: int) -> dict[str, Any]:
    at = START + timedelta(hours=number)
    act = small.act(at=at)
    tabled = table_proposal(
        act=act, negotiation=small.negotiation, title="Posts first", tabled_by=small.egret, tabled_at=at,
        text="The posts go within ten days.", dispute=made["dispute"], meeting=made["meeting"],
    )  # fmt: skip
    version = tabled.versions.get()
    response = record_response(
        act=act, proposal_version=version, party=small.southern, kind="accept_with_reservation",
        responded_at=at, text="If the monitors count them.",
    )  # fmt: skip
    return {"proposal": tabled, "proposalversion": version, "response": response}


def observed(small: Talks, made: dict[str, Any], number: int) -> dict[str, Any]:
    at = START + timedelta(hours=number)
    act, here = small.act(at=at), small.negotiation
    incident = report_incident(
        act=act, negotiation=here, type="movement_across_line", title="Patrol north of the bridge", happened_at=at,
        conditions=[made["condition"]], alleged_by=small.south, alleged_responsible=small.north, severity="minor",
        deaths_low=0, deaths_best=0, deaths_high=1, place="Bridge", where_prec=3, date_prec=1,
    )  # fmt: skip
    found = record_finding(
        incident, act=small.act(at=at), version=incident.version, status="inconclusive", found_by=small.monitors,
        finding="No tracks were found.",
    )  # fmt: skip
    source = add_source(
        act=small.act(small.cast.lead, at=at, cites=(), no_source_reason="It is one."), negotiation=here,
        publisher="River Monitors", title="Bulletin 14", reliability="B", url="https://example.org/bulletin-14",
        published_at=at, origin="bulletin-14",
    )  # fmt: skip
    outlook = assess(
        act=small.act(small.cast.analyst, at=at), negotiation=here, author=small.cast.analyst,
        question="Phase 2 by May", likelihood="unlikely", trend="unchanged", rationale="The line is open.",
        assessed_at=at, phase=made["phase"],
    )  # fmt: skip
    note = write_note(
        act=small.act(small.cast.mediator, at=at), subject=made["dispute"], text="Who asked for the map?",
        author=small.cast.mediator, marking="AMBER", mentions=[small.cast.analyst], is_question=True,
    )  # fmt: skip
    return {"incident": found, "source": source, "assessment": outlook, "note": note}
