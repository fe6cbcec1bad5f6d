"""One dispute: where everybody stands and stood, what was proposed, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Condition, Dispute, Gate, Phase, Position, User
from negotiations.rules.codes import DisputeCategory, DisputeStatus, DisputeType, Rung
from negotiations.rules.facts import CLOSED_DISPUTES
from negotiations.rules.gap import Gap, GapTrend, gap, gap_trend

from .cited import sources_by_item
from .messages import MessageLine, messages
from .notes import NoteLine, notes_on
from .people import Who, parties
from .positions import PositionLine, current, position_lines
from .proposals import ProposalLine, proposal_lines
from .reckoning import label_of
from .scene import Scene
from .shaken import shaken_of
from .ties import Tie, condition_tie
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class RungLine:
    """A step of the escalation ladder; the one the dispute is at bears its clock."""

    label: str
    is_here: bool
    is_below: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class GapBox:
    """The distance between the parties as named people judge it."""

    word: Gap
    trend: GapTrend | None
    placed_by: tuple[str, ...]
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class DisputePage:
    """Everything the page of a dispute shows."""

    ref: str
    title: Words
    question: Words
    marking: str
    status: str
    status_label: str
    retracted: tuple[str, ...]
    is_open: bool
    category_label: str
    type_label: str
    rungs: tuple[RungLine, ...]
    opened_at: datetime
    closed_at: datetime | None
    outcome: str
    phase: Tie | None
    poles: tuple[Words, Words] | None
    gap: GapBox | None
    current: tuple[PositionLine, ...]
    silent: tuple[Who, ...]
    positions: tuple[PositionLine, ...]
    parties: tuple[Who, ...]
    proposals: tuple[ProposalLine, ...]
    messages: tuple[MessageLine, ...]
    holds: tuple[Tie, ...]
    notes: tuple[NoteLine, ...]


def dispute_page(scene: Scene, row: Dispute, *, compare: tuple[str, int, int] | None = None) -> DisputePage:
    """Read everything the page shows of one dispute; `compare` names two versions of a proposal."""
    rows = [one for one in scene.all(Position) if one.dispute_id == row.pk]
    said = position_lines(scene, rows, sources_by_item(scene, rows))
    latest = current(said)
    return DisputePage(
        ref=row.ref,
        title=words_of(row, "title"),
        question=words_of(row, "question"),
        marking=row.marking,
        status=row.status,
        status_label=DisputeStatus(row.status).label,
        retracted=shaken_of(scene).get(row.public_id, ()),
        is_open=row.status not in CLOSED_DISPUTES,
        category_label=DisputeCategory(row.category).label,
        type_label=DisputeType(row.type).label,
        rungs=tuple(_rungs(row)),
        opened_at=row.opened_at,
        closed_at=row.closed_at if row.closed_at and row.closed_at <= scene.at else None,
        outcome=row.outcome,
        phase=_phase(scene, row),
        poles=_poles(row) if scene.negotiation.shows_gap else None,
        gap=_gap(scene, rows, said) if scene.negotiation.shows_gap else None,
        current=tuple(sorted(latest.values(), key=_parties_first)),
        silent=tuple(one for one in parties(scene) if one.pk not in latest),
        positions=tuple(said),
        parties=tuple(parties(scene)),
        proposals=tuple(proposal_lines(scene, compare=compare, dispute=row.pk)),
        messages=tuple(messages(scene, dispute=row.pk)),
        holds=tuple(_holds(scene, row)),
        notes=tuple(notes_on(scene, row)),
    )


def _parties_first(line: PositionLine) -> tuple[bool, str]:
    return (True, "") if line.who is None else (not line.who.is_party, line.who.name.text)


def _rungs(row: Dispute) -> Iterator[RungLine]:
    ladder = list(Rung)
    here = ladder.index(Rung(row.rung))
    for at, rung in enumerate(ladder):
        yield RungLine(rung.label, at == here, at < here, row.rung_due_at if at == here else None)


def _phase(scene: Scene, row: Dispute) -> Tie | None:
    """The phase the dispute is about, itself or by the gate it questions."""
    gate = scene.by_id(Gate).get(row.gate_id) if row.gate_id else None
    phase = scene.by_id(Phase).get(row.phase_id or (gate.phase_id if gate else 0) or 0)
    if phase is None:
        return None
    return Tie(str(phase.number), words_of(phase, "title"), phase.status, "", "roadmap")


def _poles(row: Dispute) -> tuple[Words, Words] | None:
    low, high = words_of(row, "pole_low"), words_of(row, "pole_high")
    return (low, high) if low and high else None


def _gap(scene: Scene, rows: list[Position], said: list[PositionLine]) -> GapBox | None:
    """The gap between the parties' latest placements, and whether the last move narrowed it."""
    seated = {one.pk for one in parties(scene)}
    placed = [line for line in said if line.placement is not None and line.who and line.who.pk in seated]
    judged = [one for one in rows if one.placement is not None and one.placed_at and one.placed_at <= scene.at]
    now = gap(_placements(placed))
    if now is None or not judged:
        return None
    people = User.objects.in_bulk({one.placed_by_id for one in judged if one.placed_by_id})
    knows_names = scene.viewer.seat_in(scene.negotiation.pk) is not None
    return GapBox(
        word=now,
        trend=gap_trend(gap(_placements(placed[1:])), now),
        placed_by=tuple(sorted(str(one) for one in people.values())) if knows_names else (),
        placed_at=max(one.placed_at for one in judged if one.placed_at),
    )


def _placements(lines: list[PositionLine]) -> list[int]:
    return [line.placement for line in current(lines).values() if line.placement is not None]


def _holds(scene: Scene, row: Dispute) -> list[Tie]:
    rows = scene.by_id(Condition)
    held = [rows[pk] for pk in scene.of(Dispute, "conditions", row.pk) if pk in rows]
    return [condition_tie(scene, one, label_of(one.status, one.kind)) for one in held]
