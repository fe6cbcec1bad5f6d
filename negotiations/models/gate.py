"""Gates: which conditions must hold before a phase starts, and who says so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from negotiations.rules.codes import GateAuthority

from .base import MarkedItem, code, known, marked, recorded_with


class Gate(MarkedItem):
    """A condition that must hold before a phase starts, by the text or by named actors.

    The verdict counts the gates of the text; those that actors assert make a reading of their own.
    """

    IS_STRUCTURE = True

    phase = models.ForeignKey("negotiations.Phase", on_delete=models.PROTECT, related_name="gates")
    condition = models.ForeignKey("negotiations.Condition", on_delete=models.PROTECT, related_name="gates")
    authority = code(GateAuthority, default=GateAuthority.TEXT)
    asserted_by = models.ManyToManyField("negotiations.Actor", through="negotiations.GateAssertion", related_name="+")
    clause = models.ForeignKey("negotiations.Clause", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("gate"),
            *known("gate", authority=GateAuthority),
            models.UniqueConstraint(
                fields=["phase", "condition", "authority"], condition=Q(withdrawn_at__isnull=True), name="gate_once"
            ),
        ]

    def __str__(self) -> str:
        return f"gate of phase {self.phase_id}"


class GateAssertion(models.Model):
    """An actor who says that the gate exists."""

    gate = models.ForeignKey(Gate, on_delete=models.CASCADE, related_name="assertions")
    actor = models.ForeignKey("negotiations.Actor", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gate", "actor"], name="gateassertion_once")]
        triggers = [recorded_with("negotiations_gate", "gate_id")]

    def __str__(self) -> str:
        return f"{self.actor_id} asserts {self.gate_id}"
