"""Import batches: files that were checked, and what became of them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from negotiations.rules.codes import ImportKind, ImportState, Marking

from .base import code, known


class ImportBatch(models.Model):
    """One file that somebody brought: checked first, written all or nothing, taken back where nothing builds on it.

    Its own person's alone: the report repeats what the file says. `content` waits for at most a day
    between the check and the writing and is then forgotten; `sha256` stays. `plan_digest` covers what
    the check promised. The entries it wrote bear `request_id`. Without a negotiation it opens one,
    which is then led from `organisation`.
    """

    REQUEST = "import:"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports")
    negotiation = models.ForeignKey(
        "negotiations.Negotiation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "negotiations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = code(ImportKind)
    state = code(ImportState, default=ImportState.PLANNED)
    name = models.CharField(max_length=200, help_text="Of the file.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(default=bytes, blank=True)
    marking = code(Marking, default=Marking.AMBER)
    plan_digest = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    proof = models.JSONField(
        default=dict, help_text="Of a record that was brought whole: what was proved of its chains."
    )
    created_at = models.DateTimeField(db_default=Now())
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            *known("importbatch", kind=ImportKind, state=ImportState, marking=Marking),
            models.CheckConstraint(name="importbatch_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]
        indexes = [models.Index(fields=["user", "-created_at"], name="importbatch_latest")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.user_id}"

    @property
    def request_id(self) -> str:
        """What the entries of this import bear."""
        return f"{self.REQUEST}{self.public_id}"
