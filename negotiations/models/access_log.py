"""The access log: who read what is marked TLP:AMBER and above."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from negotiations.rules.codes import AccessKind, Marking

from .base import code, known


class AccessLogRow(models.Model):
    """One reader read or took away one marked item on one day; read again, nothing is added.

    The lead of the negotiation reads it. `subject_id` is the item's public id, or the negotiation's
    for a page or document of the whole of it.
    """

    negotiation = models.ForeignKey("negotiations.Negotiation", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = code(AccessKind, default=AccessKind.READ)
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    marking = code(Marking)
    on = models.DateField()

    class Meta:
        constraints = [
            *known("accesslogrow", kind=AccessKind, marking=Marking),
            models.UniqueConstraint(fields=["user", "subject_id", "on", "kind"], name="accesslogrow_once_a_day"),
        ]
        indexes = [models.Index(fields=["negotiation", "-on", "-id"], name="accesslogrow_latest")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.subject_type} on {self.on}"
