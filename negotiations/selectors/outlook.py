"""Analysts' outlooks as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from negotiations.history.both_clocks import told_by
from negotiations.models import Assessment, Condition, Entry, Gate, Membership, User
from negotiations.rules.codes import ConditionStatus, Likelihood, Trend
from negotiations.rules.scoring import brier, mean

from .cited import sources_by_item
from .entry_lines import EntryLine, entry_lines, with_payload
from .judged import outcome_words
from .scene import Scene
from .source_lines import SourceLine
from .words import Words, words_of

# What an outlook is drawn against: the phase itself, and findings on its entry conditions.
ANNOTATED = ("phase.declared", "phase.status_changed", "condition.status_changed")
TELLING = frozenset({ConditionStatus.MET, ConditionStatus.BREACHED, ConditionStatus.CONTESTED})
MOST = 6


@dataclass(frozen=True, slots=True)
class OutlookLine:
    """A dated judgement on a stated question: likelihood, never mixed with confidence."""

    ref: str
    question: Words
    likelihood: str
    likelihood_label: str
    low: int
    high: int
    trend: str
    trend_label: str
    rationale: Words
    assessed_at: datetime
    resolves_at: datetime | None
    by: str
    came_about: bool | None
    outcome_label: str
    resolved_at: datetime | None
    score: float | None
    is_illustrative: bool
    marking: str
    sources: tuple[SourceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question with every judgement on it, newest first, and what happened meanwhile."""

    words: Words
    resolves_at: datetime | None
    lines: tuple[OutlookLine, ...]
    events: tuple[EntryLine, ...]

    @property
    def latest(self) -> OutlookLine:
        return self.lines[0]

    @property
    def is_resolved(self) -> bool:
        return bool(self.latest.outcome_label)

    @property
    def score(self) -> float | None:
        """The mean Brier score of all judgements on it; None until it is resolved."""
        return mean([line.score for line in self.lines if line.score is not None])


def outlook_lines(scene: Scene) -> list[OutlookLine]:
    """The judgements made by the scene's moment, open questions first, newest first."""
    rows = _made(scene)
    rows.sort(key=lambda row: (not _is_resolved(scene, row), row.assessed_at), reverse=True)
    return [_line(scene, row, _("an analyst")) for row in rows]


def questions(scene: Scene) -> list[Question]:
    """The questions asked, open ones first, each with its judgements and the events beside them."""
    rows = _made(scene)
    people = _authors(scene, rows)
    cited = sources_by_item(scene, rows)
    asked: dict[str, list[Assessment]] = {}
    for row in rows:
        asked.setdefault(row.question, []).append(row)
    events = _events(scene)
    found = [
        Question(
            words=words_of(mine[0], "question"),
            resolves_at=mine[0].resolves_at,
            lines=tuple(
                _line(scene, row, people.get(row.author_id, _("an analyst")), cited.get(row.public_id, ()))
                for row in mine
            ),
            events=tuple(_during(events, mine)),
        )
        for mine in asked.values()
    ]
    return sorted(found, key=lambda one: (not one.is_resolved, one.latest.assessed_at), reverse=True)


def _made(scene: Scene) -> list[Assessment]:
    rows = [row for row in scene.all(Assessment) if row.assessed_at <= scene.at]
    return sorted(rows, key=lambda row: (row.assessed_at, row.pk), reverse=True)


def _authors(scene: Scene, rows: Iterable[Assessment]) -> dict[int, str]:
    """Names are for members of the negotiation."""
    if not scene.viewer.seat_in(scene.negotiation.pk):
        return {}
    return {pk: str(user) for pk, user in User.objects.in_bulk({row.author_id for row in rows}).items()}


def desks_of(scene: Scene) -> dict[str, str]:
    """The desk that made each judgement, by the judgement's ref: what leaves the house names no person."""
    rows = scene.all(Assessment)
    seats = Membership.objects.filter(negotiation=scene.negotiation.pk, user__in={row.author_id for row in rows})
    desks = {seat.user_id: words_of(seat.organisation, "byline").here for seat in seats.select_related("organisation")}
    return {row.ref: desks.get(row.author_id, "") for row in rows}


def _events(scene: Scene) -> list[EntryLine]:
    entries = Entry.objects.visible_to(scene.viewer).filter(negotiation=scene.negotiation, verb__in=ANNOTATED)
    entries = told_by(entries, scene.moment).order_by("effective_at", "seq")
    lines = entry_lines(with_payload(entries), viewer=scene.viewer, scene=scene)
    rows = scene.by_id(Condition)
    gated = {rows[gate.condition_id].public_id for gate in scene.all(Gate) if gate.condition_id in rows}
    subjects = dict(entries.values_list("public_id", "subject_id"))
    return [line for line in lines if not line.is_replaced and _tells(line, subjects.get(line.public_id) in gated)]


def _tells(line: EntryLine, is_gate: bool) -> bool:  # noqa: FBT001  a fact about the line, not a mode
    if line.subject_type == "phase":
        return True
    return is_gate and line.change is not None and line.change.after_code in TELLING


def _during(events: list[EntryLine], mine: list[Assessment]) -> list[EntryLine]:
    """The latest events from the first judgement on, until the question was resolved."""
    start = min(row.assessed_at for row in mine)
    ends = [row.resolved_at for row in mine if row.resolved_at]
    found = [line for line in events if line.effective_at >= start and (not ends or line.effective_at <= max(ends))]
    return found[-MOST:]


def _is_resolved(scene: Scene, row: Assessment) -> bool:
    return row.outcome is not None and row.resolved_at is not None and row.resolved_at <= scene.at


def _line(scene: Scene, row: Assessment, by: str, sources: tuple[SourceLine, ...] = ()) -> OutlookLine:
    resolved = _is_resolved(scene, row)
    return OutlookLine(
        ref=row.ref,
        question=words_of(row, "question"),
        likelihood=row.likelihood,
        likelihood_label=Likelihood(row.likelihood).label,
        low=row.percent_low,
        high=row.percent_high,
        trend=row.trend,
        trend_label=Trend(row.trend).label,
        rationale=words_of(row, "rationale"),
        assessed_at=row.assessed_at,
        resolves_at=row.resolves_at,
        by=by,
        came_about=row.outcome if resolved else None,
        outcome_label=outcome_words(came_about=bool(row.outcome)) if resolved else "",
        resolved_at=row.resolved_at if resolved else None,
        score=brier(row.percent_low, row.percent_high, came_true=bool(row.outcome)) if resolved else None,
        is_illustrative=row.is_illustrative,
        marking=row.marking,
        sources=sources,
    )
