"""Verbs on windows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from negotiations.models import Negotiation, Window

from .act import Act
from .citing import check_cited
from .record import add, amend, writing


def open_window(*, act: Act, negotiation: Negotiation, title: str, opens_at: datetime, **fields: Any) -> Window:
    """Record a stretch of time in which something can still be done, and why."""
    window = Window(negotiation=negotiation, title=title, opens_at=opens_at, **fields)
    check_cited(window, act)
    return add(window, "window.opened", act=act)


def edit_window(window: Window, *, act: Act, version: int | None, **fields: Any) -> Window:
    return amend(window, "window.edited", act=act, version=version, **fields)


def close_window(window: Window, *, act: Act, version: int | None, reason: str) -> Window:
    """Record that the window closed, and why."""
    with writing(window.negotiation, act) as record:
        saved = record.lock(window, version, {"closed_reason": reason})
        record.change(saved, "window.closed", closes_at=record.effective_at, closed_reason=reason)
        return saved
