"""Assessments: analysts' dated outlooks."""

from __future__ import annotations

from negotiations.models import Assessment, Phase, User
from negotiations.rules.codes import Likelihood, Trend
from negotiations.rules.scoring import brier
from negotiations.selectors.filters.assessment import AssessmentFilter
from negotiations.selectors.state_rows import Row

from ..pagination import Sort
from ..serializers.fields import measure
from .around import Around
from .field import Field, columns, labelled, made_of, one
from .resource import resource


def _score(row: Row, _around: Around) -> float | None:
    if row["outcome"] is None:
        return None
    return brier(row["percent_low"], row["percent_high"], came_true=row["outcome"])


RESOURCE = resource(
    Assessment,
    "assessments",
    made_of(
        Assessment,
        columns(Assessment, "ref", "question", "question_ar"),
        one("phase", Phase),
        labelled(Assessment, "likelihood", Likelihood),
        columns(Assessment, "percent_low", "percent_high"),
        labelled(Assessment, "trend", Trend),
        columns(Assessment, "rationale", "rationale_ar"),
        one("author", User, help_text="Told to members only."),
        columns(Assessment, "assessed_at", "resolves_at", "outcome", "resolved_at"),
        Field(
            name="brier_score",
            columns=("percent_low", "percent_high", "outcome"),
            value=_score,
            described=lambda: measure("0 (right and sure) to 1, once resolved."),
        ),
        columns(Assessment, "is_illustrative"),
    ),
    order=(Sort("assessed_at", is_descending=True),),
    filters=AssessmentFilter,
)
