"""For whom a brief is made: a reader's own level or a wider one, so that it can be passed on."""

from __future__ import annotations

from negotiations.models import Negotiation
from negotiations.rules.codes import Marking, Role
from negotiations.rules.marking import ANYBODY, WIDEST_FIRST, Seat, Viewer, rank

# No account: whoever holds only a seat is named on nothing, so TLP:RED never gets into a brief.
NOBODY = 0
NARROWEST = Marking.AMBER_STRICT


def levels_for(viewer: Viewer, negotiation: Negotiation) -> tuple[Marking, ...]:
    """The levels at which the viewer may make a brief, widest first; the last one is their own.

    TLP:CLEAR is what anybody may read, so there is none before the negotiation is published.
    """
    seat = viewer.seat_in(negotiation.pk)
    if seat is None:
        top = Marking.GREEN if viewer.is_member else Marking.CLEAR
    else:
        top = min((max((Marking.GREEN, seat.clearance), key=rank), NARROWEST), key=rank)
    least = 0 if negotiation.published else rank(Marking.GREEN)
    found = WIDEST_FIRST[max(least, rank(negotiation.marking)) : rank(top) + 1]
    return found or (top,)


def at_level(viewer: Viewer, negotiation: Negotiation, level: Marking) -> Viewer:
    """Who reads no more than the level, for what a viewer makes for others; never anybody named on TLP:RED."""
    if level == Marking.CLEAR:
        return ANYBODY
    seat = viewer.seat_in(negotiation.pk)
    organisation = seat.organisation_id if seat else None
    return Viewer(NOBODY, {negotiation.pk: Seat(Role.READER, level, organisation)})
