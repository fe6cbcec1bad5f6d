"""Drafts: what somebody typed and did not save yet."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from negotiations.rules.codes import DraftKind, Marking

from .base import code, known


class Draft(models.Model):
    """Typed text parked on the server, its author's alone until it is saved or thrown away.

    `content` holds the fields of the form as they were typed. It is marked like what it will become,
    so that its author sees how narrow it is; nobody else reads it, whatever the marking.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    negotiation = models.ForeignKey(
        "negotiations.Negotiation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = code(DraftKind)
    subject_id = models.UUIDField(null=True, blank=True, help_text="The item the form changes, if there is one.")
    title = models.CharField(max_length=200, blank=True)
    marking = code(Marking, default=Marking.AMBER)
    content = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    saved_at = models.DateTimeField()

    class Meta:
        constraints = known("draft", kind=DraftKind, marking=Marking)
        indexes = [models.Index(fields=["user", "-saved_at"], name="draft_latest")]

    def __str__(self) -> str:
        return self.title or f"draft of {self.user_id}"
