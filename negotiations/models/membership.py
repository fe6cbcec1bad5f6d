"""Seats of people in negotiations."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from negotiations.rules.codes import Marking, Role

from .base import Tracked, code, known


class Membership(Tracked):
    """A person's seat in one negotiation: a role, an organisation, and the highest marking they may see."""

    negotiation = models.ForeignKey("negotiations.Negotiation", on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey("negotiations.Organisation", on_delete=models.PROTECT, related_name="memberships")
    role = code(Role)
    clearance = code(Marking, default=Marking.AMBER)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(Tracked.Meta):
        constraints = [
            *known("membership", role=Role, clearance=Marking),
            models.UniqueConstraint(fields=["negotiation", "user"], name="membership_one_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.negotiation_id}"
