"""The drawn way through the past, and the addresses of its moments."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from negotiations.rules.asked import CLOCKS, lasting
from negotiations.selectors.head import Head
from negotiations.selectors.track import Way

register = template.Library()
WIDTH, HEIGHT, FLOOR, TALLEST, EDGE = 640.0, 24.0, 20.0, 16.0, 6.0


@register.simple_tag
def track_drawing(way: Way) -> SafeString:
    """A bar for each day with changes, as tall as it was busy, and a line at the moment the page is about."""
    if not way.days:
        return SafeString("")
    first, last = ends_of(way)
    bars = "".join(
        f'<rect x="{_x(_noon(day.on), first, last) - 1.5:.1f}" y="{FLOOR - _tall(day.changes, way.busiest):.1f}" '
        f'width="3" height="{_tall(day.changes, way.busiest):.1f}" class="f-ink"/>'
        for day in way.days
    )
    here = _x(way.at, first, last)
    return mark_safe(  # noqa: S308  the only text is escaped
        f'<svg class="chart" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img">'
        f"<title>{escape(_('Days with changes you may see, and the moment of this page'))}</title>"
        f'<line x1="{EDGE}" y1="{FLOOR}" x2="{WIDTH - EDGE}" y2="{FLOOR}" class="grid"/>{bars}'
        f'<line x1="{here:.1f}" y1="1" x2="{here:.1f}" y2="{FLOOR + 3}" class="today"/></svg>'
    )


@register.filter
def ends_of(way: Way) -> tuple[date, date]:
    """The first and the last day of the drawing, the page's own among them."""
    here = day_of(way)
    return min(way.days[0].on, here), max(way.days[-1].on, here)


@register.filter
def day_of(way: Way) -> date:
    """The day of the moment that the page is about."""
    return localtime(way.at).date()


@register.simple_tag(takes_context=True)
def way_query(context: Context, way: Way, moment: datetime | date) -> str:
    """What asks this page, narrowed as it is, for another moment on the way's clock."""
    pairs = [*kept(context, way.clock), (way.clock, moment.isoformat())]
    pairs.sort(key=_moments_first)
    return f"?{urlencode(pairs)}"


@register.simple_tag(takes_context=True)
def latest_query(context: Context) -> str:
    """What asks this page, narrowed as it is, for the latest moment."""
    return f"?{urlencode(kept(context, *CLOCKS))}"


@register.simple_tag(takes_context=True)
def kept(context: Context, *but: str) -> list[tuple[str, str]]:
    """What the address of this page asks for, name by name, without what is asked anew and where in it one is."""
    asked = ((name, value) for name, values in context["request"].GET.lists() for value in values)
    return list(lasting(asked, *but))


@register.simple_tag
def diff_query(head: Head) -> str:
    """What asks for the difference from the moment of the page, as it was known, to the latest."""
    names = {"as_of": "from", "known_at": "known_from"}
    asked = {names[name]: value for name, value in head.asked}
    return f"?{urlencode({**asked, 'from': asked.get('from') or head.at.isoformat()})}"


def _moments_first(pair: tuple[str, str]) -> bool:
    return pair[0] not in CLOCKS


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
