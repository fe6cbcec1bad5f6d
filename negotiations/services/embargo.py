"""Embargoes that have run out: what the clock releases."""

from __future__ import annotations

from datetime import datetime

import structlog

from negotiations.history.verify import tracked_kinds
from negotiations.models import MarkedItem
from negotiations.rules.errors import MarkingRefused

from .act import Act
from .marking import release

log = structlog.get_logger(__name__)


def release_due(now: datetime) -> int:
    """Widen every item whose embargo has passed, wholes before their parts; returns how many.

    Safe to run twice: a released item has no embargo any more.
    """
    released = 0
    act = Act(actor=None, reason="The embargo that the lead approved has ended.")
    for item in due_items(now):
        try:
            release(item, act=act)
            released += 1
        except MarkingRefused as refused:
            # Its whole is still narrower: it waits for that, and the others do not wait for it.
            log.warning("embargo.held_back", subject=str(item.public_id), code=refused.code)
    return released


def due_items(now: datetime) -> list[MarkedItem]:
    """Items to release, in the order in which their embargoes end."""
    due: list[MarkedItem] = []
    for kind in tracked_kinds():
        if issubclass(kind, MarkedItem):
            due += kind._default_manager.filter(release_at__lte=now).select_related("negotiation")
    return sorted(due, key=lambda item: (item.release_at or now, item.pk))
