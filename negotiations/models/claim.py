"""Claims: what somebody says about conditions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from negotiations.rules.codes import ClaimKind

from .base import MarkedItem, code, known, marked, recorded_with


class Claim(MarkedItem):
    """An attributed statement about one or several conditions; competing claims stand side by side.

    `value_best` with `value_low` and `value_high` is a measurement in `unit`, over the period it
    speaks of. `said_at` is when it was said.
    """

    REF_PREFIX = "K"

    ref = models.CharField(max_length=16)
    claimant = models.ForeignKey("negotiations.Actor", on_delete=models.PROTECT, related_name="claims")
    speaker = models.CharField(max_length=200, blank=True, help_text="Office-holder acting in their role.")
    conditions = models.ManyToManyField(
        "negotiations.Condition", through="negotiations.ClaimedCondition", related_name="claims"
    )
    kind = code(ClaimKind)
    text = models.TextField()
    text_ar = models.TextField(blank=True)
    text_language = models.CharField(max_length=8, default="en")
    value_low = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    value_best = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    value_high = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    period_start = models.DateTimeField(null=True, blank=True)
    period_end = models.DateTimeField(null=True, blank=True)
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("claim"),
            *known("claim", kind=ClaimKind),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="claim_ref_unique"),
            models.CheckConstraint(
                name="claim_values_in_order",
                condition=(Q(value_low__isnull=True) | Q(value_best__isnull=True) | Q(value_low__lte=F("value_best")))
                & (Q(value_high__isnull=True) | Q(value_best__isnull=True) | Q(value_high__gte=F("value_best"))),
            ),
            models.CheckConstraint(
                name="claim_period_in_order",
                condition=Q(period_end__isnull=True)
                | Q(period_start__isnull=True)
                | Q(period_end__gte=F("period_start")),
            ),
        ]
        # The order of lists, so that a page far down costs what the first one does.
        indexes = [models.Index(fields=["negotiation", "said_at", "public_id"], name="claim_reading")]

    def __str__(self) -> str:
        return self.ref


class ClaimedCondition(models.Model):
    """A condition that a claim speaks about."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="about")
    condition = models.ForeignKey("negotiations.Condition", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "condition"], name="claimedcondition_once")]
        triggers = [recorded_with("negotiations_claim", "claim_id")]

    def __str__(self) -> str:
        return f"{self.claim_id} about {self.condition_id}"
