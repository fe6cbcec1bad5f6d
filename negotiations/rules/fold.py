"""From entries to states: what was so at a moment, as known at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What the fold needs of an entry: its number, its clocks, what it replaces and what it changes."""

    seq: int
    effective_at: datetime
    recorded_at: datetime
    changes: Mapping[str, Sequence[Any]]
    supersedes: int | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """Values that held from `start` until `end` (None: still), as known from `known_from` until `known_until`."""

    start: datetime
    end: datetime | None
    known_from: datetime
    known_until: datetime | None
    values: Values = field(hash=False)


def standing(entries: Iterable[Told], told: Iterable[Told] | None = None) -> list[Told]:
    """The entries that none of the others supersedes, in the order in which their changes took effect.

    Entries that take effect at the same moment go by the order of insertion; one that supersedes
    another stands in its place, and in the place of what that one superseded. `told` are all of the subject's
    (None: just these), since a correction may have been known before what it corrects. What is dated before
    the first of them says nothing, because there was nothing yet.
    """
    known = sorted(entries, key=lambda entry: entry.seq)
    everything = known if told is None else list(told)
    before = {entry.seq: entry.supersedes for entry in everything if entry.supersedes is not None}
    first = min((entry.seq for entry in everything), default=None)
    place: dict[int, int] = {}
    replaced: set[int] = set()
    for entry in known:
        spoken = entry.seq
        while spoken in before:
            spoken = before[spoken]
            replaced.add(spoken)
        place[entry.seq] = spoken
    kept = [entry for entry in known if entry.seq not in replaced]
    kept.sort(key=lambda entry: (entry.effective_at, place[entry.seq]))
    beginning = next((at for at, entry in enumerate(kept) if place[entry.seq] == first), len(kept))
    return kept[beginning:]


def state(entries: Iterable[Told], *, as_of: datetime | None = None, known_at: datetime | None = None) -> Values | None:
    """The values at `as_of` as known at `known_at` (None: now); None where the subject was not there yet.

    `entries` are all of the subject's, also those that were not known then.
    """
    told = list(entries)
    known = [entry for entry in told if known_at is None or entry.recorded_at <= known_at]
    values: Values | None = None
    for entry in standing(known, told):
        if as_of is not None and entry.effective_at > as_of:
            break
        values = {**(values or {}), **{name: pair[1] for name, pair in entry.changes.items()}}
    return values


def timeline(entries: Iterable[Told], told: Iterable[Told] | None = None) -> list[tuple[datetime, Values]]:
    """Each moment at which something changed, with the values from then on; `told` as in `standing`."""
    line: list[tuple[datetime, Values]] = []
    for entry in standing(entries, told):
        values = {**(line[-1][1] if line else {}), **{name: pair[1] for name, pair in entry.changes.items()}}
        if line and line[-1][0] == entry.effective_at:
            line[-1] = (entry.effective_at, values)
        elif not line or line[-1][1] != values:
            line.append((entry.effective_at, values))
    return line


def segments(entries: Sequence[Told]) -> list[Segment]:
    """Every distinct state of a subject over both clocks; rebuilding from these answers any question.

    For each moment at which something became known, the whole line as known then; lines that say
    the same are joined. Quadratic in the entries of one subject, which are few.
    """
    learnt = sorted({entry.recorded_at for entry in entries})
    done: list[Segment] = []
    open_segments: dict[tuple[datetime, datetime | None], Segment] = {}
    for moment in learnt:
        line = timeline([entry for entry in entries if entry.recorded_at <= moment], entries)
        ends = [*(start for start, _ in line[1:]), None]
        current = {(start, end): values for (start, values), end in zip(line, ends, strict=False)}
        for span, segment in list(open_segments.items()):
            if current.get(span) != segment.values:
                done.append(Segment(*span, segment.known_from, moment, segment.values))
                del open_segments[span]
        for span, values in current.items():
            if span not in open_segments:
                open_segments[span] = Segment(*span, moment, None, values)
    return done + list(open_segments.values())
