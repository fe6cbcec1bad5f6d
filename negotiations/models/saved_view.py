"""Saved views: filters a person comes back to."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from negotiations.rules.codes import ViewPage

from .base import code, known


class SavedView(models.Model):
    """A list with its filters under a name; its owner's alone.

    `query` is the query string as the page's own form writes it; rights are asked anew at each look.
    Deleted, it is shown nowhere, and kept where an alert was about it: what that told stays readable.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    negotiation = models.ForeignKey(
        "negotiations.Negotiation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=120)
    page = code(ViewPage)
    query = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            *known("savedview", page=ViewPage),
            models.UniqueConstraint(
                fields=["user", "name"], name="savedview_name_once", condition=Q(deleted_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name
