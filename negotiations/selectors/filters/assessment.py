"""How lists of outlooks are narrowed."""

from __future__ import annotations

from negotiations.models import Phase
from negotiations.rules.codes import Likelihood, Trend

from .item import ItemFilter
from .kinds import CodeFilter, SetFilter, from_to
from .related import PersonFilter, RelatedFilter


class AssessmentFilter(ItemFilter):
    """Outlooks: by likelihood, trend, phase, and whether the question is resolved."""

    likelihood = CodeFilter(Likelihood)
    trend = CodeFilter(Trend)
    phase = RelatedFilter(Phase)
    author = PersonFilter("author")
    is_resolved = SetFilter("resolved_at")
    assessed_after, assessed_before = from_to("assessed_at")
    resolves_after, resolves_before = from_to("resolves_at")
    searched = ("ref", "question", "question_ar", "rationale", "rationale_ar")
