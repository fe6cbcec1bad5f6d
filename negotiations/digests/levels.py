"""How far a mail may go: the part of a negotiation its content is drawn from, whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from negotiations.models import Negotiation
from negotiations.rules.codes import Marking, Role
from negotiations.rules.marking import ANYBODY, Marked, Seat, Viewer, may_see, rank

# No account has this id, so no mail is ever written with the eyes of a person named on a RED item.
NOBODY = 0
ELSEWHERE = 0


class Scope(Enum):
    """From whose part of a negotiation a mail is written, the widest first; there is none for RED or STRICT."""

    ANYBODY = "anybody"
    MEMBER = "member"
    SEAT = "seat"
    AMBER = "amber"


@dataclass(frozen=True, slots=True)
class Level:
    """A scope in one negotiation: everybody whose mail is written at it is told the same, word for word."""

    negotiation: int
    scope: Scope

    @property
    def viewer(self) -> Viewer:
        """Somebody who sees just what a mail at this level may say."""
        match self.scope:
            case Scope.ANYBODY:
                return ANYBODY
            case Scope.MEMBER:
                return Viewer(NOBODY, {ELSEWHERE: Seat(Role.READER, Marking.GREEN, None)})
            case Scope.SEAT:
                return Viewer(NOBODY, {self.negotiation: Seat(Role.READER, Marking.GREEN, None)})
            case Scope.AMBER:
                return Viewer(NOBODY, {self.negotiation: Seat(Role.READER, Marking.AMBER, None)})

    @property
    def highest(self) -> Marking:
        """The highest marking of what is written at it."""
        return {Scope.ANYBODY: Marking.CLEAR, Scope.AMBER: Marking.AMBER}.get(self.scope, Marking.GREEN)


def level_for(viewer: Viewer, negotiation: Negotiation) -> Level | None:
    """At which level the reader's mail about a negotiation is written; None where not even its title may be told.

    Content goes up to GREEN, and up to AMBER where the lead allows it and the reader is cleared for it.
    """
    seat = viewer.seat_in(negotiation.pk)
    if seat is None:
        scope = Scope.MEMBER if viewer.is_member else Scope.ANYBODY
    elif negotiation.mails_amber and rank(seat.clearance) >= rank(Marking.AMBER):
        scope = Scope.AMBER
    else:
        scope = Scope.SEAT
    level = Level(negotiation.pk, scope)
    is_told = may_see(level.viewer, Marked(negotiation.marking, negotiation.pk, negotiation.published))
    return level if is_told else None


@dataclass(frozen=True, slots=True)
class Counting:
    """What of a negotiation is only counted for a reader: AMBER, and the STRICT of their own organisation."""

    negotiation: int
    clearance: Marking
    organisation: int | None

    @property
    def viewer(self) -> Viewer:
        return Viewer(NOBODY, {self.negotiation: Seat(Role.READER, self.clearance, self.organisation)})


def counting_for(viewer: Viewer, negotiation: Negotiation) -> Counting | None:
    """Whose narrower entries are counted for the reader; None for whoever is cleared for no more than GREEN."""
    seat = viewer.seat_in(negotiation.pk)
    if seat is None or rank(seat.clearance) < rank(Marking.AMBER):
        return None
    is_strict = rank(seat.clearance) >= rank(Marking.AMBER_STRICT) and seat.organisation_id is not None
    clearance = Marking.AMBER_STRICT if is_strict else Marking.AMBER
    return Counting(negotiation.pk, clearance, seat.organisation_id if is_strict else None)
