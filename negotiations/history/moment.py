"""Which moment a reader asks about, and which one answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import reduce
from operator import or_
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import CharField, Max, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from negotiations.models import Entry, ImportBatch, Negotiation
from negotiations.rules.asked import CLOCKS
from negotiations.rules.codes import ImportState
from negotiations.rules.coverage import OUTSIDE_COVERAGE
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import Viewer

TICK = timedelta(microseconds=1)
# No record reaches back further; below, every span before a moment can be reckoned.
EARLIEST = datetime(1800, 1, 1, tzinfo=UTC)
NOT_COVERAGE = reduce(or_, (Q(verb__startswith=start) for start in OUTSIDE_COVERAGE))


class MomentRefused(RuleError):
    """The moment asked about cannot be read or has not come yet."""

    code = "as_of_unreadable"


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment an answer is about.

    `at` is when flags are computed; `as_of` is set only where the reader asked about an earlier
    moment than the latest, and then values come from `states_at(as_of=...)`; `has_ended` says that
    coverage ended, for this reader, before now. `known_at` is set only where the reader asked for what
    was known by an earlier moment than now; then `as_of` is set too, to the latest moment if need be.
    `is_at_end` says that `at` is where coverage ended: what was filed of sources and seats after it, which
    takes effect later than what is followed, counts there too.
    """

    at: datetime
    as_of: datetime | None = None
    has_ended: bool = False
    known_at: datetime | None = None
    is_at_end: bool = False

    @property
    def is_past(self) -> bool:
        return self.as_of is not None

    @property
    def query(self) -> str:
        """What asks any address of the negotiation about this moment; nothing for the latest."""
        clocks = {"as_of": self.as_of, "known_at": self.known_at}
        asked = {name: at.isoformat() for name, at in clocks.items() if at}
        return f"?{urlencode(asked)}" if asked else ""


def resolve(
    negotiation: Negotiation,
    viewer: Viewer,
    asked: str | None,
    now: datetime,
    known: str | None = "",
    names: tuple[str, str] = CLOCKS,
) -> Moment:
    """Read `as_of` and `known_at`: each an instant, or a date meaning the end of that day in the negotiation's zone.

    Without the first, or with one after the latest, the answer is about the latest moment: now, or the
    end of coverage for this reader. Without the second it is as known now. Raises MomentRefused for the
    future, for what no record reaches back to and for what cannot be read; `names` are what the reader calls the two.
    """
    latest = _latest(coverage_end(negotiation, viewer), now)
    return _asked(latest, ZoneInfo(negotiation.time_zone), asked, now, known, names)


def resolve_all(
    negotiations: Collection[Negotiation], viewer: Viewer, asked: str, now: datetime, known: str = ""
) -> dict[int, Moment]:
    """The same for several negotiations by their keys, with one query; an unreadable moment is refused for none too.

    A day that has come in UTC but not in the zone of one of them asks there for now.
    """
    moment_of_all(asked, now, known)
    latest = latest_moments(negotiations, viewer, now)
    found = {}
    for one in negotiations:
        zone = ZoneInfo(one.time_zone)
        texts = (_come(text, zone, now) for text in (asked, known))
        found[one.pk] = _asked(latest[one.pk], zone, next(texts), now, next(texts), CLOCKS)
    return found


def moment_of_all(asked: str, now: datetime, known: str = "") -> Moment:
    """The moment that is asked about of no negotiation in particular: a day ends in UTC."""
    return _asked(Moment(now), ZoneInfo("UTC"), asked, now, known, CLOCKS)


def _come(text: str, zone: ZoneInfo, now: datetime) -> str:
    """A readable text as it was asked, or nothing where it names what has not come yet in the zone."""
    text = text.strip()
    found = (_day_end(text, zone, now) or _instant(text, zone)) if text else None
    return "" if found and found > now else text


def latest_moments(negotiations: Collection[Negotiation], viewer: Viewer, now: datetime) -> dict[int, Moment]:
    """The latest moment of each negotiation for this reader, with one query for all of them."""
    ended = [one for one in negotiations if one.coverage_end]
    entries = following(Entry.objects.visible_to(viewer).filter(negotiation__in=ended))
    seen = dict(entries.order_by().values_list("negotiation").annotate(Max("effective_at")))
    ends = {one.pk: max(one.coverage_end, seen.get(one.pk, one.coverage_end)) for one in ended if one.coverage_end}
    return {one.pk: _latest(ends.get(one.pk), now) for one in negotiations}


def _latest(end: datetime | None, now: datetime) -> Moment:
    return Moment(now) if end is None or end >= now else Moment(end, has_ended=True, is_at_end=True)


def _asked(
    latest: Moment, zone: ZoneInfo, asked: str | None, now: datetime, known: str | None, names: tuple[str, str]
) -> Moment:
    as_of = read_moment(asked.strip(), zone, now, field=names[0]) if asked and asked.strip() else latest.at
    at = min(as_of, latest.at)
    known_at = read_moment(known.strip(), zone, now, "known_at", names[1]) if known and known.strip() else now
    is_at_end = latest.has_ended and at == latest.at
    if known_at < now:
        return Moment(at, at, latest.has_ended, known_at, is_at_end)
    return Moment(at, at if at < latest.at else None, latest.has_ended, is_at_end=is_at_end)


def following(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those of the entries that show how far a negotiation was followed: none of an import that was taken back."""
    name = Concat(Value(ImportBatch.REQUEST), Cast("public_id", CharField()))
    undone = ImportBatch.objects.filter(state=ImportState.UNDONE).order_by().values_list(name)
    return entries.exclude(NOT_COVERAGE).exclude(request_id__in=undone)


def coverage_end(negotiation: Negotiation, viewer: Viewer) -> datetime | None:
    """The end of coverage as this reader sees it: never before what they may see; None while it is live."""
    if negotiation.coverage_end is None:
        return None
    latest = latest_visible(negotiation, viewer)
    return max(negotiation.coverage_end, latest) if latest else negotiation.coverage_end


def latest_visible(negotiation: Negotiation, viewer: Viewer) -> datetime | None:
    """The latest moment that an entry the reader may see took effect at."""
    entries = following(Entry.objects.visible_to(viewer).filter(negotiation=negotiation))
    # The first from the end of an index; the greatest of all would be looked for among all of them.
    return entries.order_by("-effective_at").values_list("effective_at", flat=True).first()


def read_moment(text: str, zone: ZoneInfo, now: datetime, clock: str = "as_of", field: str = "") -> datetime:
    """The moment a text names, from 1800 to `now`; a moment without an offset is meant in `zone`.

    A refusal has the code of the clock and names the field it was read from, by default like the clock.
    """
    name = field or clock
    try:
        found = _day_end(text, zone, now) or _instant(text, zone)
        found = found.astimezone(UTC) if found else None
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise MomentRefused(
            _("Give a date such as 2025-12-08, or a moment with its offset such as 2025-12-08T12:00:00Z."),
            code=f"{clock}_unreadable",
            fields={name: _("This moment cannot be read.")},
        )
    if found < EARLIEST:
        wrong = _("This moment lies before the year 1800; no record reaches back so far.")
        raise MomentRefused(wrong, code=f"{clock}_unreadable", fields={name: wrong})
    if found > now:
        wrong = _("This moment lies in the future.")
        raise MomentRefused(wrong, code=f"{clock}_future", fields={name: wrong})
    return found


def _day_end(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    day = parse_date(text)
    if day is None:
        return None
    start, end = (datetime.combine(day + timedelta(days=more), time(), zone) for more in (0, 1))
    # Today ends in the future; it means today so far.
    return now if start <= now < end else end - TICK


def _instant(text: str, zone: ZoneInfo) -> datetime | None:
    # A plus sign that was not escaped in the address arrives as a space.
    found = parse_datetime(text.replace(" ", "+")) if "T" in text else None
    return found.replace(tzinfo=zone) if found and found.tzinfo is None else found
