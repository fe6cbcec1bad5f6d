"""The way through the past: the days on which something a reader may see changed, around the moment they look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.timezone import localtime

from negotiations.history.both_clocks import known_by
from negotiations.history.moment import NOT_COVERAGE
from negotiations.models import Entry

from .scene import Scene

# Entries read on either side of the moment: enough to step and to see how busy a time was in any record.
REACH = 250


@dataclass(frozen=True, slots=True)
class TrackDay:
    """A day with how many changes took effect on it."""

    on: date
    changes: int


@dataclass(frozen=True, slots=True)
class Track:
    """Days before and after the moment, oldest first, and the nearest changes on either side.

    `previous` and `next` are None at the ends; `is_cut_before` and `is_cut_after` say that there is more
    than is shown. `has_backfill` is whether something shown here was entered later than it became known.
    """

    at: datetime
    days: tuple[TrackDay, ...]
    previous: datetime | None
    next: datetime | None
    is_cut_before: bool
    is_cut_after: bool
    has_backfill: bool

    @property
    def busiest(self) -> int:
        return max((day.changes for day in self.days), default=0)


def track_of(scene: Scene, *, now: datetime) -> Track:
    """The changes around the scene's moment, as known then where that was asked; three queries."""
    entries = Entry.objects.visible_to(scene.viewer).filter(negotiation=scene.negotiation).exclude(NOT_COVERAGE)
    entries = known_by(entries, scene.moment.known_at)
    before = list(
        entries.filter(effective_at__lte=scene.at)
        .order_by("-effective_at", "-seq")
        .values_list("effective_at", flat=True)[: REACH + 1]
    )
    after = list(
        entries.filter(effective_at__gt=scene.at, effective_at__lte=now)
        .order_by("effective_at", "seq")
        .values_list("effective_at", flat=True)[: REACH + 1]
    )
    moments = [*reversed(before[:REACH]), *after[:REACH]]
    days = groupby(moments, key=lambda moment: localtime(moment).date())
    return Track(
        at=scene.at,
        days=tuple(TrackDay(on, len(list(found))) for on, found in days),
        # One change back is the state before the one that made this.
        previous=next((moment for moment in before if moment < before[0]), None) if before else None,
        next=after[0] if after else None,
        is_cut_before=len(before) > REACH,
        is_cut_after=len(after) > REACH,
        has_backfill=entries.filter(effective_at__lte=scene.at, backfilled=True).exists(),
    )
