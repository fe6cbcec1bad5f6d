"""The books of alerts: how far it has been looked whether windows join."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Books(models.Model):
    """The one row that says up to which delivery the books were looked through, and what was found; internal.

    Windows do not change once they are closed, so what was looked through is not read again. `upto` is
    the key of a delivery, `gaps` how many windows up to it did not begin where the one before ended.
    """

    upto = models.BigIntegerField(default=0)
    gaps = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="books_are_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"books up to {self.upto}"
