"""The next thirty days of a negotiation as a strip: a mark for each date, a band for each window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.rules.names import listed
from negotiations.selectors.calendar import DateLine

from .scale import Scale
from .svg import Drawing

WIDTH, HEIGHT, MIDDLE, EDGE = 132.0, 20.0, 10.0, 5.0
SPAN = timedelta(days=30)
NAMED = 4


def days30_chart(lines: Sequence[DateLine], *, at: datetime, ident: str) -> SafeString:
    """Draw what is dated in the thirty days after `at`; the description names the first of it."""
    soon = [line for line in lines if line.at <= at + SPAN and (line.until or line.at) >= at]
    drawing = Drawing(ident, WIDTH, HEIGHT, title=_title(len(soon)), desc=_description(soon))
    scale = Scale(at, at + SPAN, EDGE, WIDTH - EDGE)
    drawing.line((EDGE, MIDDLE), (WIDTH - EDGE, MIDDLE), "grid")
    drawing.line((EDGE, 2), (EDGE, HEIGHT - 2), "today")
    for line in soon:
        if line.until is not None and line.until - line.at > timedelta(days=1):
            left, right = scale.x(max(line.at, at)), scale.x(line.until)
            drawing.rect(left, MIDDLE - 3, max(right - left, 2.0), 6, "band", rx=2)
    for line in soon:
        if line.at >= at and (line.until is None or line.until - line.at <= timedelta(days=1)):
            x = scale.x(line.at)
            drawing.polygon([(x, MIDDLE - 5), (x + 4, MIDDLE), (x, MIDDLE + 5), (x - 4, MIDDLE)], "f-ink")
    return drawing.render("chart strip")


def _title(count: int) -> str:
    if not count:
        return _("Nothing dated in the next 30 days")
    return ngettext("%(count)s date in the next 30 days", "%(count)s dates in the next 30 days", count) % {
        "count": count
    }


def _description(lines: Sequence[DateLine]) -> str:
    named = [f"{date_format(localtime(line.at), 'j M')} {line.title.here}" for line in lines[:NAMED]]
    return listed(named)
