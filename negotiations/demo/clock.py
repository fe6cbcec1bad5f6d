"""Short ways to write moments; where reports give a day only, noon of that day stands for it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

CAIRO = ZoneInfo("Africa/Cairo")
JAKARTA = ZoneInfo("Asia/Jakarta")


def utc(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def cairo(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment by the mediators' clock."""
    return datetime(year, month, day, hour, minute, tzinfo=CAIRO).astimezone(UTC)


def jakarta(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=JAKARTA).astimezone(UTC)
