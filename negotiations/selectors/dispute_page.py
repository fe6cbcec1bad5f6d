"""One dispute: where everybody stands and stood, what was proposed, and what it holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Condition, Dispute, Party, Phase, Position, Proposal, ProposalVersion, Response
from negotiations.rules.codes import DisputeCategory, DisputeStatus, DisputeType, ResponseKind, Rung

from .condition_page import Tie
from .messages import MessageLine, messages
from .people import Who, parties, who
from .positions import PositionLine, current, position_lines
from .reckoning import label_of
from .scene import Scene, also
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class ResponseLine:
    """How a party answered a version."""

    who: Who | None
    label: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One wording of a proposal with the answers to it."""

    ref: str
    title: Words
    number: int
    text: Words
    by: Who | None
    tabled_at: datetime
    marking: str
    responses: tuple[ResponseLine, ...]


@dataclass(frozen=True, slots=True)
class DisputePage:
    """Everything the page of a dispute shows."""

    ref: str
    title: Words
    question: Words
    marking: str
    status_label: str
    category_label: str
    type_label: str
    rung_label: str
    rung_due_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    outcome: str
    phase_number: int | None
    current: tuple[PositionLine, ...]
    silent: tuple[Who, ...]
    positions: tuple[PositionLine, ...]
    proposals: tuple[VersionLine, ...]
    messages: tuple[MessageLine, ...]
    holds: tuple[Tie, ...]


def dispute_page(scene: Scene, row: Dispute) -> DisputePage:
    """Read everything the page shows of one dispute."""
    said = position_lines(scene, [one for one in scene.all(Position) if one.dispute_id == row.pk])
    latest = current(said)
    phase = scene.by_id(Phase).get(row.phase_id) if row.phase_id else None
    return DisputePage(
        ref=row.ref,
        title=words_of(row, "title"),
        question=words_of(row, "question"),
        marking=row.marking,
        status_label=DisputeStatus(row.status).label,
        category_label=DisputeCategory(row.category).label,
        type_label=DisputeType(row.type).label,
        rung_label=Rung(row.rung).label,
        rung_due_at=row.rung_due_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at if row.closed_at and row.closed_at <= scene.at else None,
        outcome=row.outcome,
        phase_number=phase.number if phase else None,
        current=tuple(sorted(latest.values(), key=_parties_first)),
        silent=tuple(one for one in parties(scene) if one.pk not in latest),
        positions=tuple(said),
        proposals=tuple(_versions(scene, row)),
        messages=tuple(messages(scene, dispute=row.pk)),
        holds=tuple(_holds(scene, row)),
    )


def _parties_first(line: PositionLine) -> tuple[bool, str]:
    return (True, "") if line.who is None else (not line.who.is_party, line.who.name.text)


def _holds(scene: Scene, row: Dispute) -> list[Tie]:
    rows = scene.by_id(Condition)
    held = [rows[pk] for pk in scene.of(Dispute, "conditions", row.pk) if pk in rows]
    return [
        Tie(one.ref, words_of(one, "title"), one.status, label_of(one.status, one.kind), "condition") for one in held
    ]


def _versions(scene: Scene, row: Dispute) -> list[VersionLine]:
    also(scene, Proposal, dispute=row.pk)
    also(scene, ProposalVersion, proposal__dispute=row.pk)
    also(scene, Response, proposal_version__proposal__dispute=row.pk)
    proposals = scene.by_id(Proposal)
    answers: defaultdict[int, list[Response]] = defaultdict(list)
    for answer in scene.all(Response):
        if answer.responded_at <= scene.at:
            answers[answer.proposal_version_id].append(answer)
    rows = [one for one in scene.all(ProposalVersion) if one.proposal_id in proposals and one.tabled_at <= scene.at]
    rows.sort(key=lambda one: (one.tabled_at, one.pk), reverse=True)
    return [_version(scene, one, proposals[one.proposal_id], answers[one.pk]) for one in rows]


def _version(scene: Scene, row: ProposalVersion, proposal: Proposal, answers: list[Response]) -> VersionLine:
    seats = scene.by_id(Party)
    return VersionLine(
        ref=proposal.ref,
        title=words_of(proposal, "title"),
        number=row.number,
        text=Words(row.text, language=row.text_language),
        by=who(scene, proposal.tabled_by_id),
        tabled_at=row.tabled_at,
        marking=row.marking,
        responses=tuple(
            ResponseLine(who(scene, seats[one.party_id].actor_id), ResponseKind(one.kind).label)
            for one in answers
            if one.party_id in seats
        ),
    )
