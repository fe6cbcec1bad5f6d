"""Verbs on windows."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.models import Negotiation, Tracked, Window
from negotiations.services.window import close_window, edit_window, open_window

from .body import Edit, NewItem, Told
from .verb import Call, Verb

WORDS = ("title", "title_ar", "why", "why_ar", "phase", "opens_at", "closes_at")


class WindowWrite(Edit):
    """A stretch of time in which something can still be done."""

    why = serializers.CharField(source="window_reason", max_length=4000, allow_blank=True, required=False)
    why_ar = serializers.CharField(source="window_reason_ar", max_length=4000, allow_blank=True, required=False)

    class Meta:
        model = Window
        fields = WORDS


class WindowNew(NewItem):
    """A new stretch of time in which something can still be done."""

    why = serializers.CharField(source="window_reason", max_length=4000, allow_blank=True, required=False)
    why_ar = serializers.CharField(source="window_reason_ar", max_length=4000, allow_blank=True, required=False)

    class Meta:
        model = Window
        fields = WORDS


class WindowClosing(Told):
    """Why the window closed."""

    reason = serializers.CharField(max_length=4000)


def columns(values: dict[str, Any]) -> dict[str, Any]:
    """What was sent, by the columns of the window: its `reason` is not the reason of the entry."""
    own = {"window_reason": "reason", "window_reason_ar": "reason_ar"}
    return {own.get(name, name): value for name, value in values.items()}


def open_it(call: Call) -> Tracked:
    return open_window(act=call.act, negotiation=call.negotiation, **columns(call.values))


def edit_it(call: Call) -> Tracked:
    return edit_window(call.item, act=call.act, version=call.version, **columns(call.values))


VERBS = (
    Verb(
        name="window.opened",
        on=Negotiation,
        makes=Window,
        body=WindowNew,
        run=open_it,
        summary="Record a window of time",
        example={
            "title": "Before the rains",
            "why": "The ford cannot be crossed afterwards.",
            "phase": "2",
            "opens_at": "2025-11-10T00:00:00Z",
            "closes_at": "2025-12-15T00:00:00Z",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="window.edited",
        on=Window,
        body=WindowWrite,
        run=edit_it,
        summary="Edit a window",
        example={"closes_at": "2025-12-20T00:00:00Z", "reason": "The rains are late."},
    ),
    Verb(
        name="window.closed",
        on=Window,
        path="close",
        body=WindowClosing,
        run=lambda call: close_window(call.item, act=call.act, version=call.version, reason=call.act.reason),
        summary="Record that the window closed, and why",
        example={"reason": "The first rain fell."},
    ),
)
