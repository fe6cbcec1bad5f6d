"""Tokens: the keys that programs send instead of a password."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from negotiations.rules.codes import TokenScope

from .base import code, known


class Token(models.Model):
    """A secret a person gave to a program: what it may do, until when; only its digest is kept.

    `prefix` is the part people recognise it by. `last_used_on` is a day, written at most once a day,
    so that reading costs no write.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=120)
    scope = code(TokenScope, default=TokenScope.READ)
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *known("token", scope=TokenScope),
            models.CheckConstraint(name="token_digest_is_sha256", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.user_id}"
