"""Changes of status against the state they really follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from negotiations.history.states import last_state, told_entries
from negotiations.models import StateVersion, Tracked
from negotiations.rules import fold
from negotiations.rules.codes import Code
from negotiations.rules.workflow import check_transition


def values_at(item: Tracked, moment: datetime, last: StateVersion | None = None) -> dict[str, Any]:
    """The values that held at the moment; none where the item was not recorded yet.

    `last` is the state that holds without end, where the caller has read it.
    """
    last = last or last_state(item.public_id)
    if last is not None and moment >= last.effective.lower:
        return dict(last.values)
    return fold.state(told_entries(item.public_id), as_of=moment) or {}


def check_from(item: Tracked, moment: datetime, status: str, codes: type[Code]) -> None:
    """Run the transition check of a kind of status from the one that held at `moment`.

    A late entry into a time before the item was recorded has nothing to follow; the record refuses it.
    """
    if old := values_at(item, moment).get("status"):
        check_transition(old, status, codes)
