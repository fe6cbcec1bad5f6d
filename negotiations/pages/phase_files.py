"""The phases of a negotiation as rows of a file: each where it stands, and each with everything behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from negotiations.exports.table import Cell
from negotiations.models import Condition, Phase, Window
from negotiations.pages.frame import Visit
from negotiations.rules.gates import GateStanding
from negotiations.selectors.blocking_lines import Blocking, GateReading
from negotiations.selectors.people import Who
from negotiations.selectors.reckoning import Reckoning, reckon
from negotiations.selectors.roadmap import PhaseLine
from negotiations.selectors.roadmap_bars import reading_of_text
from negotiations.selectors.roadmap_page import Step, roadmap_steps
from negotiations.selectors.tranche_lines import ExchangeTable, Half, Stage, exchange_tables
from negotiations.selectors.words import Words

OVERVIEW = (
    "number", "title", "status", "rests_on_retracted", "planned_start", "planned_end", "extended_to", "started_at",
    "ended_at", "declared_status", "declared_by", "declared_at", "verdict", "gate_met", "gate_total", "blocked_by",
    "disputes", "whose_move", "marking",
)  # fmt: skip
ROADMAP = (
    "kind", "phase", "ref", "title", "status", "rests_on_retracted", "planned_start", "planned_end", "extended_to",
    "started_at", "ended_at", "opens_at", "closes_at", "declared_status", "declared_by", "declared_at",
    "earliest_start", "earliest_after", "gate_met", "gate_total", "standing", "asserted_by", "stage", "by",
    "delivered", "quota", "short", "owed", "unit", "marking",
)  # fmt: skip
Cells = dict[str, Cell]


def overview_rows(opened: Visit) -> Iterator[tuple[Cell, ...]]:
    """A row for each phase: where it stands, what blocks it by the text, and whose move that is."""
    reckoning = reckon(opened.scene)
    for step in roadmap_steps(reckoning):
        verdict = reckoning.readiness(step.line.pk).verdict
        cells = _phase(step.line) | {"number": step.line.number, "verdict": verdict.kind} | _blocks(step.blocking)
        yield _in_order(cells, OVERVIEW)


def roadmap_rows(opened: Visit) -> Iterator[tuple[Cell, ...]]:
    """A row for each phase and, under it, for each of its gates and windows; then one for each half of an exchange."""
    reckoning = reckon(opened.scene)
    for cells in _roadmap(reckoning):
        yield _in_order(cells, ROADMAP)


def _roadmap(reckoning: Reckoning) -> Iterator[Cells]:
    scene = reckoning.scene
    markings = {str(row.public_id): row.marking for row in scene.all(Condition)}
    windows = sorted(scene.all(Window), key=lambda row: (row.opens_at, row.pk))
    steps, exchanges = roadmap_steps(reckoning), exchange_tables(reckoning)
    for step in steps:
        yield _step(step)
        for reading in (step.blocking.text, *step.blocking.others):
            yield from _gates(reading, step.line.number, markings)
        yield from _windows((row for row in windows if row.phase_id == step.line.pk), step.line.number)
    phases = scene.by_id(Phase)
    yield from _windows((row for row in windows if row.phase_id not in phases), None)
    for one in exchanges:
        for stage in (*one.stages, *([one.total] if one.total else [])):
            yield from _stage(one, stage, markings)


def _phase(line: PhaseLine) -> Cells:
    reading = reading_of_text(line)
    return {
        "title": line.title,
        "status": line.status,
        "rests_on_retracted": line.retracted,
        "planned_start": line.planned_start,
        "planned_end": line.planned_end,
        "extended_to": line.extended_to,
        "started_at": line.started_at,
        "ended_at": line.ended_at,
        "declared_status": line.declared,
        "declared_by": line.declared_by,
        "declared_at": line.declared_at,
        "gate_met": reading.gate.met if reading else None,
        "gate_total": reading.gate.total if reading else None,
        "marking": line.marking,
    }


def _blocks(found: Blocking) -> Cells:
    """Without gates the text blocks nothing: what is open then belongs to the phases under way."""
    text = found.text
    if not text.gates:
        return {"blocked_by": [], "disputes": [one.ref for one in found.phase_disputes]}
    disputes = dict.fromkeys(one.ref for one in (*text.disputes, *found.phase_disputes))
    movers = {who.pk: who for step in text.steps for who in step.actors}
    return {
        "blocked_by": [gate.condition.ref for gate in text.gates if gate.standing == GateStanding.OPEN],
        "disputes": list(disputes),
        "whose_move": _named(movers.values()),
    }


def _step(step: Step) -> Cells:
    early = step.earliest
    return _phase(step.line) | {
        "kind": "phase",
        "phase": step.line.number,
        "earliest_start": early.at if early else None,
        "earliest_after": early.after_code if early else "",
    }


def _gates(reading: GateReading, phase: int, markings: Mapping[str, str]) -> Iterator[Cells]:
    """The gates by one authority; those of the text are asserted by nobody."""
    for gate in reading.gates:
        yield {
            "kind": "gate",
            "phase": phase,
            "ref": gate.condition.ref,
            "title": gate.condition.title,
            "status": gate.condition.status,
            "rests_on_retracted": gate.condition.retracted,
            "standing": gate.standing,
            "asserted_by": reading.by.name if reading.by else "",
            "marking": markings.get(str(gate.condition.public_id), ""),
        }


def _windows(rows: Iterable[Window], phase: int | None) -> Iterator[Cells]:
    for row in rows:
        yield {
            "kind": "window",
            "phase": phase,
            "ref": row.ref,
            "title": Words(row.title, row.title_ar),
            "opens_at": row.opens_at,
            "closes_at": row.closes_at,
            "marking": row.marking,
        }


def _stage(table: ExchangeTable, stage: Stage, markings: Mapping[str, str]) -> Iterator[Cells]:
    """Both halves of a stage, and of the total; what is owed now is owed by the answering side."""
    yield _half(stage, stage.first, table.giver, table.unit, markings)
    yield _half(stage, stage.answer, table.answerer, table.answer_unit, markings, owed=stage.owed)


def _half(
    stage: Stage,
    half: Half,
    side: Sequence[Who],
    unit: Words,
    markings: Mapping[str, str],
    *,
    owed: Decimal | None = None,
) -> Cells:
    named = half.condition
    return {
        "kind": "tranche" if stage.number is not None else "tranches",
        "ref": named.ref if named else "",
        "title": named.title if named else "",
        "status": named.status if named else "",
        "rests_on_retracted": named.retracted if named else [],
        "stage": stage.number,
        "by": _named(side),
        "delivered": half.delivered,
        "quota": half.quota,
        "short": half.short,
        "owed": owed,
        "unit": unit,
        "marking": markings.get(str(named.public_id), "") if named else "",
    }


def _named(people: Iterable[Who]) -> str:
    return "; ".join(who.name.here for who in people)


def _in_order(cells: Mapping[str, Cell], columns: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(cells.get(name) for name in columns)
