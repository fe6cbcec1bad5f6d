"""Due dates, windows and meetings as iCalendar (RFC 5545), up to TLP:GREEN whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from negotiations.history.moment import Moment, moment_of_all
from negotiations.models import Meeting, Negotiation
from negotiations.rules.codes import Marking, Role
from negotiations.rules.maker import SITE
from negotiations.rules.marking import ANYBODY, Seat, Viewer, narrowest
from negotiations.selectors.all_negotiations import reckonings_of
from negotiations.selectors.calendar import DateLine, all_dates, dates
from negotiations.selectors.reckoning import reckon
from negotiations.selectors.scene import also, scene_of
from negotiations.selectors.words import words_of

from .brief.levels import NOBODY
from .proof import public_head
from .stamp import FileStamp

NARROWEST = Marking.GREEN
FRESH = timedelta(hours=1)
SECTIONS = {"condition": "conditions", "dispute": "disputes", "meeting": "meetings"}


def up_to_green(viewer: Viewer) -> Viewer:
    """Who sees no more than TLP:GREEN of what the viewer sees: calendars lie on other people's machines."""
    if not viewer.is_member:
        return ANYBODY
    seats = {pk: Seat(Role.READER, NARROWEST, seat.organisation_id) for pk, seat in viewer.seats.items()}
    return Viewer(NOBODY, seats)


@dataclass(frozen=True, slots=True)
class Dates:
    """What a calendar holds, what it is called where it is shown, and what it says of itself as a file."""

    lines: Sequence[DateLine]
    name: str
    stamp: FileStamp


def dates_of_all(viewer: Viewer, now: datetime, *, asked: str = "", known: str = "") -> Dates:
    """Every date that the viewer may have in a calendar, of all negotiations, soonest first.

    `asked` and `known` say as told at which moment. Raises MomentRefused.
    """
    moment = moment_of_all(asked, now, known)
    reckonings = reckonings_of(up_to_green(viewer), now, asked=asked, known=known)
    lines = all_dates(reckonings)
    marking = _marking([one.scene.negotiation for one in reckonings], lines)
    name = _said(_("Ceasefire Tracker"), moment, UTC)
    return Dates(lines, name, FileStamp("calendar", marking, moment.at, now, moment.known_at))


def dates_of(negotiation: Negotiation, viewer: Viewer, moment: Moment, now: datetime) -> Dates:
    """Every date of one negotiation that the viewer may have in a calendar, as told at the moment."""
    scene = scene_of(negotiation, viewer=up_to_green(viewer), moment=moment)
    also(scene, Meeting)
    lines = dates(reckon(scene), scene.all(Meeting))
    stamp = FileStamp(
        name=f"{negotiation.slug}-calendar",
        marking=_marking([negotiation], lines),
        as_of=moment.at,
        made_at=now,
        known_at=moment.known_at,
        link=public_head(negotiation),
    )
    return Dates(lines, name_of(negotiation, moment), stamp)


def _marking(negotiations: Iterable[Negotiation], lines: Iterable[DateLine]) -> Marking:
    return narrowest([*(one.marking for one in negotiations), *(line.marking for line in lines)])


def name_of(negotiation: Negotiation, moment: Moment) -> str:
    """What a calendar of one negotiation is called, with its moment where that is not the latest."""
    return _said(words_of(negotiation, "title").here, moment, ZoneInfo(negotiation.time_zone))


def _said(name: str, moment: Moment, zone: tzinfo) -> str:
    said = [name]
    if moment.is_past:
        said.append(_("as of %(moment)s") % {"moment": _moment(moment.at, zone)})
    if moment.known_at is not None:
        said.append(_("as known on %(moment)s") % {"moment": _moment(moment.known_at, zone)})
    return " · ".join(said)


def _moment(at: datetime, zone: tzinfo) -> str:
    return str(date_format(localtime(at, zone), f"j M Y{_(', ')}H:i"))


def calendar(told: Dates, *, address: Callable[[str], str]) -> bytes:
    """The dates as a calendar; a line keeps its UID however often its date is moved."""
    made = Calendar()
    made.add("prodid", f"-//{SITE}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", told.name)
    for name, value in told.stamp.facts().items():
        made.add(f"x-{name.replace('_', '-')}", value)
    made.add("refresh-interval", FRESH, parameters={"value": "DURATION"})
    for line in told.lines:
        made.add_component(_event(line, told.stamp.made_at, address))
    body: bytes = made.to_ical()
    return body


def _event(line: DateLine, now: datetime, address: Callable[[str], str]) -> Event:
    marking = Marking(line.marking)
    event = Event()
    event.add("uid", f"{line.key}@ceasefire-tracker")
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", line.at.astimezone(UTC).replace(microsecond=0))
    if line.until is not None and line.until > line.at:
        event.add("dtend", line.until.astimezone(UTC).replace(microsecond=0))
    words = " ".join(part for part in (line.ref, line.title.here) if part)
    event.add("summary", f"{words} · {line.note}" if line.note else words)
    event.add("description", f"{line.negotiation.here}\n{marking.english}")
    event.add("class", "PUBLIC" if marking == Marking.CLEAR else "CONFIDENTIAL")
    event.add("categories", [line.noun])
    event.add("transp", "TRANSPARENT")
    section = SECTIONS.get(line.noun)
    place = f"{section}/{line.ref}/" if section and line.ref else "calendar/"
    event.add("url", address(f"/n/{line.slug}/{place}"))
    return event
