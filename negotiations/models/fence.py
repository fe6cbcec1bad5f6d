"""The fence: which database this is, so that a copy of it knows that it is one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Fence(models.Model):
    """The one row that names the database in which alerts were last sent; internal.

    Restored elsewhere, the name differs from the database's own, and what was open in the backup was
    sent long ago.
    """

    identity = models.CharField(max_length=120)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(name="fence_is_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"fence since {self.since}"
