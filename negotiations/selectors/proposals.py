"""Proposals with their wordings, the parties' answers, and two wordings compared word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from negotiations.models import MarkedItem, Party, Proposal, ProposalVersion, Response
from negotiations.rules.codes import ResponseKind
from negotiations.rules.facts import reading_order
from negotiations.rules.wording import Piece, word_changes

from .people import Who, parties, who
from .scene import Scene, also
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class ResponseLine:
    """How a party answered a version; without a kind it has not been recorded."""

    who: Who | None
    kind: str
    label: str
    text: str
    responded_at: datetime | None
    marking: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One wording of a proposal with the answers to it."""

    number: int
    text: Words
    tabled_at: datetime
    marking: str
    responses: tuple[ResponseLine, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one wording to another."""

    before: int
    after: int
    pieces: tuple[Piece, ...]
    is_by_paragraph: bool

    @property
    def is_same(self) -> bool:
        return all(piece.kind == "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A tabled text with its versions, newest first, and one column of answers for each party."""

    ref: str
    title: Words
    by: Who | None
    marking: str
    is_withdrawn: bool
    versions: tuple[VersionLine, ...]
    comparison: Comparison | None

    @property
    def newest(self) -> VersionLine:
        return self.versions[0]


def proposal_lines(scene: Scene, *, compare: tuple[str, int, int] | None = None, **which: int) -> list[ProposalLine]:
    """The proposals tabled by the scene's moment, newest first; `which` narrows them, as by dispute.

    `compare` names a proposal and two of its versions; the others compare their last two.
    """
    _load(scene, which)
    versions: defaultdict[int, list[ProposalVersion]] = defaultdict(list)
    for row in scene.all(ProposalVersion):
        if row.tabled_at <= scene.at:
            versions[row.proposal_id].append(row)
    answers: defaultdict[int, list[Response]] = defaultdict(list)
    for answer in scene.all(Response):
        if answer.responded_at <= scene.at:
            answers[answer.proposal_version_id].append(answer)
    rows = [row for row in scene.all(Proposal) if versions[row.pk]]
    rows.sort(key=lambda row: (max(one.tabled_at for one in versions[row.pk]), reading_order(row)), reverse=True)
    return [_line(scene, row, versions[row.pk], answers, compare) for row in rows]


def _load(scene: Scene, which: dict[str, int]) -> None:
    kinds: tuple[tuple[type[MarkedItem], str], ...] = (
        (Proposal, ""),
        (ProposalVersion, "proposal__"),
        (Response, "proposal_version__proposal__"),
    )
    for kind, path in kinds:
        also(scene, kind, **{f"{path}{name}": value for name, value in which.items()})


def _line(
    scene: Scene,
    row: Proposal,
    versions: list[ProposalVersion],
    answers: defaultdict[int, list[Response]],
    compare: tuple[str, int, int] | None,
) -> ProposalLine:
    versions = sorted(versions, key=lambda one: one.number)
    wanted = compare[1:] if compare and compare[0] == row.ref else None
    return ProposalLine(
        ref=row.ref,
        title=words_of(row, "title"),
        by=who(scene, row.tabled_by_id),
        marking=row.marking,
        is_withdrawn=row.withdrawn_at is not None and row.withdrawn_at <= scene.at,
        versions=tuple(_version(scene, one, answers[one.pk]) for one in reversed(versions)),
        comparison=_compared(versions, wanted),
    )


def _compared(versions: list[ProposalVersion], wanted: tuple[int, int] | None) -> Comparison | None:
    by_number = {one.number: one for one in versions}
    pair = wanted if wanted and set(wanted) <= by_number.keys() and wanted[0] != wanted[1] else None
    pair = pair or next(iter(reversed(list(pairwise(by_number)))), None)
    if pair is None:
        return None
    before, after = (by_number[number] for number in pair)
    changes = word_changes(before.text, after.text)
    return Comparison(before.number, after.number, changes.pieces, changes.is_by_paragraph)


def _version(scene: Scene, row: ProposalVersion, answers: Iterable[Response]) -> VersionLine:
    seats = scene.by_id(Party)
    latest: dict[int, Response] = {}
    for one in sorted(answers, key=lambda one: (one.responded_at, one.pk)):
        if one.party_id in seats:
            latest[seats[one.party_id].actor_id] = one
    return VersionLine(
        number=row.number,
        text=Words(row.text, language=row.text_language),
        tabled_at=row.tabled_at,
        marking=row.marking,
        responses=tuple(_response(one, latest.get(one.pk)) for one in parties(scene)),
    )


def _response(party: Who, row: Response | None) -> ResponseLine:
    if row is None:
        return ResponseLine(party, "", "", "", None, "")
    return ResponseLine(party, row.kind, ResponseKind(row.kind).label, row.text, row.responded_at, row.marking)
