"""The head of every page of a negotiation, and which moment the page is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from negotiations.history.moment import Moment
from negotiations.models import Negotiation
from negotiations.rules.codes import NegotiationStatus

from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top: which negotiation, how it is marked, and as of when."""

    slug: str
    title: Words
    marking: str
    status: str
    status_label: str
    time_zone: str
    at: datetime
    is_past: bool
    is_closed: bool
    as_of_text: str = ""

    @property
    def query(self) -> str:
        """What keeps the asked moment when following a link."""
        return f"?as_of={quote(self.as_of_text)}" if self.as_of_text else ""


def head_of(negotiation: Negotiation, moment: Moment, *, as_of_text: str = "", status: str = "") -> Head:
    """The head at the moment asked about; `status` is the one that held then."""
    code = status or negotiation.status
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
        as_of_text=as_of_text if moment.as_of else "",
    )
