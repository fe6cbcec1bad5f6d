"""Wishes to be told of changes as plain sentences: what, how often and at which hour, by which way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from negotiations.models import Subscription
from negotiations.rules.alerts import is_kept_quiet
from negotiations.rules.codes import AlertChannel, Rhythm, Urgency
from negotiations.rules.names import listed
from negotiations.rules.verb_groups import group_label, groups_of

from .subscriptions import About


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One wish as its owner reads it; `next_due_at` is None while it is paused."""

    public_id: UUID
    about: About
    sentence: str
    quiet: str
    tells_nothing: bool
    channel: str
    time_zone: str
    is_paused: bool
    is_ended: bool
    next_due_at: datetime | None


def alert_line(row: Subscription, about: About) -> AlertLine:
    return AlertLine(
        public_id=row.public_id,
        about=about,
        sentence=sentence_of(row),
        quiet=quiet_words(row),
        tells_nothing=row.is_told_nothing,
        channel=row.channel,
        time_zone=row.time_zone,
        is_paused=row.paused_at is not None,
        is_ended=row.ended_at is not None,
        next_due_at=row.next_due_at if row.rhythm != Rhythm.AT_ONCE else None,
    )


def sentence_of(row: Subscription) -> str:
    """What is told when and how: "notable changes, every weekday at 07:45 (Cairo), by e-mail"."""
    return _("%(what)s, %(when)s, %(how)s") % {"what": what_words(row), "when": when_words(row), "how": how_words(row)}


def what_words(row: Subscription) -> str:
    kinds = [group_label(group) for group in groups_of(row.verbs)]
    match Urgency(row.least_urgency):
        case Urgency.ROUTINE:
            told = _("all changes")
        case Urgency.NOTABLE:
            told = _("notable changes")
        case Urgency.URGENT:
            told = _("urgent changes only")
    return _("%(changes)s (%(kinds)s)") % {"changes": told, "kinds": listed(kinds)} if kinds else told


def when_words(row: Subscription) -> str:
    clock = {"time": clock_words(row.local_time), "city": city_of(row.time_zone)}
    match Rhythm(row.rhythm):
        case Rhythm.AT_ONCE:
            return _("at once")
        case Rhythm.HOURLY:
            return _("every hour")
        case Rhythm.DAILY:
            return _("every day at %(time)s (%(city)s)") % clock
        case Rhythm.WEEKDAYS:
            return _("Monday to Friday at %(time)s (%(city)s)") % clock
        case Rhythm.WEEKLY:
            return _("every %(day)s at %(time)s (%(city)s)") % {"day": weekday_words(row.weekday), **clock}


def how_words(row: Subscription) -> str:
    match AlertChannel(row.channel):
        case AlertChannel.EMAIL:
            return _("by e-mail")
        case AlertChannel.INBOX:
            return _("in the inbox")
        case AlertChannel.WEBHOOK:
            return _("by webhook")


def quiet_words(row: Subscription) -> str:
    """The quiet hours and what breaks them; empty where there are none, and where they hold nothing back."""
    if row.quiet_from is None or row.quiet_until is None or not is_kept_quiet(row.rhythm):
        return ""
    hours = {"from": clock_words(row.quiet_from), "until": clock_words(row.quiet_until)}
    if not row.breaks_quiet:
        return _("Quiet from %(from)s to %(until)s.") % hours
    broken = {Urgency.URGENT: _("urgent changes"), Urgency.NOTABLE: _("notable and urgent changes")}
    breaks = broken.get(Urgency(row.breaks_quiet), _("any change"))
    return _("Quiet from %(from)s to %(until)s, broken by %(what)s.") % {**hours, "what": breaks}


def weekday_words(weekday: int) -> str:
    """A day of the week as it stands after "every", which other languages say without an article."""
    return (
        pgettext("every", "Monday"),
        pgettext("every", "Tuesday"),
        pgettext("every", "Wednesday"),
        pgettext("every", "Thursday"),
        pgettext("every", "Friday"),
        pgettext("every", "Saturday"),
        pgettext("every", "Sunday"),
    )[weekday]


def clock_words(at: time) -> str:
    return f"{at:%H:%M}"


def city_of(zone: str) -> str:
    """A zone by its city, translated where somebody did."""
    return _(zone.rsplit("/", 1)[-1].replace("_", " "))
