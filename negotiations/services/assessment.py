"""Verbs on assessments: dated outlooks and how they turned out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import Assessment, Negotiation, User
from negotiations.rules.codes import RANGES, Likelihood
from negotiations.rules.errors import RuleError

from .act import Act
from .record import add, amend, writing


def assess(
    *,
    act: Act,
    negotiation: Negotiation,
    author: User,
    question: str,
    likelihood: str,
    trend: str,
    rationale: str,
    assessed_at: datetime,
    **fields: Any,
) -> Assessment:
    """Record a judgement on a stated question; the percentages default to the term's own range."""
    low, high = RANGES[Likelihood(likelihood)]
    fields.setdefault("percent_low", low)
    fields.setdefault("percent_high", high)
    if not low <= fields["percent_low"] <= fields["percent_high"] <= high:
        raise RuleError(
            _("“%(term)s” stands for %(low)s to %(high)s percent; choose another term or another range.")
            % {"term": Likelihood(likelihood).label, "low": low, "high": high},
            code="likelihood_range",
            fields={"percent_low": _("This lies outside the range of the term.")},
        )
    assessment = Assessment(
        negotiation=negotiation,
        author=author,
        question=question,
        likelihood=likelihood,
        trend=trend,
        rationale=rationale,
        assessed_at=assessed_at,
        **fields,
    )
    return add(assessment, "assessment.made", act=act)


def edit_assessment(assessment: Assessment, *, act: Act, version: int | None, **fields: Any) -> Assessment:
    return amend(assessment, "assessment.edited", act=act, version=version, **fields)


def resolve_assessment(assessment: Assessment, *, act: Act, version: int | None, outcome: bool) -> Assessment:
    """Record whether what was asked came true, for scoring."""
    with writing(assessment.negotiation, act) as record:
        saved = record.lock(assessment, version, {"outcome": outcome})
        record.change(saved, "assessment.resolved", outcome=outcome, resolved_at=record.effective_at)
        return saved
