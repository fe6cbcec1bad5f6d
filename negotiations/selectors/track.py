"""The way through the past on either clock: the days with changes a reader may see, around the moment they look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet
from django.utils.timezone import localtime

from negotiations.history.both_clocks import known_by, told_by, told_in
from negotiations.history.moment import NOT_COVERAGE
from negotiations.models import Entry

from .scene import Scene

# Entries read on either side of the moment: enough to step and to see how busy a time was in any record.
REACH = 250
# Which moment of an entry a clock of the address speaks of.
CLOCKS = {"as_of": "effective_at", "known_at": "recorded_at"}


@dataclass(frozen=True, slots=True)
class TrackDay:
    """A day with how many changes took effect, or became known, on it."""

    on: date
    changes: int


@dataclass(frozen=True, slots=True)
class Way:
    """Days before and after the moment on one clock, oldest first, and the nearest changes on either side.

    `previous` and `next` are None at the ends; `is_cut_before` and `is_cut_after` say that there is more
    than is shown.
    """

    clock: str
    at: datetime
    days: tuple[TrackDay, ...]
    previous: datetime | None
    next: datetime | None
    is_cut_before: bool
    is_cut_after: bool

    @property
    def busiest(self) -> int:
        return max((day.changes for day in self.days), default=0)


@dataclass(frozen=True, slots=True)
class Track:
    """The way along what was so, as known then where that was asked, and the way along what was known of it.

    `has_backfill` is whether something shown here was entered later than it became known.
    """

    so: Way
    known: Way
    has_backfill: bool


def track_of(scene: Scene, *, now: datetime) -> Track:
    """The changes around the scene's moment on both clocks; five queries."""
    entries = _entries(scene)
    told = known_by(entries, scene.moment.known_at)
    so_by_then = entries.filter(effective_at__lte=scene.at)
    return Track(
        so=_way("as_of", told, scene.at, now),
        known=_way("known_at", so_by_then, scene.moment.known_at or now, now),
        has_backfill=has_backfill(scene),
    )


def has_backfill(scene: Scene) -> bool:
    """Whether something that the scene shows was entered later than it became known; one query."""
    return told_by(_entries(scene), scene.moment).filter(backfilled=True).exists()


def is_any_backfilled(scenes: Sequence[Scene]) -> bool:
    """The same of several negotiations: one query; at their latest moments nothing is said of it."""
    past = {scene.negotiation.pk: scene.moment for scene in scenes if scene.moment.is_past}
    if not past:
        return False
    entries = Entry.objects.visible_to(scenes[0].viewer).exclude(NOT_COVERAGE)
    return told_in(entries, past).filter(backfilled=True).exists()


def _entries(scene: Scene) -> QuerySet[Entry]:
    return Entry.objects.visible_to(scene.viewer).filter(negotiation=scene.negotiation).exclude(NOT_COVERAGE)


def _way(clock: str, entries: QuerySet[Entry], at: datetime, now: datetime) -> Way:
    name = CLOCKS[clock]
    moments = entries.values_list(name, flat=True)
    before = list(moments.filter(**{f"{name}__lte": at}).order_by(f"-{name}")[: REACH + 1])
    after = list(moments.filter(**{f"{name}__gt": at, f"{name}__lte": now}).order_by(name)[: REACH + 1])
    days = groupby([*reversed(before[:REACH]), *after[:REACH]], key=lambda moment: localtime(moment).date())
    return Way(
        clock=clock,
        at=at,
        days=tuple(TrackDay(on, len(list(found))) for on, found in days),
        # One change back is the state before the one that made this.
        previous=next((moment for moment in before if moment < before[0]), None) if before else None,
        next=after[0] if after else None,
        is_cut_before=len(before) > REACH,
        is_cut_after=len(after) > REACH,
    )
