"""The button that watches an item with one click, as one reader finds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from negotiations.models import MarkedItem, Negotiation
from negotiations.selectors.watching import key_of, watched_keys

from .frame import Visit


@dataclass(frozen=True, slots=True)
class WatchButton:
    """What it watches, as its form sends it, and whether that is watched already."""

    subject: str
    is_on: bool


def watch_button(opened: Visit, subject: Negotiation | MarkedItem) -> WatchButton | None:
    """The button of one item; None for nobody in particular and on pages of the past."""
    found = watch_buttons(opened, [subject])
    return found[0] if found else None


def watch_buttons(opened: Visit, subjects: Iterable[Negotiation | MarkedItem]) -> list[WatchButton]:
    """The buttons of several items with one query; none where there is nobody to tell, or only the past."""
    if not opened.viewer.is_signed_in or opened.head.is_past:
        return []
    on = watched_keys(opened.viewer, opened.negotiation)
    return [WatchButton(subject_key(one), key_of(one) in on) for one in subjects]


def subject_key(subject: Negotiation | MarkedItem) -> str:
    """How a form names an item: empty for the negotiation as a whole."""
    noun, key = key_of(subject)
    return f"{noun}:{key}" if key else ""
