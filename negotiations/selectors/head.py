"""The head of every page of a negotiation, and which moment the page is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from negotiations.models import Negotiation
from negotiations.rules.codes import NegotiationStatus
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import Viewer

from .scene import Moment
from .words import Words, words_of

TICK = timedelta(microseconds=1)


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


@dataclass(frozen=True, slots=True)
class Followed:
    """A negotiation in the side bar."""

    slug: str
    title: Words


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
        is_past=moment.as_of is not None,
        is_closed=negotiation.coverage_end is not None,
        as_of_text=as_of_text if moment.as_of else "",
    )


def followed_by(viewer: Viewer) -> list[Followed]:
    """The negotiations a reader may see, in the order of their English titles."""
    rows = Negotiation.objects.visible_to(viewer).order_by("title")[:12]
    return [Followed(row.slug, words_of(row, "title")) for row in rows]


def shown_moment(negotiation: Negotiation, now: datetime) -> datetime:
    """The moment flags are computed at: now, or the end of coverage where it came first."""
    end = negotiation.coverage_end
    return min(now, end) if end else now


def moment_asked(text: str, negotiation: Negotiation, now: datetime) -> Moment:
    """Read `?as_of=`: an instant, or a date meaning the end of that day in the negotiation's zone.

    Raises RuleError for what cannot be read and for the future; a moment after the end of coverage
    is that end.
    """
    latest = shown_moment(negotiation, now)
    if not text:
        return Moment(latest)
    asked = _instant(text.strip(), ZoneInfo(negotiation.time_zone), now)
    if asked is None:
        raise RuleError(_("Give a date such as 2025-12-08, or a moment with its offset."), code="as_of_unreadable")
    if asked > now:
        raise RuleError(_("This moment lies in the future."), code="as_of_future")
    return Moment(asked, asked) if asked < latest else Moment(latest)


def _instant(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    try:
        day: date | None = parse_date(text)
        if day is not None:
            start, end = (datetime.combine(day + timedelta(days=more), time(), zone) for more in (0, 1))
            # Today ends in the future; it means today so far.
            return now if start <= now < end else end - TICK
        # A plus sign that was not escaped in the address arrives as a space.
        found = parse_datetime(text.replace(" ", "+")) if "T" in text else None
        return found.replace(tzinfo=zone) if found and found.tzinfo is None else found
    except (ValueError, OverflowError):
        return None
