"""Where the bars of a phase begin and end, and the words beside them: the same on the page and in the brief."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from negotiations.rules.codes import PhaseStatus

from .roadmap import PhaseLine, ReadingLine

Span = tuple[datetime, datetime]


def moments_of(phases: Iterable[PhaseLine]) -> list[datetime]:
    """Every moment that is drawn; empty where no phase has a date."""
    known = (
        (one.planned_start, one.planned_end, one.extended_to, one.started_at, one.ended_at, one.declared_at)
        for one in phases
    )
    return [moment for moments in known for moment in moments if moment is not None]


def planned_span(phase: PhaseLine) -> Span | None:
    """What was planned; a phase without a planned beginning counts from where it began."""
    return _span(phase.planned_start or phase.started_at, phase.planned_end)


def actual_span(phase: PhaseLine, at: datetime) -> Span | None:
    """What had happened by then, None before it began."""
    if phase.started_at is None or phase.started_at > at:
        return None
    return phase.started_at, phase.ended_at if phase.ended_at is not None and phase.ended_at <= at else at


def extended_span(phase: PhaseLine, at: datetime) -> Span | None:
    """What an extension adds to what was planned and what has happened."""
    actual = actual_span(phase, at)
    since = max(filter(None, (phase.planned_end, actual and actual[1])), default=phase.extended_to)
    return _span(since, phase.extended_to)


def reading_of_text(phase: PhaseLine) -> ReadingLine | None:
    """The entry conditions as the text has them, None for none."""
    return next((one for one in phase.readings if one.by is None), None)


def roadmap_description(phases: Sequence[PhaseLine], at: datetime) -> str:
    """The drawing in words, one sentence a phase."""
    told = [
        _("Phase %(number)s, %(title)s: %(status)s")
        % {"number": phase.number, "title": phase.title.here, "status": status_words(phase)}
        for phase in phases
    ]
    return ". ".join([*told, _("As of %(day)s") % {"day": day(at)}]) + "."


def status_words(phase: PhaseLine) -> str:
    """The assessed status with the moment that matters most for it."""
    if phase.ended_at is not None and phase.status != PhaseStatus.ACTIVE:
        return _("%(status)s, ended %(day)s") % {"status": phase.status_label, "day": day(phase.ended_at)}
    if phase.extended_to is not None:
        return _("%(status)s, extended to %(day)s") % {"status": phase.status_label, "day": day(phase.extended_to)}
    if phase.started_at is not None:
        return _("%(status)s since %(day)s") % {"status": phase.status_label, "day": day(phase.started_at)}
    return phase.status_label


def day(moment: datetime) -> str:
    return date_format(localtime(moment), "j M Y")


def _span(start: datetime | None, end: datetime | None) -> Span | None:
    return (start, end) if start is not None and end is not None and start <= end else None
