"""Tells the January process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negotiations.services.negotiation import change_negotiation_status

from ..desk import Desk
from ..opening import open_desk
from ..shelf import on_shelf
from . import happenings, structure
from .sources import DOCUMENTS


def tell(shared: Mapping[str, Mapping[str, Any]]) -> Desk:
    """Tell everything, up to the end of the ceasefire."""
    desk = open_desk(structure.NEGOTIATION, shared)
    desk.tell("source", on_shelf(DOCUMENTS, structure.AGREED, structure.COVERED_TO))
    desk.tell("party", structure.PARTIES)
    desk.tell("third_party", structure.THIRD_PARTIES)
    desk.tell("instrument", structure.INSTRUMENTS)
    desk.tell("clause", structure.CLAUSES)
    desk.tell("phase", structure.PHASES)
    desk.tell("condition", structure.CONDITIONS)
    desk.tell("gate", structure.GATES)
    desk.tell("incident", happenings.INCIDENTS)
    desk.assess_conditions(happenings.STATUSES)
    desk.assess_phases(happenings.PHASE_HISTORY)
    desk.tell("dispute", happenings.DISPUTES)
    desk.move_disputes(happenings.MOVES)
    desk.tell("position", happenings.POSITIONS)
    desk.tell("proposal", happenings.PROPOSALS)
    desk.tell("response", happenings.RESPONSES)
    collapse = desk.act(happenings.COLLAPSE)
    change_negotiation_status(desk.negotiation, act=collapse, version=None, status="collapsed")
    return desk
