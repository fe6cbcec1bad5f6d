"""Invitations: seats offered to people who may not have an account yet."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from negotiations.rules.codes import Marking, Role

from .base import code, known


class Invitation(models.Model):
    """A seat that a lead offers to whoever reads mail at an address; it becomes a membership when taken.

    Only the digest of its link is kept. It expires, can be withdrawn, and is taken once.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    negotiation = models.ForeignKey("negotiations.Negotiation", on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    organisation = models.ForeignKey("negotiations.Organisation", on_delete=models.PROTECT, related_name="+")
    role = code(Role)
    clearance = code(Marking, default=Marking.AMBER)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = known("invitation", role=Role, clearance=Marking)

    def __str__(self) -> str:
        return f"invitation to {self.negotiation_id}"
