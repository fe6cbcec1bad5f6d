"""The tokens a person has lent, and how each stands."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from negotiations.models import Token, User


def tokens_of(user: User) -> QuerySet[Token]:
    """Every token the person ever made, newest first, those revoked and expired too."""
    return Token.objects.filter(user=user).order_by("-created_at", "-pk")


def token_of(user: User, public_id: UUID) -> Token | None:
    """The person's own token; somebody else's is as unknown as none."""
    return tokens_of(user).filter(public_id=public_id).first()


def is_living(token: Token, now: datetime) -> bool:
    return token.revoked_at is None and token.expires_at > now
