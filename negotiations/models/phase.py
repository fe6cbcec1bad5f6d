"""Phases: the numbered steps of a roadmap."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from negotiations.rules.codes import Anchor, PhaseStatus

from .base import MarkedItem, code, known, marked


class Phase(MarkedItem):
    """A step of the roadmap, with the status assessed here and, apart from it, what was declared.

    Planned moments are a date or an anchor plus an offset; an extension is kept beside the plan.
    """

    IS_STRUCTURE = True

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    title_ar = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    summary_ar = models.TextField(blank=True)
    clause = models.ForeignKey(
        "negotiations.Clause", null=True, blank=True, on_delete=models.PROTECT, related_name="phases"
    )
    status = code(PhaseStatus, default=PhaseStatus.NOT_STARTED)
    declared_status = code(PhaseStatus, blank=True)
    declared_by = models.ForeignKey(
        "negotiations.Actor", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField(null=True, blank=True)
    planned_start_anchor = code(Anchor, blank=True)
    planned_start_at = models.DateTimeField(null=True, blank=True)
    planned_start_phase = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    planned_start_offset = models.DurationField(null=True, blank=True)
    planned_end_anchor = code(Anchor, blank=True)
    planned_end_at = models.DateTimeField(null=True, blank=True)
    planned_end_phase = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    planned_end_offset = models.DurationField(null=True, blank=True)
    extended_to = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("phase"),
            *known(
                "phase",
                blank=("declared_status", "planned_start_anchor", "planned_end_anchor"),
                status=PhaseStatus,
                declared_status=PhaseStatus,
                planned_start_anchor=Anchor,
                planned_end_anchor=Anchor,
            ),
            models.UniqueConstraint(fields=["negotiation", "number"], name="phase_number_unique"),
            models.CheckConstraint(
                name="phase_declaration_is_whole",
                condition=Q(declared_status="", declared_by__isnull=True, declared_at__isnull=True)
                | (~Q(declared_status="") & Q(declared_by__isnull=False, declared_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="phase_ends_after_start",
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=True) | Q(ended_at__gte=F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"phase {self.number}"
