"""The Gaza process of 2025 in small, after public reporting: enough of it to ask the rules about.

Statuses are those of 8 December 2025; `later` gives others by ref.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from negotiations.rules.facts import Condition, Dispute, Gate, Link, Phase

from .moments import condition, on

ISRAEL, HAMAS, EGYPT, QATAR, UNITED_STATES = "Israel", "Hamas", "Egypt", "Qatar", "United States"
IN_FORCE = on(2025, 10, 10, 9)
ON_8_DECEMBER = on(2025, 12, 8, 12)
DECLARED = on(2026, 1, 14, 15)
TEXT_GATES = ("C2", "C3", "C4", "C5", "C6", "C10")


def _owed(ref: str, status: str, *obligors: str, **more: Any) -> Condition:
    return condition(ref, status, obligors=obligors, clause=f"clause {ref[1:]}", **more)


CONDITIONS = (
    _owed("C1", "contested", HAMAS, ISRAEL, kind="continuous"),
    _owed("C2", "met", ISRAEL, status_since=on(2025, 10, 10, 12)),
    _owed("C3", "met", HAMAS, status_since=on(2025, 10, 13, 11)),
    _owed("C4", "partly_met", HAMAS, target=Decimal(28), value=Decimal(27)),
    _owed("C5", "met", ISRAEL, status_since=on(2025, 10, 13, 15)),
    _owed("C6", "partly_met", ISRAEL, kind="reciprocal_tranche", value=Decimal(345)),
    _owed("C7", "contested", ISRAEL, kind="continuous"),
    _owed("C8", "not_started", ISRAEL),
    _owed("C10", "met", UNITED_STATES),
    _owed("C11", "not_started", "force contributors"),
    _owed("C12", "not_started", HAMAS, verifier="the monitoring body"),
    _owed("C13", "not_started", ISRAEL),
)
LINKS = (
    Link("L1", "C6", "C4", "reciprocal_to", ratio=Decimal(15), clause="clause 6"),
    Link("L2", "C13", "C12", "conditional_on_verification_of", clause="resolution 2803, 7"),
    Link("L3", "C12", "C13", "requires"),
    Link("L4", "C12", "C11", "requires"),
    Link("L5", "C8", "C4", "requires"),
)
DISPUTES = (
    Dispute("D1", "D1", "open", conditions=("C11", "C12")),
    Dispute("D2", "D2", "under_discussion", gate="G13"),
    Dispute("D3", "D3", "deferred", conditions=("C8",)),
    Dispute("D4", "D4", "open", conditions=("C4", "C6")),
    Dispute("D5", "D5", "resolved", conditions=("C5",)),
)
GATES = (
    *(Gate(f"G{ref[1:]}", "P2", ref) for ref in TEXT_GATES),
    Gate("G4i", "P2", "C4", "actors", (ISRAEL,)),
    Gate("G13", "P2", "C13", "actors", (QATAR, EGYPT)),
    Gate("G11", "P2", "C11", "actors", (EGYPT,)),
)
FIRST = Phase("P1", 1, "active", started_at=IN_FORCE)
SECOND = Phase("P2", 2, "negotiating_terms")
THIRD = Phase("P3", 3, "not_started")


def conditions(**later: str) -> dict[Any, Condition]:
    """All conditions by key, some with another status: `conditions(C4="met")`."""
    return {item.id: replace(item, status=later.get(item.ref, item.status)) for item in CONDITIONS}


def statuses() -> dict[Any, str]:
    return {item.id: item.status for item in CONDITIONS}


def declared(at: datetime = DECLARED) -> Phase:
    return replace(SECOND, declared_status="active", declared_by=UNITED_STATES, declared_at=at)
