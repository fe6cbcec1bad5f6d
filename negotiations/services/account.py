"""Verbs on a person's own account."""

from __future__ import annotations

import re
import secrets

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q

from negotiations.models import User

from .ledger import note_account


def make_account(*, email: str, display_name: str, password: str, language: str) -> User:
    """An account for whoever opened a link sent to this address, which is thereby confirmed.

    Raises ValidationError for a password that is easily guessed and for a name that is none.
    """
    user = User(username=_user_name(email), email=email.lower(), display_name=display_name.strip(), language=language)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    with transaction.atomic():
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def note_standing(user: User, *, is_gone: bool = False) -> None:
    """Have a restore from an older backup leave the account with no more than it has now: nothing where it is gone."""
    here = not is_gone
    note_account(
        user.public_id,
        is_active=here and user.is_active,
        is_staff=here and user.is_staff,
        is_superuser=here and user.is_superuser,
    )


def has_account(email: str) -> bool:
    """Whether an account has this address. Only for who reads mail there: others must not learn it."""
    found = User.objects.filter(
        Q(email__iexact=email) | Q(emailaddress__email__iexact=email, emailaddress__verified=True)
    )
    return found.exists()


def _user_name(email: str) -> str:
    """A name nobody else has, from what stands before the @."""
    stem = re.sub(r"[^a-z0-9.-]", "", email.split("@")[0].lower())[:24] or "person"
    return f"{stem}-{secrets.token_hex(3)}"
