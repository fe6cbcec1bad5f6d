"""Analysts' outlooks as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from negotiations.models import Assessment
from negotiations.rules.codes import Likelihood, Trend

from .scene import Scene
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class OutlookLine:
    """A dated judgement on a stated question: likelihood, never mixed with confidence."""

    ref: str
    question: Words
    likelihood_label: str
    low: int
    high: int
    trend_label: str
    rationale: Words
    assessed_at: datetime
    by: str
    outcome_label: str
    is_illustrative: bool
    marking: str


def outlook_lines(scene: Scene) -> list[OutlookLine]:
    """The judgements made by the scene's moment, open questions first, newest first."""
    rows = [row for row in scene.all(Assessment) if row.assessed_at <= scene.at]
    rows.sort(key=lambda row: (row.outcome is None, row.assessed_at), reverse=True)
    return [_line(row) for row in rows]


def _line(row: Assessment) -> OutlookLine:
    return OutlookLine(
        ref=row.ref,
        question=words_of(row, "question"),
        likelihood_label=Likelihood(row.likelihood).label,
        low=row.percent_low,
        high=row.percent_high,
        trend_label=Trend(row.trend).label,
        rationale=words_of(row, "rationale"),
        assessed_at=row.assessed_at,
        by=_("an analyst"),
        outcome_label=_outcome(row),
        is_illustrative=row.is_illustrative,
        marking=row.marking,
    )


def _outcome(row: Assessment) -> str:
    if row.outcome is None:
        return ""
    return _("it came about") if row.outcome else _("it did not come about")
