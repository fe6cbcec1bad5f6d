"""Tells the Aceh process from the signature to the end of the monitoring mission."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negotiations.services.condition import reject_finding
from negotiations.services.negotiation import change_negotiation_status

from ..desk import Desk
from ..opening import open_desk
from ..shelf import on_shelf
from . import conditions, happenings, statements, structure
from .sources import DOCUMENTS


def tell(shared: Mapping[str, Mapping[str, Any]]) -> Desk:
    """Tell everything in the order in which its parts need each other."""
    desk = open_desk(structure.NEGOTIATION, shared)
    desk.tell("source", on_shelf(DOCUMENTS, structure.SIGNED, structure.COVERED_TO))
    desk.tell("party", structure.PARTIES)
    desk.tell("third_party", structure.THIRD_PARTIES)
    desk.tell("instrument", structure.INSTRUMENTS)
    desk.tell("clause", structure.CLAUSES)
    desk.tell("phase", structure.PHASES)
    desk.tell("condition", conditions.CONDITIONS)
    desk.tell("link", conditions.LINKS)
    desk.tell("meeting", statements.MEETINGS)
    desk.tell("claim", statements.CLAIMS)
    desk.assess_conditions(happenings.STATUSES)
    desk.assess_phases(structure.PHASE_HISTORY)
    desk.tell("dispute", statements.DISPUTES)
    desk.move_disputes(statements.MOVES)
    desk.tell("position", statements.POSITIONS)
    conclude(desk)
    return desk


def conclude(desk: Desk) -> None:
    """The government's rejection of a finding, and the end of the process."""
    rejected = desk.act(statements.REJECTED)
    reject_finding(desk.find("condition", "arms"), act=rejected, version=None, party=desk.find("party", "indonesia"))
    concluded = desk.act(statements.CONCLUDED)
    change_negotiation_status(desk.negotiation, act=concluded, version=None, status="concluded")
