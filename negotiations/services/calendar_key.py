"""Verbs on calendar keys: make a secret address, take it back, find whose it is."""

from __future__ import annotations

import secrets
from datetime import datetime

from negotiations.models import CalendarKey, User
from negotiations.rules.token import digest_of

from .ledger import note_revoked


def make_key(user: User, *, now: datetime) -> str:
    """The secret of the person's calendar address, told here once and kept nowhere; the one before opens nothing."""
    revoke_key(user)
    secret = secrets.token_urlsafe(32)
    fresh = {"digest": digest_of(secret), "created_at": now, "last_used_on": None}
    CalendarKey.objects.update_or_create(user=user, defaults=fresh)
    return secret


def revoke_key(user: User) -> None:
    """Take the address back; without one nothing happens."""
    for digest in CalendarKey.objects.filter(user=user).values_list("digest", flat=True):
        note_revoked("calendar_key", digest)
    CalendarKey.objects.filter(user=user).delete()


def owner_of(secret: str, *, now: datetime) -> User | None:
    """Whose address it is; None for one that is none any more or of an account that is closed.

    Writes down the day of use, at most once a day.
    """
    key = CalendarKey.objects.filter(digest=digest_of(secret), user__is_active=True).select_related("user").first()
    if key is None:
        return None
    CalendarKey.objects.filter(pk=key.pk).exclude(last_used_on=now.date()).update(last_used_on=now.date())
    return key.user
