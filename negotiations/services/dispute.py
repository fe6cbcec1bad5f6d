"""Verbs on disputes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from negotiations.models import Condition, Dispute, Negotiation
from negotiations.rules.codes import DisputeStatus

from .act import Act
from .citing import check_cited
from .record import amend, writing
from .status import check_from

CLOSED = frozenset({DisputeStatus.RESOLVED, DisputeStatus.WITHDRAWN})


def open_dispute(
    *,
    act: Act,
    negotiation: Negotiation,
    title: str,
    category: str,
    type: str,
    opened_at: datetime,
    conditions: Iterable[Condition] = (),
    **fields: Any,
) -> Dispute:
    """Record a disagreement that holds conditions, a phase or a gate."""
    dispute = Dispute(negotiation=negotiation, title=title, category=category, type=type, opened_at=opened_at, **fields)
    check_cited(dispute, act)
    with writing(negotiation, act) as record:
        return record.create(dispute, "dispute.opened", relate={"conditions": conditions})


def edit_dispute(
    dispute: Dispute,
    *,
    act: Act,
    version: int | None,
    conditions: Iterable[Condition] | None = None,
    **fields: Any,
) -> Dispute:
    relate = None if conditions is None else {"conditions": conditions}
    return amend(dispute, "dispute.edited", act=act, version=version, relate=relate, **fields)


def change_dispute_status(
    dispute: Dispute, *, act: Act, version: int | None, status: str, outcome: str = ""
) -> Dispute:
    """Record where the dispute stands; resolved and withdrawn close it, deferred and dormant do not."""
    with writing(dispute.negotiation, act) as record:
        saved = record.lock(dispute, version, {"status": status, "outcome": outcome})
        check_from(saved, record.effective_at, status, DisputeStatus)
        check_cited(saved, act)
        closed_at = record.effective_at if status in CLOSED else None
        record.change(
            saved, "dispute.status_changed", status=status, closed_at=closed_at, outcome=outcome or saved.outcome
        )
        return saved


def move_dispute(
    dispute: Dispute, *, act: Act, version: int | None, rung: str, rung_due_at: datetime | None = None
) -> Dispute:
    """Take the dispute to another rung of the ladder, with that rung's clock if it has one."""
    with writing(dispute.negotiation, act) as record:
        saved = record.lock(dispute, version, {"rung": rung, "rung_due_at": rung_due_at})
        check_cited(saved, act)
        record.change(saved, "dispute.escalated", rung=rung, rung_due_at=rung_due_at)
        return saved
