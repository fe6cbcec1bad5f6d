"""What was sent under an idempotency key, and what was answered to it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class SentOnce(models.Model):
    """One request of one caller under a key of theirs: sent again, it is answered again and not done again.

    `request_digest` is of method, address and body: another body under the same key is refused.
    `status` is empty while the first one is still in flight, whose transaction holds the row locked.
    Kept for a day.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="sentonce_once")]
        indexes = [models.Index(fields=["created_at"], name="sentonce_age")]

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"


def new_key() -> str:
    """A fresh idempotency key for a form."""
    return uuid.uuid4().hex
