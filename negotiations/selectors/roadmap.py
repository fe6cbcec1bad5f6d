"""The phases of a negotiation as steps: assessed, declared and planned kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Phase
from negotiations.rules.anchors import NOTHING, Event, Happening
from negotiations.rules.codes import PhaseStatus
from negotiations.rules.gates import Reading

from .people import who
from .reckoning import GateCount, Reckoning, gate_count
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """The entry conditions by one reading: the text's (`by` None) or an actor's, never summed."""

    gate: GateCount
    by: Words | None
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A step of the roadmap."""

    pk: int
    number: int
    title: Words
    status: str
    status_label: str
    started_at: datetime | None
    ended_at: datetime | None
    declared_label: str
    declared_by: Words
    declared_at: datetime | None
    planned_start: datetime | None
    planned_end: datetime | None
    extended_to: datetime | None
    readings: tuple[ReadingLine, ...]
    retracted: tuple[str, ...] = ()
    declared: str = ""
    marking: str = ""


def phase_lines(reckoning: Reckoning) -> list[PhaseLine]:
    """Every phase in the order of its number."""
    phases = sorted(reckoning.scene.all(Phase), key=lambda phase: phase.number)
    return [_line(reckoning, phase) for phase in phases]


def _line(reckoning: Reckoning, phase: Phase) -> PhaseLine:
    scene = reckoning.scene
    is_declared = bool(phase.declared_status and phase.declared_at and phase.declared_at <= scene.at)
    by = who(scene, phase.declared_by_id) if is_declared else None
    end = reckoning.schedule.get(Happening(Event.END, phase.pk), NOTHING)
    return PhaseLine(
        pk=phase.pk,
        number=phase.number,
        title=words_of(phase, "title"),
        status=phase.status,
        status_label=PhaseStatus(phase.status).label,
        started_at=phase.started_at,
        ended_at=phase.ended_at,
        declared_label=PhaseStatus(phase.declared_status).label if is_declared else "",
        declared_by=by.name if by else Words(""),
        declared_at=phase.declared_at if is_declared else None,
        planned_start=reckoning.schedule.get(Happening(Event.START, phase.pk), NOTHING).by_text,
        planned_end=end.by_text,
        extended_to=end.extended_to,
        readings=tuple(_readings(reckoning, phase)),
        retracted=reckoning.shaken.get(phase.public_id, ()),
        declared=phase.declared_status if is_declared else "",
        marking=phase.marking,
    )


def _readings(reckoning: Reckoning, phase: Phase) -> list[ReadingLine]:
    ready = reckoning.readiness(phase.pk)
    lines = [_reading(reckoning, ready.text)] if ready.text.total else []
    return lines + [_reading(reckoning, reading) for reading in ready.others]


def _reading(reckoning: Reckoning, reading: Reading) -> ReadingLine:
    actor = reading.asserted_by
    by = who(reckoning.scene, actor) if isinstance(actor, int) else None
    return ReadingLine(gate_count(reading), by.name if by else None, bool(reading.disputed))
