"""Time laid along a line, with ticks at the starts of months, quarters or years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone, localtime

# A plan far ahead must not squeeze what happened into a corner: it runs off the edge instead.
_LEAST, _AHEAD = timedelta(days=45), 0.6


@dataclass(frozen=True, slots=True)
class Scale:
    """Moments from `start` to `end` as places from `left` to `right`; what lies outside stands at the edge."""

    start: datetime
    end: datetime
    left: float
    right: float

    def x(self, moment: datetime) -> float:
        share = (moment - self.start) / (self.end - self.start)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self) -> Iterator[tuple[datetime, str]]:
        """Starts of months with their words, thinned out so that the words do not touch."""
        months = (self.end - self.start).days / 30.4
        step = next(step for step in (1, 2, 3, 6, 12, 24, 60) if months / step <= 9 or step == 60)
        for moment in self._months():
            if (moment.month - 1) % min(step, 12) == 0 and (step <= 12 or moment.year % (step // 12) == 0):
                yield moment, date_format(moment, "M Y" if moment.month == 1 or months > 12 else "M")

    def _months(self) -> Iterator[datetime]:
        first = localtime(self.start)
        zone = get_current_timezone()
        year, month = first.year, first.month
        while (moment := datetime(year, month, 1, tzinfo=zone)) <= self.end:
            if moment >= self.start:
                yield moment
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def scale_over(moments: Sequence[datetime], left: float, right: float, at: datetime) -> Scale:
    """A scale that shows all moments, but of the future no more than what the past can bear."""
    first = min(moments)
    past = max(at - first, _LEAST)
    last = min(max(moments), at + max(past * _AHEAD, _LEAST))
    span = last - first
    # Room after the moment asked about, so that words can stand beside it.
    return Scale(first - span * 0.03, max(last + span * 0.03, at + span * 0.14), left, right)
