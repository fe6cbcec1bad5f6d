"""Whether a person has to set up a second factor before their seats open."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from negotiations.models import Membership, User


def needs_second_factor(user: User | AnonymousUser | None) -> bool:
    """Whether a seat of theirs asks for a second factor that they have not set up; no query where none asks."""
    if not settings.MFA_REQUIRED_ROLES or not isinstance(user, User):
        return False
    asking = Membership.objects.filter(user=user, ended_at__isnull=True, role__in=settings.MFA_REQUIRED_ROLES)
    return asking.exists() and not has_second_factor(user)


def has_second_factor(user: User) -> bool:
    """Recovery codes alone are none: they stand in for one that is lost."""
    factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(factors.exists())
