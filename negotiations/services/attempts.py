"""Counts attempts in the database and refuses one too many; without the database nothing is let through."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from negotiations.models import AttemptCount
from negotiations.rules.attempts import Limit
from negotiations.rules.errors import RuleError

KEPT = timedelta(days=1)
# One statement, so that attempts side by side are all counted.
COUNT = """
    INSERT INTO negotiations_attemptcount AS kept (key, count, since) VALUES (%(key)s, 1, %(now)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN kept.since <= %(over)s THEN 1 ELSE kept.count + 1 END,
        since = CASE WHEN kept.since <= %(over)s THEN excluded.since ELSE kept.since END
    RETURNING count, since
"""


class TooManyAttempts(RuleError):
    """Something that can be guessed was tried too often; `again_at` is when it may be tried again."""

    code = "too_many_attempts"

    def __init__(self, again_at: datetime) -> None:
        super().__init__(_("Too many attempts. Try again later."))
        self.again_at = again_at


def count_attempt(limit: Limit, whose: str, *, now: datetime | None = None) -> None:
    """Count one attempt before it is looked at; raises TooManyAttempts for one above the limit."""
    now = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": _key(limit, whose), "now": now, "over": now - limit.within})
        count, since = cursor.fetchone()
    if count > limit.amount:
        raise TooManyAttempts(since + limit.within)


def forgive_attempts(limit: Limit, whose: str) -> None:
    """Start counting anew, once the rightful owner has shown who they are."""
    AttemptCount.objects.filter(key=_key(limit, whose)).delete()


def forget_old_attempts(now: datetime) -> int:
    """Remove the counts of stretches that are over; returns how many."""
    return AttemptCount.objects.filter(since__lt=now - KEPT).delete()[0]


def _key(limit: Limit, whose: str) -> str:
    return salted_hmac(f"attempts.{limit.name}", whose.strip().casefold(), algorithm="sha256").hexdigest()
