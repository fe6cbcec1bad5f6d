"""Where actors stand: the latest statement of each, what it was before, and reversals; never an average."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .codes import Stance
from .facts import Key

# Left to right as drawn; silent and unknown stand off the ruler.
RULER = (Stance.REJECTS, Stance.UNDECIDED, Stance.ACCEPTS_WITH_CONDITIONS, Stance.ACCEPTS)
_SIDE = {Stance.REJECTS: -1, Stance.ACCEPTS_WITH_CONDITIONS: 1, Stance.ACCEPTS: 1}


@dataclass(frozen=True, slots=True)
class Position:
    """One dated statement; `subject` is the dispute, condition or proposal it is about."""

    id: Key
    actor: Key
    subject: Key
    stance: str
    stated_at: datetime

    @property
    def is_on_ruler(self) -> bool:
        return self.stance in RULER


@dataclass(frozen=True, slots=True)
class Move:
    """From one statement to the next that says something else.

    `is_reversal`: from rejecting to accepting, conditions or not, or the other way, whatever was
    undecided or silent between.
    """

    before: Position
    after: Position
    is_reversal: bool


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an actor stands on something: the current statement, and the last that was on the ruler.

    They differ where the actor has since been silent, or where we no longer know.
    """

    current: Position
    last_on_ruler: Position | None
    moves: tuple[Move, ...] = ()

    @property
    def reversals(self) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.is_reversal)


def stands(positions: Iterable[Position], *, at: datetime | None = None) -> dict[tuple[Key, Key], Stand]:
    """Return the stand of every (actor, subject), from statements made by `at`.

    Of statements of the same moment the one given later stands: pass them in order of insertion.
    """
    said: dict[tuple[Key, Key], list[Position]] = defaultdict(list)
    for one in sorted(positions, key=lambda one: one.stated_at):
        if at is None or one.stated_at <= at:
            said[one.actor, one.subject].append(one)
    return {
        key: Stand(
            current=line[-1],
            last_on_ruler=next((one for one in reversed(line) if one.is_on_ruler), None),
            moves=tuple(_moves(line)),
        )
        for key, line in said.items()
    }


def _moves(line: list[Position]) -> Iterable[Move]:
    side, before = 0, line[0]
    for after in line:
        now = _SIDE.get(Stance(after.stance), 0)
        if after.stance != before.stance:
            yield Move(before, after, is_reversal=side * now < 0)
        side, before = now or side, after
