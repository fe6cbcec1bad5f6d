"""Assessments: analysts' dated outlooks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from negotiations.rules.codes import Likelihood, Trend

from .base import MarkedItem, code, known, marked


class Assessment(MarkedItem):
    """A judgement on a stated question, in the seven terms of ICD 203, resolved later for scoring.

    `percent_low` and `percent_high` narrow the term's own range where the analyst gives one.
    """

    REF_PREFIX = "A"

    ref = models.CharField(max_length=16)
    question = models.CharField(max_length=300)
    question_ar = models.CharField(max_length=300, blank=True)
    phase = models.ForeignKey(
        "negotiations.Phase", null=True, blank=True, on_delete=models.PROTECT, related_name="assessments"
    )
    likelihood = code(Likelihood)
    percent_low = models.PositiveSmallIntegerField()
    percent_high = models.PositiveSmallIntegerField()
    trend = code(Trend)
    rationale = models.TextField()
    rationale_ar = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assessments")
    assessed_at = models.DateTimeField()
    resolves_at = models.DateTimeField(null=True, blank=True)
    outcome = models.BooleanField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    is_illustrative = models.BooleanField(default=False, help_text="Made up to show how an outlook reads.")

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("assessment"),
            *known("assessment", likelihood=Likelihood, trend=Trend),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="assessment_ref_unique"),
            models.CheckConstraint(
                name="assessment_percent_in_order",
                condition=Q(percent_low__gte=1, percent_high__lte=99, percent_low__lte=F("percent_high")),
            ),
            models.CheckConstraint(
                name="assessment_outcome_is_dated",
                condition=Q(outcome__isnull=True, resolved_at__isnull=True)
                | Q(outcome__isnull=False, resolved_at__isnull=False),
            ),
        ]
        # The order of lists, so that a page far down costs what the first one does.
        indexes = [models.Index(fields=["negotiation", "assessed_at", "public_id"], name="assessment_reading")]

    def __str__(self) -> str:
        return f"{self.ref} {self.question}"
