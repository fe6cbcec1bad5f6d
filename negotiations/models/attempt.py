"""Counts of attempts at what can be guessed: passwords, codes, links."""

from __future__ import annotations

from django.db import models


class AttemptCount(models.Model):
    """How often something that can be guessed was tried since a moment, by one address or at one account.

    `key` is a keyed digest: neither addresses nor account names are kept. Rows live for a day.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["since"], name="attemptcount_since")]

    def __str__(self) -> str:
        return f"{self.count} since {self.since}"
