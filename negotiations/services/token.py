"""Verbs on tokens: lend one, take it back, note that it was used. They are a person's own, not of the record."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from negotiations.models import Token, User
from negotiations.rules.codes import TokenScope
from negotiations.rules.errors import RuleError
from negotiations.rules.token import DAYS, DAYS_MAX, LIVING_MAX, PREFIX, beginning_of, digest_of

from .ledger import note_revoked
from .mail import tell


def create_token(user: User, *, name: str, scope: str = TokenScope.READ, days: int = DAYS) -> tuple[Token, str]:
    """The token and its secret, which is told here once and kept nowhere.

    Raises RuleError for a lifetime out of range and for one token too many, ValidationError for a name
    or scope that is none. Locks the account's row, so that two at once do not both become the last one.
    """
    now = timezone.now()
    if not 1 <= days <= DAYS_MAX:
        message = _("Let it live for 1 to %(most)s days.") % {"most": DAYS_MAX}
        raise RuleError(message, code="token_lifetime", fields={"days": message})
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if Token.objects.filter(user=user, revoked_at__isnull=True, expires_at__gt=now).count() >= LIVING_MAX:
            raise RuleError(_("Revoke a token that you do not need any more first."), code="too_many_tokens")
        secret = PREFIX + secrets.token_urlsafe(32)
        token = Token(
            user=user,
            name=name.strip(),
            scope=scope,
            prefix=beginning_of(secret),
            digest=digest_of(secret),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        token.clean_fields(exclude=["last_used_on", "revoked_at"])
        token.save(force_insert=True)
        transaction.on_commit(lambda: tell(user, "account/email/token_made", token=token))
    return token, secret


def revoke_token(token: Token) -> Token:
    """Take the token back from the next request on; one already taken back keeps its moment."""
    if Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        note_revoked("token", token.digest)
    token.refresh_from_db(fields=["revoked_at"])
    return token


def note_use(token_id: int, today: date) -> None:
    """Write down the day of use; many requests at once write it once."""
    Token.objects.filter(pk=token_id).exclude(last_used_on=today).update(last_used_on=today)
