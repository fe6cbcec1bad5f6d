"""The roadmap of a brief: where on a line from 0 to 1 every bar begins and ends; the page draws it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from negotiations.rules.codes import PhaseStatus
from negotiations.selectors.roadmap import PhaseLine

# The least span that is drawn, and the air before and after what is in it.
LEAST, AIR = timedelta(days=30), 0.03
TICKS = 7
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def roadmap(phases: Sequence[PhaseLine], *, at: datetime, is_past: bool) -> dict[str, Any] | None:
    """The drawing as plain values, None where no phase has a date."""
    moments = [moment for phase in phases for moment in _moments(phase)]
    if not moments:
        return None
    first, last = min(*moments, at), max(*moments, at)
    if last - first < LEAST:
        last = first + LEAST
    span = (last - first) / (1 - 2 * AIR)
    start = first - span * AIR

    def x(moment: datetime) -> float:
        return round((moment - start) / span, 4)

    label = (_("As of %(day)s") if is_past else _("Today %(day)s")) % {"day": _day(at)}
    return {
        "alt": description(phases, at),
        "ticks": [{"x": x(tick), "label": date_format(localtime(tick), "M Y")} for tick in _ticks(start, span)],
        "now": {"x": x(at), "label": label},
        "phases": [_phase(phase, at, x) for phase in phases],
    }


def description(phases: Sequence[PhaseLine], at: datetime) -> str:
    """The drawing in words, one sentence a phase."""
    told = [
        _("Phase %(number)s, %(title)s: %(status)s")
        % {"number": phase.number, "title": phase.title.here, "status": status_words(phase)}
        for phase in phases
    ]
    return ". ".join([*told, _("As of %(day)s") % {"day": _day(at)}]) + "."


def status_words(phase: PhaseLine) -> str:
    """The assessed status with the moment that matters most for it."""
    if phase.ended_at is not None and phase.status != PhaseStatus.ACTIVE:
        return _("%(status)s, ended %(day)s") % {"status": phase.status_label, "day": _day(phase.ended_at)}
    if phase.extended_to is not None:
        return _("%(status)s, extended to %(day)s") % {"status": phase.status_label, "day": _day(phase.extended_to)}
    if phase.started_at is not None:
        return _("%(status)s since %(day)s") % {"status": phase.status_label, "day": _day(phase.started_at)}
    return phase.status_label


def _phase(phase: PhaseLine, at: datetime, x: Any) -> dict[str, Any]:
    has_begun = phase.started_at is not None and phase.started_at <= at
    end = phase.ended_at if phase.ended_at is not None and phase.ended_at <= at else at
    planned = _span(phase.planned_start or phase.started_at, phase.planned_end, x)
    since = max(filter(None, (phase.planned_end, end if has_begun else None)), default=None)
    reading = next((one for one in phase.readings if one.by is None), None)
    gate = None
    if reading is not None:
        words = _("%(met)s of %(total)s entry conditions met")
        gate = {
            "x": x(phase.started_at or phase.planned_start or at),
            "label": words % {"met": reading.gate.met, "total": reading.gate.total},
            "full": reading.gate.met == reading.gate.total,
        }
    declared = _("Declared by %(actor)s, %(day)s")
    return {
        "name": _("Phase %(number)s") % {"number": phase.number},
        "title": phase.title.here,
        "glyph": phase.status,
        "status": status_words(phase),
        "planned": planned,
        "actual": _span(phase.started_at, end, x) if has_begun else None,
        "extended": _span(since, phase.extended_to, x),
        "declared": _span(phase.declared_at, at, x),
        "declared_words": declared % {"actor": phase.declared_by.here, "day": _day(phase.declared_at)}
        if phase.declared_at
        else "",
        "gate": gate,
    }


def _span(start: datetime | None, end: datetime | None, x: Any) -> list[float] | None:
    return [x(start), x(end)] if start is not None and end is not None and start <= end else None


def _ticks(start: datetime, span: timedelta) -> list[datetime]:
    """The beginnings of some months inside the drawing, at most TICKS."""
    months = max(span.days / 30.4, 1)
    step = next((step for step in STEPS if months / step <= TICKS), STEPS[-1])
    local = localtime(start)
    count = local.year * 12 + local.month
    found: list[datetime] = []
    while True:
        count += 1
        year, month = divmod(count - 1, 12)
        tick = local.replace(year=year, month=month + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
        if tick >= start + span * 0.96:
            return found
        if (count - 1) % step == 0:
            found.append(tick)


def _day(moment: datetime) -> str:
    return str(date_format(localtime(moment), "j M Y"))


def _moments(phase: PhaseLine) -> list[datetime]:
    known = (
        phase.planned_start,
        phase.planned_end,
        phase.extended_to,
        phase.started_at,
        phase.ended_at,
        phase.declared_at,
    )
    return [moment for moment in known if moment is not None]
