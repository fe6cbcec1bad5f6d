"""What may be handed to one named outsider by a link: by whom, up to which marking, for how long."""

from __future__ import annotations

from datetime import timedelta

from .codes import Marking, Role
from .marking import Seat, rank

DAYS, DAYS_MAX = 7, 30
LIFETIME_MAX = timedelta(days=DAYS_MAX)
LIVING_MAX = 50
# Never wider than what is theirs to pass on, and never AMBER+STRICT or RED, whoever asks.
_HIGHEST = {
    Role.READER: Marking.CLEAR,
    Role.ANALYST: Marking.GREEN,
    Role.MEDIATOR: Marking.GREEN,
    Role.LEAD: Marking.AMBER,
}


def shareable(seat: Seat | None) -> Marking | None:
    """The narrowest marking that the holder of a seat may share by a link; None without a seat."""
    if seat is None:
        return None
    highest = _HIGHEST[seat.role]
    if highest == Marking.AMBER and rank(seat.clearance) < rank(Marking.AMBER):
        return Marking.GREEN
    return highest


def may_share(seat: Seat | None, level: str) -> bool:
    """Whether the holder of a seat may share a brief made at a level."""
    highest = shareable(seat)
    return highest is not None and rank(level) <= rank(highest)
