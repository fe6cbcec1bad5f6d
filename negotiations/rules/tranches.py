"""Reciprocal deliveries: what each side has delivered, tranche by tranche, and what is owed now.

Counts are kept apart by who counts. A reader may compare ledgers; nothing adds them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .facts import Key

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Count:
    """How much of `condition` was delivered in one tranche, as `counted_by` an actor, None: as assessed here."""

    condition: Key
    tranche: int
    amount: Decimal
    counted_by: Key | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """What the text asks of `condition` in one tranche."""

    condition: Key
    tranche: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Exchange:
    """That `condition` answers `other`: by `ratio` units for each of the other's, or tranche for tranche.

    Without a ratio, a tranche of `condition` is owed in full once the same tranche of `other` is complete.
    """

    condition: Key
    other: Key
    ratio: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One tranche, or the total (`tranche` None), by one count; amounts nobody counted are None, never 0.

    `due` is what `condition` should have delivered for what the other side has, `owed` the part of it
    not delivered, negative where it is ahead. `short` is what the tranche lacks of its quota.
    """

    tranche: int | None
    other_delivered: Decimal | None
    delivered: Decimal | None
    due: Decimal | None
    owed: Decimal | None
    other_quota: Decimal | None = None
    quota: Decimal | None = None

    @property
    def short(self) -> Decimal | None:
        return _short(self.quota, self.delivered)

    @property
    def other_short(self) -> Decimal | None:
        return _short(self.other_quota, self.other_delivered)


@dataclass(frozen=True, slots=True)
class Ledger:
    """An exchange by one actor's count; where it counted nothing, the count assessed here stands in.

    `own` are the (condition, tranche) pairs it counted itself. `counted_by` None is the assessed ledger.
    """

    counted_by: Key | None
    rows: tuple[Row, ...]
    total: Row
    own: frozenset[tuple[Key, int]]


def ledgers(exchange: Exchange, counts: Iterable[Count], quotas: Iterable[Quota] = ()) -> tuple[Ledger, ...]:
    """Return the assessed ledger first, then one for each actor with a count of its own.

    Of several counts by the same actor for the same tranche the last one given stands: pass them in
    the order in which they were made.
    """
    pair = {exchange.condition, exchange.other}
    mine = [count for count in counts if count.condition in pair]
    asked = {(quota.condition, quota.tranche): quota.amount for quota in quotas if quota.condition in pair}
    by_actor: dict[Key | None, dict[tuple[Key, int], Decimal]] = {None: {}}
    for count in mine:
        by_actor.setdefault(count.counted_by, {})[count.condition, count.tranche] = count.amount
    tranches = sorted({tranche for _condition, tranche in asked} | {count.tranche for count in mine})
    actors = sorted((actor for actor in by_actor if actor is not None), key=str)
    return tuple(
        _ledger(exchange, actor, {**by_actor[None], **by_actor[actor]}, frozenset(by_actor[actor]), asked, tranches)
        for actor in (None, *actors)
    )


def _ledger(
    exchange: Exchange,
    actor: Key | None,
    amounts: dict[tuple[Key, int], Decimal],
    own: frozenset[tuple[Key, int]],
    asked: dict[tuple[Key, int], Decimal],
    tranches: Sequence[int],
) -> Ledger:
    rows = tuple(_row(exchange, tranche, amounts, asked) for tranche in tranches)
    return Ledger(actor, rows, _total(exchange, rows), own)


def _row(
    exchange: Exchange,
    tranche: int,
    amounts: dict[tuple[Key, int], Decimal],
    asked: dict[tuple[Key, int], Decimal],
) -> Row:
    theirs, mine = amounts.get((exchange.other, tranche)), amounts.get((exchange.condition, tranche))
    their_quota, quota = asked.get((exchange.other, tranche)), asked.get((exchange.condition, tranche))
    due = _due(exchange.ratio, theirs, their_quota, quota)
    return Row(tranche, theirs, mine, due, _owed(due, mine), their_quota, quota)


def _total(exchange: Exchange, rows: Sequence[Row]) -> Row:
    theirs, mine = _sum(row.other_delivered for row in rows), _sum(row.delivered for row in rows)
    if exchange.ratio is None:
        due = _sum(row.due for row in rows)
    else:
        due = None if theirs is None else exchange.ratio * theirs
    quotas = _sum(row.other_quota for row in rows), _sum(row.quota for row in rows)
    return Row(None, theirs, mine, due, _owed(due, mine), *quotas)


def _due(
    ratio: Decimal | None, theirs: Decimal | None, their_quota: Decimal | None, quota: Decimal | None
) -> Decimal | None:
    if theirs is None:
        return None
    if ratio is not None:
        return ratio * theirs
    if their_quota is None or quota is None:
        return None
    return quota if theirs >= their_quota else ZERO


def _owed(due: Decimal | None, delivered: Decimal | None) -> Decimal | None:
    # What is due and of which nobody reports any delivery is owed in full.
    return None if due is None else due - (delivered or ZERO)


def _short(quota: Decimal | None, delivered: Decimal | None) -> Decimal | None:
    return None if quota is None or delivered is None else max(quota - delivered, ZERO)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if known else None
