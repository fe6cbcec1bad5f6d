"""Changes of status against the state they really follow."""

from __future__ import annotations

from datetime import datetime

from negotiations.history.states import last_state, told_entries
from negotiations.models import Tracked
from negotiations.rules import fold
from negotiations.rules.codes import Code
from negotiations.rules.workflow import check_transition


def status_at(item: Tracked, moment: datetime) -> str:
    """The status that held at the moment: the row's own, unless later entries already followed."""
    last = last_state(item.public_id)
    if last is not None and moment < last.effective.lower:
        return str((fold.state(told_entries(item.public_id), as_of=moment) or {}).get("status", ""))
    return str(item.status)  # type: ignore[attr-defined]  # callers pass kinds with a status


def check_from(item: Tracked, moment: datetime, status: str, codes: type[Code]) -> None:
    """Run the transition check of a kind of status from the one that held at `moment`.

    A late entry into a time before the item was recorded has nothing to follow and is not checked.
    """
    if old := status_at(item, moment):
        check_transition(old, status, codes)
