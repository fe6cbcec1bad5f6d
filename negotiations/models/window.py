"""Windows: spans of time in which something can still be done."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .base import MarkedItem, marked


class Window(MarkedItem):
    """A stretch of time that opens and closes, with why; pages count down to its end."""

    IS_STRUCTURE = True
    REF_PREFIX = "W"

    ref = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    title_ar = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    reason_ar = models.TextField(blank=True)
    phase = models.ForeignKey(
        "negotiations.Phase", null=True, blank=True, on_delete=models.PROTECT, related_name="windows"
    )
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.TextField(blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("window"),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="window_ref_unique"),
            models.CheckConstraint(
                name="window_closes_after_opening",
                condition=Q(closes_at__isnull=True) | Q(closes_at__gte=F("opens_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"
