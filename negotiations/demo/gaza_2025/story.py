"""Tells the Gaza process of 2025 in the order in which its parts need each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negotiations.services.assessment import resolve_assessment
from negotiations.services.condition import check_condition
from negotiations.services.dispute import edit_dispute, move_dispute
from negotiations.services.negotiation import change_negotiation_status, edit_negotiation
from negotiations.services.phase import declare_phase
from negotiations.services.window import close_window

from ..desk import Desk
from ..opening import open_desk
from ..row import row
from ..shelf import on_shelf
from . import confidential, disputes, gates, outlook, statuses, structure, talks
from .conditions import CONDITIONS
from .incidents import INCIDENTS
from .positions import POSITIONS
from .sources import DOCUMENTS
from .statements import CLAIMS

BY_MEDIATORS = row(
    "active",
    at=structure.AGREED,
    cites=("inn-9oct/2",),
    by="lead",
    reason="The first phase was agreed at Sharm el-Sheikh.",
)
FORCE = row("force", at=structure.IN_FORCE, cites=("anews-10oct/2",), by="lead", reason="The ceasefire is in force.")
DECLARATION = row("2", at=structure.DECLARED, cites=("menafn-14jan/2", "hurriyet-14jan/2"))


def tell(shared: Mapping[str, Mapping[str, Any]], *, earlier: Desk) -> Desk:
    """Tell everything; `earlier` is the attempt of January, whose conditions these resemble."""
    seen = {**shared, "earlier condition": earlier.found["condition"]}
    fields = {**structure.NEGOTIATION, "preceded_by": earlier.negotiation}
    desk = open_desk(fields, seen)
    desk.tell("source", on_shelf(DOCUMENTS, structure.RELEASED, structure.COVERED_TO))
    frame(desk)
    happenings(desk)
    later_moves(desk)
    return desk


def frame(desk: Desk) -> None:
    """Seats, texts, phases, conditions and what holds what."""
    desk.tell("party", structure.PARTIES)
    desk.tell("third_party", structure.THIRD_PARTIES)
    desk.tell("instrument", structure.INSTRUMENTS)
    desk.tell("clause", structure.CLAUSES)
    desk.tell("phase", structure.PHASES)
    desk.tell("condition", CONDITIONS)
    desk.tell("gate", gates.GATES)
    desk.tell("link", gates.LINKS)
    change_negotiation_status(desk.negotiation, act=desk.act(BY_MEDIATORS), version=None, status="active")
    edit_negotiation(desk.negotiation, act=desk.act(FORCE), version=None, entry_into_force_at=structure.IN_FORCE)


def happenings(desk: Desk) -> None:
    """What was said, alleged, met over and carried, and how statuses moved by it."""
    desk.tell("meeting", talks.MEETINGS)
    desk.tell("claim", CLAIMS)
    desk.tell("incident", INCIDENTS)
    desk.assess_conditions(statuses.STATUSES)
    desk.assess_phases(structure.PHASE_HISTORY)
    desk.tell("dispute", disputes.DISPUTES)
    desk.move_disputes(disputes.MOVES)
    desk.tell("position", POSITIONS)
    desk.tell("proposal", (*talks.PROPOSALS, *confidential.PROPOSALS))
    for key, wording in confidential.VERSIONS:
        desk.reword(key, wording)
    desk.tell("message", (*talks.MESSAGES, *confidential.MESSAGES))
    desk.tell("window", outlook.WINDOWS)
    desk.tell("assessment", outlook.ASSESSMENTS)
    for (kind, key), note in confidential.NOTES:
        desk.remark(kind, key, note)


def later_moves(desk: Desk) -> None:
    """The declaration, the checks, and the other changes that have verbs of their own."""
    united_states = desk.find("actor", "united-states")
    act = desk.act(DECLARATION)
    declare_phase(desk.find("phase", "2"), act=act, version=None, status="active", declared_by=united_states)
    sequencing = desk.find("dispute", "sequencing")
    gate = desk.find("gate", "mediators withdrawal")
    edit_dispute(sequencing, act=desk.act(disputes.GATE_IN_DISPUTE), version=None, gate=gate)
    move_dispute(sequencing, act=desk.act(disputes.ESCALATION), version=None, rung=disputes.ESCALATED_TO)
    closing = outlook.WINDOW_CLOSED
    close_window(desk.find("window", closing.key), act=desk.act(closing), version=None, reason=closing.reason)
    for key in outlook.RESOLVED_KEYS:
        judged = desk.find("assessment", key)
        resolve_assessment(judged, act=desk.act(outlook.RESOLUTION), version=None, outcome=False)
    for number, (key, at, where) in enumerate(statuses.CHECKS):
        act = desk.act(row(f"check {number}", at=at, no_source="Looked at; nothing newer was found."))
        check_condition(desk.find("condition", key), act=act, version=None, where=where)
