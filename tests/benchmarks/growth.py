"""How the time to read a negotiation's readiness grows with it, measured in interleaved rounds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.history.moment import Moment
from negotiations.models import Negotiation
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.blocking import blockings
from negotiations.selectors.phase_state import phase_state
from negotiations.selectors.reckoning import reckon
from negotiations.selectors.scene import scene_of
from tests.factories import START

Read = Callable[[Negotiation], int]
AT = START + timedelta(days=60)


@dataclass(frozen=True)
class Growth:
    """One size: seconds of each round, and the same per condition as a ratio to the smallest size."""

    size: int
    queries: int
    seconds: tuple[float, ...]
    ratios: tuple[float, ...]

    @property
    def quartiles(self) -> tuple[float, float, float]:
        low, middle, high = statistics.quantiles(self.ratios, n=4) if len(self.ratios) > 1 else self.ratios * 3
        return low, middle, high

    def told(self) -> dict[str, object]:
        low, middle, high = self.quartiles
        return {
            "conditions": self.size,
            "queries": self.queries,
            "seconds_median": round(statistics.median(self.seconds), 4),
            "per_condition_to_smallest": {"q1": round(low, 3), "median": round(middle, 3), "q3": round(high, 3)},
        }


def read_readiness(negotiation: Negotiation) -> int:
    """Everything a reader is told of what blocks every phase; returns how many conditions are open in it."""
    reckoning = reckon(scene_of(negotiation, viewer=ANYBODY, moment=Moment(AT)))
    found = blockings(reckoning, [reckoning.readiness(pk) for pk in reckoning.phases])
    return sum(len(one.text.blocked) for one in found)


def read_document(negotiation: Negotiation) -> int:
    """The whole phase-state document of the API; returns how many conditions are in it."""
    document = phase_state(negotiation, viewer=ANYBODY, moment=Moment(AT))
    return len(document["conditions"]) if document else 0


def measure(read: Read, sizes: Mapping[int, Negotiation], *, rounds: int) -> list[Growth]:
    """Time every size in each round, one after the other, so that a busy machine slows all alike."""
    queries = {size: _queries(read, negotiation) for size, negotiation in sizes.items()}
    seconds: dict[int, list[float]] = {size: [] for size in sizes}
    for _round in range(rounds):
        for size, negotiation in sizes.items():
            seconds[size].append(_timed(read, negotiation))
    smallest = min(sizes)
    return [
        Growth(
            size,
            queries[size],
            tuple(seconds[size]),
            tuple((a / size) / (b / smallest) for a, b in zip(seconds[size], seconds[smallest], strict=True)),
        )
        for size in sizes
    ]


def _timed(read: Read, negotiation: Negotiation) -> float:
    start = time.perf_counter()
    read(negotiation)
    return time.perf_counter() - start


def _queries(read: Read, negotiation: Negotiation) -> int:
    with CaptureQueriesContext(connection) as captured:
        if not read(negotiation):
            raise AssertionError("nothing is open: the measurement would say nothing")
    return len(captured)
