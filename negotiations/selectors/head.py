"""The head of every page of a negotiation, and which moment the page is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from negotiations.history.moment import Moment
from negotiations.models import Negotiation
from negotiations.rules.codes import NegotiationStatus

from .track import Track
from .words import Words, words_of


class Asked:
    """What an address says of a moment, kept in the addresses of other pages."""

    __slots__ = ()
    as_of_text: str
    known_text: str

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """What the address says of the moment, name by name; nothing for the latest."""
        pairs = (("as_of", self.as_of_text), ("known_at", self.known_text))
        return tuple(pair for pair in pairs if pair[1])

    @property
    def query(self) -> str:
        """What keeps the asked moment when following a link."""
        return f"?{urlencode(self.asked)}" if self.asked else ""

    @property
    def more(self) -> str:
        """The same behind other parameters."""
        return f"&{urlencode(self.asked)}" if self.asked else ""


@dataclass(frozen=True, slots=True)
class AskedOfAll(Asked):
    """Which moment a page over all negotiations is asked about: of each negotiation, a day in its own zone.

    `at` and `known_at` are the moments that stand for it where one is named: a day to its end in UTC. A page
    that is asked about any moment is one of the past. `is_day` and `is_known_day` where days were asked for.
    """

    at: datetime
    known_at: datetime | None = None
    as_of_text: str = ""
    known_text: str = ""
    is_day: bool = False
    is_known_day: bool = False

    @property
    def is_past(self) -> bool:
        return bool(self.asked)


@dataclass(frozen=True, slots=True)
class Head(Asked):
    """What stands at the top: which negotiation, how it is marked, and as of when.

    `has_moments` where the page can be asked about another moment; `retracted` names sources taken back
    under the status.
    """

    slug: str
    title: Words
    marking: str
    status: str
    status_label: str
    time_zone: str
    at: datetime
    is_past: bool
    is_closed: bool
    known_at: datetime | None = None
    as_of_text: str = ""
    known_text: str = ""
    track: Track | None = None
    has_moments: bool = True
    retracted: tuple[str, ...] = ()


def head_of(
    negotiation: Negotiation,
    moment: Moment,
    *,
    as_of_text: str = "",
    known_text: str = "",
    track: Track | None = None,
) -> Head:
    """The head of the negotiation as it was at the moment asked about."""
    code = negotiation.status
    return Head(
        slug=negotiation.slug,
        title=words_of(negotiation, "title"),
        marking=negotiation.marking,
        status=code,
        status_label=NegotiationStatus(code).label,
        time_zone=negotiation.time_zone,
        at=moment.at,
        is_past=moment.is_past,
        is_closed=moment.has_ended,
        known_at=moment.known_at,
        # An earlier moment alone; "as known then" about the latest moment says nothing of another.
        as_of_text=as_of_text if moment.as_of else "",
        known_text=known_text if moment.known_at else "",
        track=track,
    )
