"""Stored copies: the file of a source as it was when somebody took it."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from negotiations.rules.marking import Viewer

from .source import Source


class StoredCopyQuerySet(models.QuerySet["StoredCopy"]):
    """Copies; only members reach them, and of their sources only what they may see."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(source__in=Source.objects.visible_to(viewer), source__negotiation__in=list(viewer.seats))


class StoredCopy(models.Model):
    """An uploaded copy of a source, without its metadata, known by the digest of its bytes.

    Never public: members who may see its source fetch it through a view that checks so each time.
    The bytes lie in the folder of stored copies under their digest.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey("negotiations.Source", on_delete=models.PROTECT, related_name="copies")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now())

    objects = StoredCopyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "sha256"], name="storedcopy_once"),
            models.CheckConstraint(name="storedcopy_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.source_id}"
