"""Which two moments a reader wants compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from negotiations.history.moment import Moment, MomentRefused, read_moment, resolve
from negotiations.models import Negotiation
from negotiations.rules.marking import Viewer

from .changes import SPANS, VISIT
from .last_look import last_look, seen_by

WEEK = timedelta(days=7)
NAMES = ("since", "from", "known_from", "to", "known_to")
# Instead of a first moment: the attempt before, as it ended.
PREVIOUS = "previous"


def asked_moments(
    negotiation: Negotiation, viewer: Viewer, asked: Mapping[str, str], now: datetime
) -> tuple[Moment, Moment]:
    """The two moments by `from`, `to` and what was known of each, or by `since` until now.

    Without `to` it is the latest. Without `from` it is the same moment where only what was known
    differs, else a week before. What is not said of knowledge is as for `to`. `since` sets both clocks
    back: how it looked then. Raises MomentRefused.
    """
    text = {name: asked.get(name, "").strip()[:60] for name in NAMES}
    after = resolve(negotiation, viewer, text["to"], now, text["known_to"], ("to", "known_to"))
    if text["since"]:
        start = begin_of(text["since"], negotiation, viewer, at=after.at, now=now).isoformat()
        return resolve(negotiation, viewer, start, now, start, ("since", "since")), after
    known = text["known_from"] or text["known_to"]
    default = after.at if text["known_from"] else after.at - WEEK
    start = text["from"] or default.isoformat()
    return resolve(negotiation, viewer, start, now, known, ("from", "known_from")), after


def asked_beside(negotiation: Negotiation, viewer: Viewer, asked: Mapping[str, str], now: datetime) -> Moment:
    """The moment at which this attempt is set beside the one before it. Raises MomentRefused."""
    to, known_to = (asked.get(name, "").strip()[:60] for name in ("to", "known_to"))
    return resolve(negotiation, viewer, to, now, known_to, ("to", "known_to"))


def begin_of(text: str, negotiation: Negotiation, viewer: Viewer, *, at: datetime, now: datetime) -> datetime:
    """When a span until `at` begins: `24h`, `7d`, `30d`, the last visit, or a moment. Raises MomentRefused."""
    if text in SPANS:
        return at - SPANS[text]
    if text != VISIT:
        return read_moment(text, ZoneInfo(negotiation.time_zone), now, field="since")
    look = last_look(viewer, negotiation)
    if look is None:
        message = _("You have marked nothing as seen here; say a span or a date.")
        raise MomentRefused(message, code="no_last_visit", fields={"since": message})
    return seen_by(look, now)
