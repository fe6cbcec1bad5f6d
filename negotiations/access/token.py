"""From a token's secret to the person who lent it."""

from __future__ import annotations

from datetime import datetime

from negotiations.models import Token
from negotiations.rules.marking import Viewer
from negotiations.rules.token import digest_of, is_secret

from .viewer import viewer_for


def living_token(secret: str, now: datetime) -> Token | None:
    """The token with its owner; None for one unknown, expired or revoked, or of an account that is closed."""
    if not is_secret(secret):
        return None
    living = Token.objects.filter(revoked_at__isnull=True, expires_at__gt=now, user__is_active=True)
    return living.select_related("user").filter(digest=digest_of(secret)).first()


def viewer_of_token(secret: str, now: datetime) -> Viewer | None:
    """The viewer a token reads as, with its owner's seats of now; None where it is no living token."""
    token = living_token(secret, now)
    return viewer_for(token.user) if token else None
