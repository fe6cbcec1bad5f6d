"""What decides a negotiation's part of a letter: the same for all whose parts are equal."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.models import Delivery
from negotiations.rules.marking import Viewer
from negotiations.rules.permissions import may

from .batch import Batch, asked
from .happenings import Range, ranges_of
from .levels import Counting, Level, counting_for, level_for
from .wishes import Wishes, wishes_of


@dataclass(frozen=True, slots=True)
class Part:
    """A window of one negotiation with the level it is told at, None where only a number may be told.

    `owed` are corrections of what this reader was sent; `owner` is the reader where they keep
    conditions current, None for everybody else.
    """

    window: Range
    head: str
    level: Level | None
    counting: Counting | None
    wishes: Wishes
    owed: frozenset[int] = frozenset()
    owner: int | None = None

    @property
    def negotiation(self) -> int:
        return self.window.negotiation


def parts_of(delivery: Delivery, batch: Batch) -> list[Part]:
    """The parts of a delivery of which the reader may be told anything, in a fixed order."""
    viewer = batch.viewers[delivery.user_id]
    wishes = wishes_of(delivery.subscription)
    owed = batch.owed.get(delivery.pk, frozenset())
    found = []
    for window in _windows(delivery, viewer, batch):
        negotiation = batch.negotiations[window.negotiation]
        level, counting = level_for(viewer, negotiation), counting_for(viewer, negotiation)
        if level is not None or counting is not None:
            owner = delivery.user_id if _confirms(viewer, window.negotiation, batch) else None
            found.append(Part(window, batch.heads[negotiation.pk], level, counting, wishes, owed, owner))
    return found


def _windows(delivery: Delivery, viewer: Viewer, batch: Batch) -> list[Range]:
    """The windows of the delivery, and an empty one at the end of each record in which nothing happened."""
    windows = {window.negotiation: window for window in ranges_of(delivery.ranges)}
    known = [pk for pk in sorted(asked(delivery, viewer)) if pk in batch.negotiations]
    return [windows.get(pk) or Range(pk, batch.ends[pk], batch.ends[pk]) for pk in known]


def _confirms(viewer: Viewer, negotiation: int, batch: Batch) -> bool:
    seat = viewer.seat_in(negotiation)
    return seat is not None and (viewer.user_id, negotiation) in batch.owners and may(seat.role, "condition.checked")
