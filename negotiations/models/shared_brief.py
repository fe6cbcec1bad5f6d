"""Shared briefs: one moment of a negotiation, lent to one named outsider for a while."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from negotiations.rules.codes import Marking

from .base import code, known


class SharedBrief(models.Model):
    """A link to a brief: for whom, made at which level, of which moment, until when; only its digest is kept.

    Whoever shared it must still be allowed to whenever it is opened. `openings` counts how often it was.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    negotiation = models.ForeignKey("negotiations.Negotiation", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shared_briefs")
    for_whom = models.CharField(max_length=120)
    level = code(Marking)
    as_of = models.DateTimeField()
    known_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    openings = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *known("sharedbrief", level=Marking),
            models.CheckConstraint(
                name="sharedbrief_never_above_amber",
                condition=Q(level__in=[Marking.CLEAR, Marking.GREEN, Marking.AMBER]),
            ),
            models.CheckConstraint(name="sharedbrief_digest_is_sha256", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
        ]
        indexes = [models.Index(fields=["negotiation", "-created_at"], name="sharedbrief_latest")]

    def __str__(self) -> str:
        return f"brief of {self.negotiation_id} shared by {self.user_id}"
