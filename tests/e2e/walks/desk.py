"""A small negotiation in which every step makes sense: one item of each kind, in a state that takes the step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from negotiations.models import Organisation, User
from negotiations.pages.forms.steps import STEPS, steps_on
from negotiations.rules.codes import ConditionStatus, GateAuthority
from negotiations.selectors.item_kinds import kind_named
from negotiations.services.condition import check_condition
from negotiations.services.dispute import edit_dispute
from negotiations.services.gate import assert_gate
from negotiations.services.instrument import add_clause
from negotiations.services.link import add_link
from negotiations.services.message import carry_message
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.proposal import record_response
from tests.cast import Cast
from tests.factories import START, Talks, talks
from tests.services import facts

COUNTED, YOURS = "Count the boats", "Count the tents"
SLUG, UNPUBLISHED = "two-shores", "not-yet"
WRITE = f"/n/{SLUG}/write"


def lay_out() -> Talks:
    """Build it beside the demonstration, with the same people."""
    cast = the_cast()
    talks(UNPUBLISHED, cast=cast, published=False)
    shore = talks(SLUG, cast=cast)
    table(shore)
    tie(shore)
    propose_findings(shore)
    return shore


def the_cast() -> Cast:
    people = {name: User.objects.get(username=name.replace("other_mediator", "mediator-south")) for name in NAMES}
    bodies = list(Organisation.objects.order_by("pk")[:4])
    return Cast(**people, harbour=bodies[0], lakeside=bodies[1], observatory=bodies[2], newsroom=bodies[3])


NAMES = ("lead", "mediator", "other_mediator", "analyst", "reader", "outsider")


def table(shore: Talks) -> None:
    """What people say, write, send and expect."""
    for make in (facts.meeting, facts.incident, facts.assessment, facts.window, facts.amber_claim):
        make(shore)
    facts.note(shore, is_question=True)
    # Long ago, so that what came back is later whenever the walk gets there.
    route = {"carrier": shore.egret, "sender": shore.north, "recipient": shore.south, "carried_at": START}
    carry_message(act=shore.act(at=START), negotiation=shore.negotiation, subject="Maps", **route)
    record_response(
        act=shore.act(),
        proposal_version=facts.proposal(shore, dispute=shore.dispute).versions.get(),
        party=shore.northern,
        kind="amend",
        responded_at=START,
    )


def tie(shore: Talks) -> None:
    """Text, ties between conditions, an entry condition that only actors assert, a finding."""
    add_clause(act=shore.act(), instrument=facts.instrument(shore), number="4", text="The bridge opens.")
    add_link(act=shore.act(), condition=shore.release, other=shore.withdrawal, type="triggers_within")
    actors = {"authority": GateAuthority.ACTORS, "asserted_by": [shore.north]}
    assert_gate(act=shore.act(), phase=shore.second, condition=shore.release, **actors)
    shore.set_status(shore.add_condition("Open the bridge"), ConditionStatus.MET)
    edit_dispute(shore.dispute, act=shore.act(), version=None, pole_low="The river", pole_high="The road")
    shore.add_condition("Known to members", marking="AMBER")
    for title in (COUNTED, YOURS):
        line = shore.add_condition(title, owner=shore.cast.lead, review_interval=timedelta(days=7))
        check_condition(line, act=shore.act(at=START), version=None, where="The daily sheet")


def propose_findings(shore: Talks) -> None:
    """Two findings that wait for a second person: one to confirm, one to decline."""
    lead = {"act": shore.act(shore.cast.lead), "version": None}
    edit_negotiation(shore.negotiation, two_person_rule=True, **lead)
    for title in ("Mend the bridge", "Man the bridge"):
        shore.set_status(shore.add_condition(title), ConditionStatus.BREACHED)
    shore.negotiation.refresh_from_db()
    edit_negotiation(shore.negotiation, two_person_rule=False, **lead)


def address_of(shore: Talks, noun: str, name: str) -> str:
    """Where the step is taken, on the first item for which it makes sense."""
    step = STEPS[noun, name]
    if noun == "negotiation":
        return f"/n/{UNPUBLISHED if name == 'publish' else SLUG}/write/negotiation/{name}/"
    if step.on is None:
        about = f"?about=condition:{shore.release.public_id}" if noun == "note" else ""
        return f"{WRITE}/{noun}/{about}"
    row = next(row for row in rows(shore, "claim" if noun == "marking" else noun) if step in steps_on(row))
    return f"{WRITE}/{row.noun()}/{row.public_id}/{name}/"


def rows(shore: Talks, noun: str) -> Any:
    return kind_named(noun)._default_manager.filter(negotiation=shore.negotiation).order_by("pk")
