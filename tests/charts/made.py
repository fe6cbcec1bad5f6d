"""Readings made by hand for the drawings: a few lines say what waits for what."""

from __future__ import annotations

from uuid import uuid4

from negotiations.rules.gates import GateStanding
from negotiations.selectors.blocking_lines import BlockedLine, GateLine, GateReading, MutualLine, Named, Wait
from negotiations.selectors.words import Words


def named(ref: str, status: str = "not_started", title: str = "") -> Named:
    kind = "dispute" if ref.startswith("D") else "condition"
    return Named(kind, uuid4(), ref, Words(title or f"What {ref} asks"), status, status.replace("_", " ").capitalize())


def wait(ref: str) -> Wait:
    kind = "dispute" if ref.startswith("D") else "requires"
    return Wait(kind, kind, True, named(ref), None, None, None, Words(""), None)


def line(ref: str, *waits: str, layer: int = 0, group: int | None = None, is_entry: bool = False) -> BlockedLine:
    return BlockedLine(0, named(ref), (), is_entry, bool(waits), layer, group, tuple(map(wait, waits)))


def gate(ref: str, standing: GateStanding = GateStanding.OPEN, status: str = "not_started") -> GateLine:
    return GateLine(named(ref, status), standing.value, standing.label, "", None, ())


def reading(
    *lines: BlockedLine,
    chain: tuple[tuple[str, ...], ...] = (),
    met: tuple[str, ...] = (),
    circle: tuple[str, ...] = (),
) -> GateReading:
    gates = [gate(one.condition.ref) for one in lines if one.is_entry]
    gates += [gate(ref, GateStanding.SATISFIED, "met") for ref in met]
    return GateReading(
        by=None,
        satisfied=len(met),
        open=len(gates) - len(met),
        total=len(gates),
        gates=tuple(gates),
        blocked=lines,
        groups=(MutualLine(tuple(map(named, circle)), ()),) if circle else (),
        disputes=(),
        chain=tuple(tuple(map(named, step)) for step in chain),
        steps=(),
    )
