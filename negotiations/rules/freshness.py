"""How old our knowledge of a condition is: when somebody last checked, and how new the evidence is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .codes import Code, ConditionKind, ConditionStatus
from .codes.base import gettext_noop as _
from .facts import Condition, Key

# Due for a check when this part of the review interval has gone by.
DUE_FROM = 0.8
_NEVER = frozenset({ConditionStatus.WAIVED, ConditionStatus.SUPERSEDED})


class Freshness(Code):
    FRESH = "fresh", _("Fresh")
    DUE = "due", _("Due for a check")
    STALE = "stale", _("Stale")
    NOT_REVIEWED = "not_reviewed", _("Not under review"), _("It is done with, or has no review interval.")


@dataclass(frozen=True, slots=True)
class Ages:
    """Two ages, never mixed: since the last check, and of the newest evidence.

    `state` follows the check alone; fresh evidence nobody looked at does not make a condition checked.
    `flips_at` is when `state` next changes by the mere passing of time.
    """

    condition: Key
    state: Freshness
    checked_at: datetime | None = None
    evidence_at: datetime | None = None
    checked_age: timedelta | None = None
    evidence_age: timedelta | None = None
    due_at: datetime | None = None
    stale_at: datetime | None = None
    flips_at: datetime | None = None

    @property
    def is_due(self) -> bool:
        return self.state is Freshness.DUE

    @property
    def is_stale(self) -> bool:
        return self.state is Freshness.STALE


def is_reviewed(condition: Condition) -> bool:
    """Return whether the condition can go stale: not when waived, superseded or met for good.

    A continuous condition that is met must keep holding, so it does.
    """
    if condition.review_interval is None or condition.status in _NEVER:
        return False
    return condition.status != ConditionStatus.MET or condition.kind == ConditionKind.CONTINUOUS


def ages(condition: Condition, *, at: datetime) -> Ages:
    """Return both ages at `at`; what was never checked is due, and cannot be stale."""
    checked, evidence, interval = condition.checked_at, condition.evidence_at, condition.review_interval
    checked_age = at - checked if checked else None
    evidence_age = at - evidence if evidence else None
    if not is_reviewed(condition) or interval is None:
        return Ages(condition.id, Freshness.NOT_REVIEWED, checked, evidence, checked_age, evidence_age)
    if checked is None:
        return Ages(condition.id, Freshness.DUE, None, evidence, None, evidence_age)
    due_at, stale_at = checked + interval * DUE_FROM, checked + interval
    state, flips_at = _state(due_at, stale_at, at)
    return Ages(condition.id, state, checked, evidence, checked_age, evidence_age, due_at, stale_at, flips_at)


def _state(due_at: datetime, stale_at: datetime, at: datetime) -> tuple[Freshness, datetime | None]:
    if at < due_at:
        return Freshness.FRESH, due_at
    if at <= stale_at:
        return Freshness.DUE, stale_at
    return Freshness.STALE, None
