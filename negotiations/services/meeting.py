"""Verbs on meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from negotiations.models import Actor, Meeting, Negotiation

from .act import Act
from .citing import check_cited
from .record import amend, writing


def hold_meeting(
    *,
    act: Act,
    negotiation: Negotiation,
    kind: str,
    title: str,
    starts_at: datetime,
    participants: Iterable[Actor] = (),
    **fields: Any,
) -> Meeting:
    """Record a round, a session or a leg of a shuttle."""
    meeting = Meeting(negotiation=negotiation, kind=kind, title=title, starts_at=starts_at, **fields)
    check_cited(meeting, act)
    with writing(negotiation, act) as record:
        return record.create(meeting, "meeting.held", relate={"participants": participants})


def edit_meeting(
    meeting: Meeting,
    *,
    act: Act,
    version: int | None,
    participants: Iterable[Actor] | None = None,
    **fields: Any,
) -> Meeting:
    relate = None if participants is None else {"participants": participants}
    return amend(meeting, "meeting.edited", act=act, version=version, relate=relate, **fields)
