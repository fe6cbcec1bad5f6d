"""The position matrix: every actor beside every dispute, condition and proposal somebody spoke on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from negotiations.models import Condition, Dispute, MarkedItem, Position, Proposal
from negotiations.rules.codes import ConditionStatus, DisputeStatus
from negotiations.rules.facts import CLOSED_DISPUTES, reading_order
from negotiations.rules.positions import Position as Statement
from negotiations.rules.positions import Stand, stands

from .cited import sources_by_item
from .people import Who, parties, third_parties
from .positions import PositionLine, position_lines, standing
from .scene import Scene, also
from .words import Words, words_of

Subject = tuple[str, int]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """An actor's current position on a row's subject; None where none was stated.

    `previous` is the last different one, and `reversed_from` the one it turned round from, if it did.
    """

    who: Who
    position: PositionLine | None
    previous: PositionLine | None = None
    reversed_from: PositionLine | None = None

    @property
    def stance(self) -> str:
        return self.position.stance if self.position else ""

    @property
    def before(self) -> str:
        return self.previous.stance if self.previous else ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What the positions of a row are about; `question` makes the stances readable."""

    kind: str
    page: str
    ref: str
    title: Words
    question: Words
    status_label: str
    is_open: bool
    marking: str
    cells: tuple[MatrixCell, ...]

    @property
    def has_reversal(self) -> bool:
        return any(cell.reversed_from for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns of actors, parties first, and the rows they stand in."""

    parties: tuple[Who, ...]
    others: tuple[Who, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def columns(self) -> tuple[Who, ...]:
        return (*self.parties, *self.others)


def position_matrix(scene: Scene) -> Matrix:
    """Everybody's current position on everything; open disputes stand first and always have a row."""
    also(scene, Proposal)
    said = standing(scene, scene.all(Position))
    lines = {line.ref: line for line in position_lines(scene, said, sources_by_item(scene, said))}
    spoke = {row.actor_id for row in said}
    sides = tuple(parties(scene))
    others = tuple(one for one, _roles in third_parties(scene) if one.pk in spoke and one not in sides)
    found = stands([_statement(row) for row in sorted(said, key=lambda row: row.pk)])
    refs = {row.pk: row.ref for row in said}
    by_subject: defaultdict[Subject, dict[int, Stand]] = defaultdict(dict)
    for (actor, subject), stand in found.items():
        by_subject[subject][actor] = stand
    rows = [
        _row(kind, item, (*sides, *others), {pk: _told(stand, refs, lines) for pk, stand in mine.items()})
        for kind, item, mine in _subjects(scene, by_subject)
    ]
    said_now = [cell.position for row in rows for cell in row.cells if cell.position]
    scene.named.update(source.marking for line in said_now for source in line.taken_back)
    return Matrix(sides, others, tuple(sorted(rows, key=lambda row: (not row.is_open, row.kind != "dispute"))))


Told = tuple[PositionLine, PositionLine | None, PositionLine | None]


def _told(stand: Stand, refs: dict[int, str], lines: dict[str, PositionLine]) -> Told:
    """The current line, the last one that said something else, and what it was reversed from."""

    def line(one: Statement) -> PositionLine:
        return lines[refs[one.id]]

    last = stand.moves[-1] if stand.moves else None
    turned = stand.reversals[-1] if stand.reversals else None
    return line(stand.current), line(last.before) if last else None, line(turned.before) if turned else None


def _statement(row: Position) -> Statement:
    return Statement(row.pk, row.actor_id, _subject(row), row.stance, row.stated_at)


def _subject(row: Position) -> Subject:
    if row.dispute_id:
        return "dispute", row.dispute_id
    return ("condition", row.condition_id) if row.condition_id else ("proposal", row.proposal_id or 0)


def _subjects(
    scene: Scene, spoken: dict[Subject, dict[int, Stand]]
) -> Iterator[tuple[str, MarkedItem, dict[int, Stand]]]:
    for dispute in sorted(scene.all(Dispute), key=reading_order):
        mine = spoken.get(("dispute", dispute.pk), {})
        if mine or dispute.status not in CLOSED_DISPUTES:
            yield "dispute", dispute, mine
    for condition in sorted(scene.all(Condition), key=reading_order):
        if mine := spoken.get(("condition", condition.pk), {}):
            yield "condition", condition, mine
    for proposal in sorted(scene.all(Proposal), key=reading_order):
        if mine := spoken.get(("proposal", proposal.pk), {}):
            yield "proposal", proposal, mine


def _row(kind: str, item: MarkedItem, columns: tuple[Who, ...], told: dict[int, Told]) -> MatrixRow:
    label, is_open, question = _standing(item)
    return MatrixRow(
        kind=kind,
        page=kind if kind != "proposal" else "",
        ref=getattr(item, "ref", ""),
        title=words_of(item, "title"),
        question=question,
        status_label=label,
        is_open=is_open,
        marking=item.marking,
        cells=tuple(MatrixCell(one, *told.get(one.pk, (None,))) for one in columns),
    )


def _standing(item: MarkedItem) -> tuple[str, bool, Words]:
    """The word for where it stands, whether it is open, and the question the stances answer."""
    match item:
        case Dispute():
            return DisputeStatus(item.status).label, item.status not in CLOSED_DISPUTES, words_of(item, "question")
        case Condition():
            return ConditionStatus(item.status).label, True, Words("")
        case _:
            return "", getattr(item, "withdrawn_at", None) is None, Words("")
