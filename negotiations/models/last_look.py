"""Where a reader left off in the record of a negotiation."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class LastLook(models.Model):
    """The last entry that a reader has marked as seen in one negotiation; internal, never shown.

    `seq` is a place in the negotiation's own stream. `was_seq` is the place before it, so that
    "changes since your last visit" still means something right after the visit began.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    negotiation = models.ForeignKey("negotiations.Negotiation", on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField()
    was_seq = models.BigIntegerField(default=0)
    was_seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "negotiation"], name="lastlook_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.negotiation_id}"
