"""Who may see what: the Traffic Light Protocol as one decision table."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .codes import Marking, Role
from .errors import MarkingRefused

WIDEST_FIRST = (Marking.CLEAR, Marking.GREEN, Marking.AMBER, Marking.AMBER_STRICT, Marking.RED)
STRUCTURE_NARROWEST = Marking.AMBER


def rank(marking: str) -> int:
    """Place of a marking from the widest (0, CLEAR) to the narrowest (4, RED)."""
    return WIDEST_FIRST.index(Marking(marking))


def narrowest(markings: Iterable[str]) -> Marking:
    """The marking a page, file or mail bears: the highest of its parts; CLEAR for nothing."""
    return WIDEST_FIRST[max((rank(marking) for marking in markings), default=0)]


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's membership of one negotiation as the rules need it."""

    role: Role
    clearance: Marking
    organisation_id: int | None


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: nobody in particular, an outsider with an account, or somebody with seats."""

    user_id: int | None = None
    seats: Mapping[int, Seat] = field(default_factory=dict)

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_member(self) -> bool:
        """Whether the viewer has a seat in any negotiation."""
        return bool(self.seats)

    def seat_in(self, negotiation_id: int) -> Seat | None:
        return self.seats.get(negotiation_id)


ANYBODY = Viewer()


@dataclass(frozen=True, slots=True)
class Marked:
    """What the decision table needs to know of an item."""

    marking: str
    negotiation_id: int
    is_published: bool
    organisation_id: int | None = None
    reader_ids: frozenset[int] = frozenset()


def may_see(viewer: Viewer, item: Marked) -> bool:
    """Whether the viewer may see the item; the querysets' `visible_to` says the same in SQL."""
    seat = viewer.seat_in(item.negotiation_id)
    match Marking(item.marking):
        case Marking.CLEAR:
            return item.is_published or seat is not None
        case Marking.GREEN:
            return seat is not None or (viewer.is_member and item.is_published)
        case Marking.AMBER:
            return seat is not None and rank(seat.clearance) >= rank(Marking.AMBER)
        case Marking.AMBER_STRICT:
            return (
                seat is not None
                and rank(seat.clearance) >= rank(Marking.AMBER_STRICT)
                and seat.organisation_id is not None
                and seat.organisation_id == item.organisation_id
            )
        case Marking.RED:
            return seat is not None and viewer.user_id in item.reader_ids


def check_within(
    part: str,
    whole: str,
    *,
    part_organisation: Hashable = None,
    whole_organisation: Hashable = None,
    part_readers: frozenset[int] = frozenset(),
    whole_readers: frozenset[int] = frozenset(),
) -> None:
    """Refuse a part that some reader could see without seeing its whole."""
    wider = rank(part) < rank(whole)
    strict_elsewhere = part == whole == Marking.AMBER_STRICT and part_organisation != whole_organisation
    strangers = part == whole == Marking.RED and not part_readers <= whole_readers
    crossed = part == Marking.RED and whole == Marking.AMBER_STRICT and part_organisation != whole_organisation
    if wider or strict_elsewhere or strangers or crossed:
        raise MarkingRefused(
            _("Mark it no wider than what it belongs to (%(whole)s).") % {"whole": Marking(whole).label},
            fields={"marking": _("This is wider than what it belongs to.")},
        )


def check_structure(marking: str) -> None:
    """Refuse a marking above AMBER on structure, which every member of the negotiation must share."""
    if rank(marking) > rank(STRUCTURE_NARROWEST):
        raise MarkingRefused(
            _("Structure is marked TLP:CLEAR to TLP:AMBER; record what is narrower as a statement."),
            fields={"marking": _("Structure is never marked narrower than TLP:AMBER.")},
        )


def check_clearance(marking: str, seat: Seat | None, organisation_id: int | None = None) -> None:
    """Refuse a marking that the person who sets it could not read.

    A RED item always names its author. AMBER+STRICT is the originator's own organisation's, so
    nobody sets it for another one.
    """
    if marking == Marking.RED and seat is not None:
        return
    if seat is None or rank(marking) > rank(seat.clearance):
        raise MarkingRefused(
            _("Choose a marking up to your own clearance."), fields={"marking": _("This is above your clearance.")}
        )
    if marking == Marking.AMBER_STRICT and organisation_id != seat.organisation_id:
        raise MarkingRefused(
            _("TLP:AMBER+STRICT stays in your own organisation."),
            fields={"organisation": _("Name your own organisation.")},
        )


def check_given(clearance: str, giver: Seat | None) -> None:
    """Refuse a clearance above that of the person who gives it; the first seat is given by nobody seated."""
    if giver is not None and rank(clearance) > rank(giver.clearance):
        raise MarkingRefused(
            _("Give a clearance up to your own."), fields={"clearance": _("Give a clearance up to your own.")}
        )


def sees_people(seat: Seat | None) -> bool:
    """Whether somebody is told who else is seated: members cleared to TLP:AMBER, as the entries about seats are."""
    return seat is not None and rank(seat.clearance) >= rank(Marking.AMBER)
