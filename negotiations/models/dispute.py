"""Disputes: open disagreements that hold something back."""

from __future__ import annotations

from django.db import models

from negotiations.rules.codes import DisputeCategory, DisputeStatus, DisputeType, Rung

from .base import MarkedItem, code, known, marked, recorded_with


class Dispute(MarkedItem):
    """A disagreement that touches conditions, a phase, or a gate itself.

    `rung` is the level it is dealt with at and `rung_due_at` the clock of that rung. The poles
    name the two ends of a scale that positions may be placed on.
    """

    IS_STRUCTURE = True
    REF_PREFIX = "D"

    ref = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    title_ar = models.CharField(max_length=200, blank=True)
    question = models.TextField(blank=True)
    question_ar = models.TextField(blank=True)
    category = code(DisputeCategory)
    type = code(DisputeType)
    status = code(DisputeStatus, default=DisputeStatus.OPEN)
    rung = code(Rung, default=Rung.TECHNICAL)
    rung_due_at = models.DateTimeField(null=True, blank=True)
    conditions = models.ManyToManyField(
        "negotiations.Condition", through="negotiations.DisputedCondition", related_name="disputes"
    )
    phase = models.ForeignKey(
        "negotiations.Phase", null=True, blank=True, on_delete=models.PROTECT, related_name="disputes"
    )
    gate = models.ForeignKey(
        "negotiations.Gate", null=True, blank=True, on_delete=models.PROTECT, related_name="disputes"
    )
    pole_low = models.CharField(max_length=120, blank=True)
    pole_low_ar = models.CharField(max_length=120, blank=True)
    pole_high = models.CharField(max_length=120, blank=True)
    pole_high_ar = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("dispute"),
            *known("dispute", category=DisputeCategory, type=DisputeType, status=DisputeStatus, rung=Rung),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="dispute_ref_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class DisputedCondition(models.Model):
    """A condition that a dispute holds."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="about")
    condition = models.ForeignKey("negotiations.Condition", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "condition"], name="disputedcondition_once")]
        triggers = [recorded_with("negotiations_dispute", "dispute_id")]

    def __str__(self) -> str:
        return f"{self.dispute_id} about {self.condition_id}"
