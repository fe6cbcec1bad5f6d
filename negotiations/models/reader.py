"""The persons named on a TLP:RED item."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class NamedReader(models.Model):
    """One person who may read one RED item, whatever kind of item it is."""

    subject_id = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_id", "user"], name="namedreader_once")]

    def __str__(self) -> str:
        return f"{self.user_id} may read {self.subject_id}"
