"""Export jobs: large files that a worker makes for one person and keeps for a while."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from negotiations.rules.codes import ExportFormat, ExportState, Marking

from .base import code, known


class ExportJob(models.Model):
    """One file of one negotiation's record, wanted by one person.

    `scope` is a digest of what its owner could see when it was made: whoever may see more or less by
    now is not given it. `done` of `total` entries are written. The bytes lie in the folder of exports
    under the job's id and go when `expires_at` passes.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="export_jobs")
    negotiation = models.ForeignKey("negotiations.Negotiation", on_delete=models.PROTECT, related_name="+")
    format = code(ExportFormat, default=ExportFormat.JSONL)
    state = code(ExportState, default=ExportState.WAITING)
    scope = models.CharField(max_length=64, blank=True)
    marking = code(Marking, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    wanted_at = models.DateTimeField(db_default=Now())
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = known("exportjob", blank=("marking",), format=ExportFormat, state=ExportState, marking=Marking)
        indexes = [
            models.Index(
                fields=["wanted_at"],
                name="exportjob_open",
                condition=Q(state__in=[ExportState.WAITING, ExportState.MAKING]),
            ),
            models.Index(fields=["user", "-wanted_at"], name="exportjob_of_user"),
        ]

    def __str__(self) -> str:
        return f"export {self.public_id}"
