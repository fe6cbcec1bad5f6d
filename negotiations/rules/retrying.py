"""When something that a receiver did not take is tried again: growing gaps, and an end."""

from __future__ import annotations

from datetime import datetime, timedelta

# Together 71 hours and 36 minutes; the first is short, because most failures are a restart.
GAPS = tuple(timedelta(seconds=seconds) for seconds in (5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 72_000))
LONGEST = timedelta(hours=72)
# A receiver may ask for patience, within reason.
PATIENCE = timedelta(hours=12)
# How much of a gap chance may take off, so that what failed together does not come back together.
SPREAD = 0.1
# While a receiver does not answer at all its other deliveries wait too, but not for long.
HOLDS = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 180, 300))


def next_try(
    attempts: int, *, first_at: datetime, now: datetime, chance: float, retry_after: timedelta | None = None
) -> datetime | None:
    """When to try again after so many attempts, None where it is given up.

    `chance` is a number from 0 to 1. No try begins later than 72 hours after the first one.
    """
    if not 1 <= attempts <= len(GAPS):
        return None
    gap = GAPS[attempts - 1] * (1 - SPREAD * chance)
    wanted = now + max(gap, min(retry_after or gap, PATIENCE))
    return wanted if wanted <= first_at + LONGEST else None


def hold(failures: int, *, retry_after: timedelta | None = None) -> timedelta:
    """How long nothing else is tried after so many failures in a row, one at least."""
    gap = HOLDS[min(max(failures, 1), len(HOLDS)) - 1]
    return max(gap, min(retry_after or gap, PATIENCE))
