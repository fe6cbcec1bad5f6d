"""The drawn way through the past, and the addresses of its moments."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from negotiations.selectors.head import Head
from negotiations.selectors.track import Track

register = template.Library()
WIDTH, HEIGHT, FLOOR, TALLEST, EDGE = 640.0, 24.0, 20.0, 16.0, 6.0


@register.simple_tag
def track_drawing(track: Track) -> SafeString:
    """A bar for each day with changes, as tall as it was busy, and a line at the moment the page is about."""
    if not track.days:
        return SafeString("")
    first, last = ends_of(track)
    bars = "".join(
        f'<rect x="{_x(_noon(day.on), first, last) - 1.5:.1f}" y="{FLOOR - _tall(day.changes, track.busiest):.1f}" '
        f'width="3" height="{_tall(day.changes, track.busiest):.1f}" class="f-ink"/>'
        for day in track.days
    )
    here = _x(track.at, first, last)
    return mark_safe(  # noqa: S308  the only text is escaped
        f'<svg class="chart" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img">'
        f"<title>{escape(_('Days with changes you may see, and the moment of this page'))}</title>"
        f'<line x1="{EDGE}" y1="{FLOOR}" x2="{WIDTH - EDGE}" y2="{FLOOR}" class="grid"/>{bars}'
        f'<line x1="{here:.1f}" y1="1" x2="{here:.1f}" y2="{FLOOR + 3}" class="today"/></svg>'
    )


@register.filter
def ends_of(track: Track) -> tuple[date, date]:
    """The first and the last day of the drawing, the page's own among them."""
    here = localtime(track.at).date()
    return min(track.days[0].on, here), max(track.days[-1].on, here)


@register.simple_tag
def moment_query(head: Head, as_of: datetime | date | None = None, known_at: datetime | str | None = None) -> str:
    """What asks this page for another moment, keeping the other clock as it is."""
    asked = dict(head.asked)
    if as_of is not None:
        asked["as_of"] = as_of.isoformat()
    if known_at is not None:
        asked["known_at"] = known_at if isinstance(known_at, str) else known_at.isoformat()
    return f"?{urlencode(asked)}"


@register.simple_tag
def diff_query(head: Head) -> str:
    """What asks for the difference from the moment of the page, as it was known, to the latest."""
    names = {"as_of": "from", "known_at": "known_from"}
    asked = {names[name]: value for name, value in head.asked}
    return f"?{urlencode({**asked, 'from': asked.get('from') or head.at.isoformat()})}"


def _tall(changes: int, busiest: int) -> float:
    return 4 + (TALLEST - 4) * changes / max(busiest, 1)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), get_current_timezone())


def _x(moment: datetime, first: date, last: date) -> float:
    start, end = _noon(first) - timedelta(hours=12), _noon(last) + timedelta(hours=12)
    share = (moment - start) / (end - start)
    return _mirrored(EDGE + share * (WIDTH - 2 * EDGE))


def _mirrored(x: float) -> float:
    """Time runs in reading direction."""
    return WIDTH - x if get_language_bidi() else x
