"""Short ways to write moments and conditions in examples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from negotiations.rules.facts import Condition

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def on(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def condition(ref: str, status: str = "not_started", **more: Any) -> Condition:
    """A condition whose key is its ref."""
    return Condition(**{"id": ref, "ref": ref, "status": status, **more})
