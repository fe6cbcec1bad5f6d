"""Verbs on assessments: dated outlooks and how they turned out."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.models import Assessment, Negotiation, Tracked
from negotiations.services.assessment import assess, edit_assessment, resolve_assessment

from .body import Edit, NewItem, Told
from .fields import Moment
from .verb import Call, Verb

WORDS = (
    "question", "question_ar", "phase", "likelihood", "percent_low", "percent_high", "trend", "rationale",
    "rationale_ar", "resolves_at",
)  # fmt: skip


class AssessmentWrite(Edit):
    """A judgement on a stated question."""

    percent_low = serializers.IntegerField(min_value=1, max_value=99)
    percent_high = serializers.IntegerField(min_value=1, max_value=99)

    class Meta:
        model = Assessment
        fields = WORDS


class AssessmentNew(NewItem):
    """A judgement of yours on a stated question; the percentages default to the term's own range."""

    percent_low = serializers.IntegerField(min_value=1, max_value=99, required=False)
    percent_high = serializers.IntegerField(min_value=1, max_value=99, required=False)
    assessed_at = Moment(is_past=True)

    class Meta:
        model = Assessment
        fields = (*WORDS, "assessed_at")


class Resolution(Told):
    """How it turned out."""

    outcome = serializers.BooleanField(help_text="Whether what was asked came true.")


def judge(call: Call) -> Tracked:
    values: dict[str, Any] = call.made
    return assess(negotiation=call.negotiation, author=call.person, **values)


VERBS = (
    Verb(
        name="assessment.made",
        on=Negotiation,
        makes=Assessment,
        body=AssessmentNew,
        run=judge,
        dated_by="assessed_at",
        summary="Judge how likely something is",
        description="The judgement bears your name.",
        example={
            "question": "Is phase 2 active by 31 January?",
            "phase": "2",
            "likelihood": "unlikely",
            "trend": "unchanged",
            "rationale": "Neither side has named a date.",
            "assessed_at": "2025-11-10T08:00:00Z",
        },
    ),
    Verb(
        name="assessment.edited",
        on=Assessment,
        body=AssessmentWrite,
        run=lambda call: edit_assessment(call.item, **call.amended),
        summary="Edit an outlook",
        example={"rationale": "Neither side has named a date, and the ford is flooded.", "reason": "New report."},
    ),
    Verb(
        name="assessment.resolved",
        on=Assessment,
        path="resolve",
        body=Resolution,
        run=lambda call: resolve_assessment(call.item, **call.amended),
        summary="Record how it turned out",
        example={"outcome": False, "reason": "The date has passed."},
    ),
)
