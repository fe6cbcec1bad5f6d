"""Alerts: how much a change matters, when it is told, and which hours are quiet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any

from .codes import ConditionStatus, IncidentStatus, NegotiationStatus, PhaseStatus, Rhythm, Severity, Urgency
from .wall_time import has_day, moment_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SATURDAY = 5
# Least first.
URGENCIES = (Urgency.ROUTINE, Urgency.NOTABLE, Urgency.URGENT)

# What was told before no longer stands, or a moment that matters has come.
ALWAYS_URGENT = frozenset(
    {
        "condition.overdue",
        "condition.due_tomorrow",
        "phase.gate_met",
        "source.retracted",
        "entry.corrected",
        "entry.undone",
        "entry.redacted",
    }
)
NOTABLE = frozenset(
    {
        "negotiation.status_changed",
        "negotiation.published",
        "phase.status_changed",
        "phase.declared",
        "condition.status_changed",
        "condition.finding_rejected",
        "condition.due_soon",
        "condition.stale",
        "proposedfinding.made",
        "proposedfinding.confirmed",
        "proposedfinding.declined",
        "gate.asserted",
        "gate.withdrawn",
        "claim.made",
        "claim.withdrawn",
        "dispute.opened",
        "dispute.status_changed",
        "dispute.escalated",
        "position.stated",
        "position.withdrawn",
        "proposal.tabled",
        "proposal.withdrawn",
        "proposalversion.tabled",
        "response.recorded",
        "incident.reported",
        "incident.status_changed",
        "incident.found",
        "assessment.made",
        "assessment.resolved",
        "window.opened",
        "window.closed",
    }
)
# New values that make a change urgent, by verb and field.
URGENT_VALUES: dict[str, tuple[str, frozenset[str]]] = {
    "condition.status_changed": (
        "status",
        frozenset({ConditionStatus.BREACHED, ConditionStatus.SUSPENDED, ConditionStatus.CONTESTED}),
    ),
    "phase.status_changed": ("status", frozenset({PhaseStatus.SUSPENDED, PhaseStatus.COLLAPSED})),
    "negotiation.status_changed": ("status", frozenset({NegotiationStatus.SUSPENDED, NegotiationStatus.COLLAPSED})),
    "incident.reported": ("severity", frozenset({Severity.GRAVE})),
    "incident.found": ("status", frozenset({IncidentStatus.CONFIRMED_VIOLATION})),
}


def urgency_of(verb: str, changes: Mapping[str, Any]) -> Urgency:
    """How much an entry matters; `changes` is {field: [old, new]} as its payload has it, empty when redacted."""
    if verb in ALWAYS_URGENT:
        return Urgency.URGENT
    field, values = URGENT_VALUES.get(verb, ("", frozenset[str]()))
    if values and (changes.get(field) or [None, None])[1] in values:
        return Urgency.URGENT
    return Urgency.NOTABLE if verb in NOTABLE else Urgency.ROUTINE


def reaches(urgency: str, least: str) -> bool:
    """Whether something of this urgency is told to who asked for `least` and above."""
    return URGENCIES.index(Urgency(urgency)) >= URGENCIES.index(Urgency(least))


def reached_by(urgency: str) -> list[Urgency]:
    """The least urgencies that something of this urgency reaches."""
    return [one for one in URGENCIES if reaches(urgency, one)]


def next_due(rhythm: str, *, local_time: time, weekday: int, zone: tzinfo, after: datetime) -> datetime:
    """The first moment after `after` at which a digest of this rhythm falls due, in UTC.

    At a wall time of the zone: one that clocks leave out falls due at the first moment after the gap,
    one that they show twice at the first. A day that the calendar leaves out has no digest of its own,
    but a weekly one then comes at once after it. At once is at once.
    """
    if rhythm == Rhythm.AT_ONCE:
        return after
    if rhythm == Rhythm.HOURLY:
        return after.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + HOUR
    return next(moment for moment in _moments(rhythm, local_time, weekday, zone, after) if moment > after)


def _moments(rhythm: str, local_time: time, weekday: int, zone: tzinfo, after: datetime) -> Iterator[datetime]:
    # A gap at midnight can move yesterday's moment into today.
    day = after.astimezone(zone).date() - DAY
    while True:
        if rhythm == Rhythm.WEEKLY:
            is_wanted = day.weekday() == weekday
        else:
            is_wanted = has_day(day, zone) and (rhythm == Rhythm.DAILY or day.weekday() < SATURDAY)
        if is_wanted:
            yield moment_of(day, local_time, zone)
        day += DAY


def end_of_quiet(at: datetime, *, quiet_from: time | None, quiet_until: time | None, zone: tzinfo) -> datetime | None:
    """When the quiet hours that `at` falls into end, in UTC; None where it falls into none.

    Hours that begin later than they end reach over midnight; equal ones, which nobody can ask for, are none.
    """
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return None
    lasts = DAY if quiet_from > quiet_until else timedelta(0)
    end, day = None, at.astimezone(zone).date() - DAY
    # Laid out as moments, since clocks that go back show the time before their beginning again. Hours that
    # touch, where the calendar leaves a day out, are one.
    for first in (day, day + DAY, day + 2 * DAY):
        begins, ends = moment_of(first, quiet_from, zone), moment_of(first + lasts, quiet_until, zone)
        if begins <= (end or at) < ends:
            end = ends
    return end


def is_kept_quiet(rhythm: str) -> bool:
    """Whether quiet hours hold back what is told in this rhythm: not where the person chose the hour."""
    return rhythm in (Rhythm.AT_ONCE, Rhythm.HOURLY)


def breaks_quiet(urgency: str, least: str) -> bool:
    """Whether something of this urgency is told in quiet hours too; nothing does where `least` is empty."""
    return bool(least) and reaches(urgency, least)
