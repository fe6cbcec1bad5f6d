"""What the rules need to know of a negotiation: plain values, named as in the domain.

Keys are opaque: whatever identifies a row to the caller. Selectors fill these from `.values()`,
with only what the reader may see; a rule never asks for more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol, TypeAlias

from .codes import ConditionKind, ConditionStatus, DisputeStatus, GateAuthority

# Any hashable: mappings are invariant in their keys, so a narrower name would refuse `dict[UUID, ...]`.
Key: TypeAlias = Any

HOLDING = frozenset({ConditionStatus.MET, ConditionStatus.WAIVED})
SETTLED = HOLDING | {ConditionStatus.SUPERSEDED}
# Deferred and dormant disputes are not worked on, but what they hold stays held.
CLOSED_DISPUTES = frozenset({DisputeStatus.RESOLVED, DisputeStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Condition:
    """An obligation and where it stands; `met_at` is when it became met, where that is known."""

    id: Key
    ref: str = ""
    phase: Key | None = None
    clause: Key | None = None
    kind: str = ConditionKind.MILESTONE
    category: str = ""
    obligors: tuple[Key, ...] = ()
    beneficiary: Key | None = None
    verifier: Key | None = None
    agreement_state: str = ""
    specificity: int | None = None
    status: str = ConditionStatus.NOT_ASSESSED
    status_since: datetime | None = None
    met_at: datetime | None = None
    value: Decimal | None = None
    verification_access: str = ""
    target: Decimal | None = None
    unit: str = ""
    comparator: str = ""
    per: str = ""
    ratio_to: Key | None = None
    due_anchor: str = ""
    due_at: datetime | None = None
    due_phase: Key | None = None
    due_condition: Key | None = None
    due_offset: timedelta | None = None
    extended_to: datetime | None = None
    long_stop_at: datetime | None = None
    review_interval: timedelta | None = None
    checked_at: datetime | None = None
    evidence_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Met or waived: what its gates wait for has happened."""
        return self.status in HOLDING

    @property
    def is_settled(self) -> bool:
        """Nothing waits for it any more: met, waived, or out because superseded."""
        return self.status in SETTLED

    @property
    def became_met_at(self) -> datetime | None:
        """When it became met; None while it is not, unless the caller knows an earlier `met_at`."""
        return self.met_at or (self.status_since if self.status == ConditionStatus.MET else None)


@dataclass(frozen=True, slots=True)
class Phase:
    """A step of the roadmap: assessed and declared apart, planned and actual apart."""

    id: Key
    number: int
    status: str
    declared_status: str = ""
    declared_by: Key | None = None
    declared_at: datetime | None = None
    planned_start_anchor: str = ""
    planned_start_at: datetime | None = None
    planned_start_phase: Key | None = None
    planned_start_offset: timedelta | None = None
    planned_end_anchor: str = ""
    planned_end_at: datetime | None = None
    planned_end_phase: Key | None = None
    planned_end_offset: timedelta | None = None
    extended_to: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """That `condition` must hold before `phase` starts, and who says so."""

    id: Key
    phase: Key
    condition: Key
    authority: str = GateAuthority.TEXT
    asserted_by: tuple[Key, ...] = ()
    clause: Key | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """That `condition` requires, triggers or answers `other`; `ratio` is units of it for one of `other`."""

    id: Key
    condition: Key
    other: Key
    type: str
    offset: timedelta | None = None
    ratio: Decimal | None = None
    clause: Key | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement over conditions, a phase or a gate itself."""

    id: Key
    ref: str = ""
    status: str = DisputeStatus.OPEN
    rung: str = ""
    conditions: tuple[Key, ...] = ()
    phase: Key | None = None
    gate: Key | None = None

    @property
    def is_holding(self) -> bool:
        """Every dispute that is neither resolved nor withdrawn holds what it touches."""
        return self.status not in CLOSED_DISPUTES


class Withdrawable(Protocol):
    """A gate, a link or a statement that somebody may have withdrawn."""

    @property
    def withdrawn_at(self) -> datetime | None: ...


class Referred(Protocol):
    """Anything with a key and the short ref people call it by."""

    @property
    def id(self) -> Key: ...
    @property
    def ref(self) -> str: ...


def is_standing(item: Withdrawable, at: datetime) -> bool:
    """Return whether it is in force at `at`; it no longer is from the moment of withdrawal on."""
    return item.withdrawn_at is None or item.withdrawn_at > at


def reading_order(item: Referred) -> tuple[tuple[tuple[int, str], ...], str]:
    """Return a sort key that puts C2 before C10, the same whatever order rows arrive in."""
    return natural_key(item.ref), str(item.id)


def natural_key(ref: str) -> tuple[tuple[int, str], ...]:
    """Return a ref cut into words and numbers, so that C2 comes before C10."""
    parts: Iterable[str] = re.findall(r"\d+|\D+", ref)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
