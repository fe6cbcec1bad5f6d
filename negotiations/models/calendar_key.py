"""Calendar keys: the secret address under which a person's calendar program asks for dates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class CalendarKey(models.Model):
    """One secret address of one person; only its digest is kept, and a new one takes the place of the last.

    It opens dates up to TLP:GREEN, as its owner may see them when it is asked.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_default=Now())
    last_used_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="calendarkey_digest_is_sha256", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
