"""The roadmap of a brief: where on a line from 0 to 1 every bar begins and ends; the page draws it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from negotiations.selectors.roadmap import PhaseLine
from negotiations.selectors.roadmap_bars import (
    Span,
    actual_span,
    day,
    extended_span,
    moments_of,
    planned_span,
    reading_of_text,
    roadmap_description,
    status_words,
)

# The least span that is drawn, and the air before and after what is in it.
LEAST, AIR = timedelta(days=30), 0.03
TICKS = 7
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


def roadmap(phases: Sequence[PhaseLine], *, at: datetime, is_past: bool) -> dict[str, Any] | None:
    """The drawing as plain values, None where no phase has a date."""
    moments = moments_of(phases)
    if not moments:
        return None
    first, last = min(*moments, at), max(*moments, at)
    if last - first < LEAST:
        last = first + LEAST
    span = (last - first) / (1 - 2 * AIR)
    start = first - span * AIR

    def x(moment: datetime) -> float:
        return round((moment - start) / span, 4)

    label = (_("As of %(day)s") if is_past else _("Today %(day)s")) % {"day": day(at)}
    return {
        "alt": roadmap_description(phases, at),
        "ticks": [{"x": x(tick), "label": date_format(localtime(tick), "M Y")} for tick in _ticks(start, span)],
        "now": {"x": x(at), "label": label},
        "phases": [_phase(phase, at, x) for phase in phases],
    }


def _phase(phase: PhaseLine, at: datetime, x: Any) -> dict[str, Any]:
    reading = reading_of_text(phase)
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
        "planned": _placed(planned_span(phase), x),
        "actual": _placed(actual_span(phase, at), x),
        "extended": _placed(extended_span(phase, at), x),
        "declared": _placed((phase.declared_at, at), x) if phase.declared_at and phase.declared_at <= at else None,
        "declared_words": declared % {"actor": phase.declared_by.here, "day": day(phase.declared_at)}
        if phase.declared_at
        else "",
        "gate": gate,
    }


def _placed(span: Span | None, x: Any) -> list[float] | None:
    return [x(span[0]), x(span[1])] if span is not None else None


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
