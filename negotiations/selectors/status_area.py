"""How many of a phase's entry conditions had which status, day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from negotiations.history.moment import Moment
from negotiations.history.spans import spans_of
from negotiations.rules.codes import ConditionStatus

# From what counts, at the bottom, to what nobody has looked at.
ORDER = (
    ConditionStatus.MET,
    ConditionStatus.WAIVED,
    ConditionStatus.REPORTED_MET,
    ConditionStatus.PARTLY_MET,
    ConditionStatus.IN_PROGRESS,
    ConditionStatus.CONTESTED,
    ConditionStatus.SUSPENDED,
    ConditionStatus.BREACHED,
    ConditionStatus.NOT_STARTED,
    ConditionStatus.NOT_ASSESSED,
)


@dataclass(frozen=True, slots=True)
class Step:
    """From this moment on so many conditions stood at each status; those not listed at none."""

    at: datetime
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class StatusArea:
    """The counts over time until the moment asked about."""

    steps: tuple[Step, ...]
    until: datetime
    total: int

    @property
    def statuses(self) -> tuple[ConditionStatus, ...]:
        """The statuses that occur, in the order they are stacked in."""
        seen = {code for step in self.steps for code, count in step.counts.items() if count}
        return tuple(code for code in ORDER if code in seen)


def status_area(conditions: Sequence[Any], moment: Moment) -> StatusArea | None:
    """Count the statuses of visible conditions over time; None where fewer than two moments are known.

    Superseded conditions are out of the count, as they are out of the gate.
    """
    keys = [row.public_id for row in conditions]
    spans = spans_of(keys, "status", until=moment.at, known_at=moment.known_at)
    moments = sorted({span.since for found in spans.values() for span in found})
    steps: list[Step] = []
    for start in moments:
        held = Counter(
            span.value
            for found in spans.values()
            for span in found
            if span.since <= start and (span.until is None or span.until > start)
        )
        held.pop(ConditionStatus.SUPERSEDED, None)
        if not steps or steps[-1].counts != dict(held):
            steps.append(Step(start, dict(held)))
    if len(steps) < 2:
        return None
    return StatusArea(tuple(steps), moment.at, max(sum(step.counts.values()) for step in steps))
