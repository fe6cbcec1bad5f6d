"""What blocks a phase as pages and documents show it: conditions, disputes, clauses, waits, steps and readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from negotiations.models import Condition, Dispute
from negotiations.rules.codes import DisputeStatus
from negotiations.rules.steps import StepKind

from .people import Who
from .reckoning import label_of
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class Named:
    """A condition or dispute that something else refers to; `retracted` names sources taken back under its status."""

    kind: str
    public_id: UUID
    ref: str
    title: Words
    status: str
    status_label: str
    retracted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """The passage that says so."""

    public_id: UUID
    number: str
    instrument: Words
    text: Words
    is_paraphrase: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing a condition waits for: `on` a condition or dispute, or `actor`, a verifier kept out.

    `owed` is what the waiting side itself owes by `ratio` for what it has received, in `unit`.
    """

    kind: str
    kind_label: str
    is_binding: bool
    on: Named | None
    actor: Who | None
    ratio: Decimal | None
    owed: Decimal | None
    unit: Words
    clause: ClauseLine | None


@dataclass(frozen=True, slots=True)
class BlockedLine:
    """An open condition in the chain; `is_entry` where it is itself an entry condition of the phase."""

    pk: int
    condition: Named
    obligors: tuple[Who, ...]
    is_entry: bool
    is_blocked: bool
    layer: int
    group: int | None
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class MutualLine:
    """Conditions that wait for one another; `parties` would have to move together."""

    conditions: tuple[Named, ...]
    parties: tuple[Who, ...]


@dataclass(frozen=True, slots=True)
class UnlockLine:
    """What a step sets free at once: conditions with no other hold, phases with no other open gate."""

    conditions: tuple[Named, ...]
    phases: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A next step under the text: who is to act, on what, and which clauses say so."""

    kind: StepKind
    conditions: tuple[Named, ...]
    actors: tuple[Who, ...]
    clauses: tuple[ClauseLine, ...]
    held_by: tuple[Named, ...]
    dispute: Named | None
    owed: Decimal | None
    unit: Words
    unlocks: UnlockLine | None


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate, how it stands and why."""

    condition: Named
    standing: str
    standing_label: str
    reason: str
    clause: ClauseLine | None
    disputes: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class GateReading:
    """The gates by one authority, the text (`by` None) or an actor, with everything the open ones wait for.

    Without gates it tells of what is open in the phases under way.
    `chain` is the longest open chain from an entry condition to what waits for nothing.
    """

    by: Who | None
    satisfied: int
    open: int
    total: int
    gates: tuple[GateLine, ...]
    blocked: tuple[BlockedLine, ...]
    groups: tuple[MutualLine, ...]
    disputes: tuple[Named, ...]
    chain: tuple[tuple[Named, ...], ...]
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True)
class Blocking:
    """What blocks a phase by the text, and the readings of others beside it, never summed."""

    phase: int
    number: int
    title: Words
    at: datetime
    text: GateReading
    others: tuple[GateReading, ...]
    phase_disputes: tuple[Named, ...]


def named_condition(row: Condition, retracted: tuple[str, ...] = ()) -> Named:
    title = words_of(row, "title")
    return Named("condition", row.public_id, row.ref, title, row.status, label_of(row.status, row.kind), retracted)


def named_dispute(row: Dispute) -> Named:
    title = words_of(row, "title")
    return Named("dispute", row.public_id, row.ref, title, row.status, DisputeStatus(row.status).label)
