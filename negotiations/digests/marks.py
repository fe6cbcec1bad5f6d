"""The queue of deliveries in the database: claiming a batch, and the marks that say how far each one is.

Marks that wait for the disk are made for several mails at once: that they are about to leave, and what
became of them. Between the two each mail is marked by itself, without waiting for the disk, just before it
leaves. A worker that is killed leaves exact marks behind, since the database outlives it. Only if the
database falls as well may the quick marks be lost with it; then what was about to leave is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.db import connection
from django.db.models import Q, QuerySet

from negotiations.models import Delivery
from negotiations.rules.codes import DeliveryState, DeliveryTrouble

from .editions import Editions

# What is claimed and written by what is known at one moment, and how many of those leave under one mark.
BATCH, GROUP = 200, 50
# Longer than any conversation with a mail server: each of its steps has EMAIL_TIMEOUT.
LEASE = timedelta(minutes=5)

# The array is made once; a subquery in its place may be run again for each row, and claim more than the batch.
CLAIM = """
    UPDATE negotiations_delivery SET state = 'claimed', claimed_by = %(worker)s, claimed_until = %(until)s
    WHERE id = ANY(ARRAY(
        SELECT d.id FROM negotiations_delivery d
        WHERE d.settled_at IS NULL AND d.channel <> 'webhook' AND coalesce(d.next_try_at, d.due_at) <= %(now)s
          AND (d.state = 'waiting' OR d.state = 'claimed' AND d.claimed_until < %(now)s)
          AND (SELECT s.paused_at IS NULL FROM negotiations_subscription s WHERE s.id = d.subscription_id)
        ORDER BY coalesce(d.next_try_at, d.due_at), d.id LIMIT %(batch)s FOR UPDATE OF d SKIP LOCKED
    )) RETURNING id
"""
# What became of some, and that the next few are about to leave: one wait for the disk for all of them.
SETTLE_AND_BEGIN = """
    WITH settled AS (
        UPDATE negotiations_delivery AS one SET state = found.state, settled_at = found.settled_at,
            trouble = found.trouble, next_try_at = found.next_try_at, attempts = one.attempts + found.tries,
            edition_id = coalesce(found.edition, one.edition_id), claimed_by = '', claimed_until = NULL
        FROM jsonb_to_recordset(%(settled)s::jsonb) AS found (
            delivery bigint, state text, settled_at timestamptz, trouble text, next_try_at timestamptz,
            tries integer, edition bigint
        )
        WHERE one.id = ANY(%(settled_ids)s) AND one.id = found.delivery
          AND one.state IN ('claimed', 'sending') AND one.claimed_by = %(worker)s
    )
    UPDATE negotiations_delivery AS one SET state = 'sending', claimed_until = %(until)s, handed_at = NULL,
        begun_at = clock_timestamp(), message_id = leaving.message_id, address = leaving.address,
        marking = leaving.marking, edition_id = leaving.edition
    FROM jsonb_to_recordset(%(leaving)s::jsonb) AS leaving (
        delivery bigint, message_id text, address text, marking text, edition bigint
    )
    WHERE one.id = ANY(%(leaving_ids)s) AND one.id = leaving.delivery
      AND one.state = 'claimed' AND one.claimed_by = %(worker)s
    RETURNING one.id
"""
# Of a worker that is gone: what never left waits again; of what left, all but the last were taken, since any
# other answer is kept at once. Where the database fell since, the marks of leaving may have been lost.
SETTLE_LOST = """
    UPDATE negotiations_delivery AS one SET state = fate.state, trouble = fate.trouble,
        settled_at = CASE fate.state WHEN 'waiting' THEN NULL WHEN 'sent' THEN one.handed_at ELSE %(now)s END,
        next_try_at = CASE fate.state WHEN 'waiting' THEN %(now)s END, claimed_by = '', claimed_until = NULL
    FROM (
        SELECT lost.id, CASE
            WHEN lost.begun_at < pg_postmaster_start_time() THEN 'unknown'
            WHEN lost.handed_at IS NULL THEN 'waiting'
            WHEN lost.handed_at < max(lost.handed_at) OVER (PARTITION BY lost.claimed_by) THEN 'sent'
            ELSE 'unknown' END AS state
        FROM negotiations_delivery AS lost
        WHERE lost.settled_at IS NULL AND lost.state = 'sending' AND lost.claimed_until < %(now)s
          AND lost.channel <> 'webhook'
    ) AS found,
    LATERAL (SELECT found.state, CASE found.state WHEN 'unknown' THEN %(trouble)s ELSE '' END) AS fate (state, trouble)
    WHERE one.id = found.id AND one.state = 'sending' AND one.claimed_until < %(now)s
    RETURNING one.state
"""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a delivery; `next_try_at` where it waits for another try.

    `told` is for what nothing was handed over for; what was has it since it began.
    """

    delivery: int
    state: str
    settled_at: datetime | None = None
    trouble: str = ""
    next_try_at: datetime | None = None
    told: tuple[int, ...] = ()
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Leaving:
    """A delivery that is about to be handed over, and what of it is kept."""

    delivery: int
    message_id: str
    address: str
    marking: str
    told: tuple[int, ...]


def claim(worker: str, now: datetime, *, batch: int = BATCH) -> list[Delivery]:
    """Take a batch of what is due, for LEASE; what other workers hold is skipped, what they let go is taken.

    Deliveries of paused subscriptions wait. Channels other than webhooks, which have rows of their own.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"worker": worker, "now": now, "until": now + LEASE, "batch": batch})
        keys = [key for (key,) in cursor.fetchall()]
    rows = list(Delivery.objects.filter(pk__in=keys).select_related("user", "subscription").order_by("due_at", "pk"))
    for row in rows:
        # The same person; joined twice they would be read twice.
        row.subscription.user = row.user
    return rows


def settle_lost(now: datetime) -> int:
    """Settle what workers that are gone were about to hand over; returns how many have an unknown outcome."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLE_LOST, {"now": now, "trouble": DeliveryTrouble.CUT_OFF.value})
        return sum(state == DeliveryState.UNKNOWN for (state,) in cursor.fetchall())


def settle_and_begin(
    worker: str, settled: Sequence[Settled], leaving: Sequence[Leaving], now: datetime, editions: Editions
) -> frozenset[int]:
    """Settle what was sent or needs no sending, and mark the next few as about to leave.

    Returns those that are this worker's still: nothing else may leave. Committed, and on disk, when it returns.
    """
    if not settled and not leaving:
        return frozenset()
    editions.meet([*(one.told for one in settled), *(one.told for one in leaving)])
    values: dict[str, Any] = {
        "worker": worker,
        "until": now + LEASE,
        "settled": _rows(settled, editions),
        "leaving": _rows(leaving, editions),
        # Named beside the rows, so that they are found by their keys however long the table is.
        "settled_ids": [one.delivery for one in settled],
        "leaving_ids": [one.delivery for one in leaving],
    }
    with connection.cursor() as cursor:
        cursor.execute(SETTLE_AND_BEGIN, values)
        return frozenset(key for (key,) in cursor.fetchall())


def _rows(found: Sequence[Settled] | Sequence[Leaving], editions: Editions) -> str:
    """As a record set; field by field, since `asdict` would copy what is told of each."""
    rows = [
        {name: getattr(one, name) for name in one.__slots__ if name != "told"} | {"edition": editions.of(one.told)}
        for one in found
    ]
    return orjson.dumps(rows).decode()


def keep(worker: str, now: datetime) -> None:
    """Hold on to what is claimed and has not left, where a batch takes long."""
    _mine(worker).update(claimed_until=now + LEASE)


def held_beside(worker: str, people: Iterable[int], now: datetime) -> set[tuple[int, str]]:
    """By person and channel, whose deliveries another worker has in hand."""
    # What is leaving is in hand, however long it takes, until it is settled.
    in_hand = Q(state=DeliveryState.SENDING) | Q(state=DeliveryState.CLAIMED, claimed_until__gte=now)
    rows = Delivery.objects.filter(in_hand, user__in=list(people), settled_at=None).exclude(claimed_by=worker)
    return set(rows.values_list("user", "channel"))


def release(worker: str, again_at: datetime, *, only: Iterable[int] | None = None) -> int:
    """Give back what is claimed and has not left, or of that `only` these; returns how many."""
    mine = _mine(worker) if only is None else _mine(worker).filter(pk__in=list(only))
    return mine.update(state=DeliveryState.WAITING, claimed_by="", claimed_until=None, next_try_at=again_at)


def _mine(worker: str) -> QuerySet[Delivery]:
    has_not_left = Q(state=DeliveryState.CLAIMED) | Q(state=DeliveryState.SENDING, handed_at=None)
    return Delivery.objects.filter(has_not_left, claimed_by=worker, settled_at=None)
