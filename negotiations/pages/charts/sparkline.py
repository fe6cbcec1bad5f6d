"""The course of an outlook in one small line, from the first assessment of its question to the last."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from negotiations.selectors.outlook_course import CoursePoint

from .scale import Scale
from .svg import Drawing, Step

WIDTH, HEIGHT, EDGE = 64.0, 22.0, 4.0


def sparkline(points: Sequence[CoursePoint], *, ident: str, question: str) -> SafeString:
    """Draw the middle of each range over time on a scale from 0 to 100; a single one is a dot."""
    first, last = points[0], points[-1]
    desc = _("From %(low)s–%(high)s%% to %(low_now)s–%(high_now)s%%") % {
        "low": first.low,
        "high": first.high,
        "low_now": last.low,
        "high_now": last.high,
    }
    drawing = Drawing(ident, WIDTH, HEIGHT, title=question, desc=desc)
    drawing.line((0, HEIGHT - 1), (WIDTH, HEIGHT - 1), "grid")
    if first.at == last.at:
        places = [(WIDTH - EDGE, _y(last))]
    else:
        scale = Scale(first.at, last.at, EDGE, WIDTH - EDGE)
        places = [(scale.x(point.at), _y(point)) for point in points]
        steps: list[Step] = [("L" if at else "M", place) for at, place in enumerate(places)]
        drawing.path(steps, "spark")
    x, y = places[-1]
    drawing.rect(x - 2.5, y - 2.5, 5, 5, "f-ink", rx=2.5)
    return drawing.render("chart strip")


def _y(point: CoursePoint) -> float:
    return 2 + (HEIGHT - 5) * (1 - (point.low + point.high) / 200)
