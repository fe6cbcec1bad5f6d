"""The queue of deliveries in the database: claiming a batch, and the marks that say how far each one is.

Marks that wait for the disk are made for several mails at once: that they are about to leave, and what
became of them. Between the two each mail is marked by itself, without waiting for the disk, just before it
leaves. A worker that is killed leaves exact marks behind, since the database outlives it. Only if the
database falls as well may the quick marks be lost with it; then what was about to leave is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakSet

import orjson
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Q, QuerySet

from negotiations.models import Delivery, Stream
from negotiations.rules.codes import DeliveryState, DeliveryTrouble

# What is claimed and written by what is known at one moment, and how many of those leave under one mark.
BATCH, GROUP = 200, 20
Heads = Mapping[int, int]
# Longer than any conversation with a mail server: each of its steps has EMAIL_TIMEOUT.
LEASE = timedelta(minutes=5)

# The array is made once; a subquery in its place may be run again for each row, and claim more than the batch.
CLAIM = """
    UPDATE negotiations_delivery SET state = 'claimed', claimed_by = %(worker)s, claimed_until = %(until)s
    WHERE id = ANY(ARRAY(
        SELECT d.id FROM negotiations_delivery d JOIN negotiations_subscription s ON s.id = d.subscription_id
        WHERE d.channel <> 'webhook' AND s.paused_at IS NULL
          AND (d.state = 'waiting' AND coalesce(d.next_try_at, d.due_at) <= %(now)s
               OR d.state = 'claimed' AND d.claimed_until < %(now)s)
        ORDER BY d.next_try_at, d.id LIMIT %(batch)s FOR UPDATE OF d SKIP LOCKED
    )) RETURNING id
"""
# What became of some, and that the next few are about to leave: one wait for the disk for all of them.
SETTLE_AND_BEGIN = """
    WITH settled AS (
        UPDATE negotiations_delivery AS one SET state = found.state, settled_at = found.settled_at,
            trouble = found.trouble, next_try_at = found.next_try_at, attempts = one.attempts + found.tries,
            marking = coalesce(found.marking, one.marking), claimed_by = '', claimed_until = NULL,
            told = CASE WHEN found.marking IS NULL THEN one.told
                   ELSE ARRAY(SELECT jsonb_array_elements_text(found.told)::bigint) END
        FROM jsonb_to_recordset(%(settled)s::jsonb) AS found (
            delivery bigint, state text, settled_at timestamptz, trouble text, next_try_at timestamptz,
            tries integer, marking text, told jsonb
        )
        WHERE one.id = found.delivery AND one.state IN ('claimed', 'sending') AND one.claimed_by = %(worker)s
    )
    UPDATE negotiations_delivery AS one SET state = 'sending', claimed_until = %(until)s, handed_at = NULL,
        begun_at = clock_timestamp(), message_id = leaving.message_id, address = leaving.address,
        marking = leaving.marking, told = ARRAY(SELECT jsonb_array_elements_text(leaving.told)::bigint)
    FROM jsonb_to_recordset(%(leaving)s::jsonb) AS leaving (
        delivery bigint, message_id text, address text, marking text, told jsonb
    )
    WHERE one.id = leaving.delivery AND one.state = 'claimed' AND one.claimed_by = %(worker)s
    RETURNING one.id
"""
# The one statement between two mails, which looks once more at what may take from a reader what they could read
# when the batch was begun. No index has what it changes, and its commit does not wait for the disk:
# what it says is of use to those who find that its worker is gone.
LEAVE = """
    UPDATE negotiations_delivery AS one SET handed_at = clock_timestamp(), claimed_until = %(until)s,
        attempts = one.attempts + 1
    FROM negotiations_subscription s JOIN negotiations_user u ON u.id = s.user_id,
        (SELECT set_config('synchronous_commit', 'off', true)) AS quickly
    WHERE one.id = %(delivery)s AND one.state = 'sending' AND one.claimed_by = %(worker)s
      AND s.id = one.subscription_id AND s.ended_at IS NULL AND s.paused_at IS NULL
      AND u.is_active AND u.email = one.address
      AND NOT EXISTS (
          SELECT FROM unnest(%(streams)s::bigint[], %(heads)s::bigint[]) AS read (stream_id, head)
          JOIN negotiations_stream st ON st.id = read.stream_id AND st.head > read.head
          CROSS JOIN LATERAL (
              SELECT FROM negotiations_entry e
              WHERE e.stream_id = read.stream_id AND e.seq > read.head AND e.verb IN (
                  'membership.granted', 'membership.changed', 'membership.ended', 'marking.narrowed', 'marking.widened',
                  'entry.redacted', 'negotiation.edited', 'negotiation.published'
              )
              LIMIT 1
          ) AS limited
      )
    RETURNING one.id
"""
# To plan the statement takes longer than to run it, so a connection plans it once.
PARAMETERS = {
    "worker": "text", "until": "timestamptz", "delivery": "bigint", "streams": "bigint[]", "heads": "bigint[]",
}  # fmt: skip
PLACES = {name: f"${place}" for place, name in enumerate(PARAMETERS, start=1)}
PREPARE = f"PREPARE leave ({', '.join(PARAMETERS.values())}) AS {LEAVE % PLACES}"
EXECUTE = f"EXECUTE leave ({', '.join(f'%({name})s' for name in PARAMETERS)})"
PLANNED: WeakSet[Any] = WeakSet()
# A pooler may hand out another session than the one that planned: no such statement, or already one.
ELSEWHERE = ("26000", "42P05")
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
        WHERE lost.state = 'sending' AND lost.claimed_until < %(now)s AND lost.channel <> 'webhook'
    ) AS found,
    LATERAL (SELECT found.state, CASE found.state WHEN 'unknown' THEN %(trouble)s ELSE '' END) AS fate (state, trouble)
    WHERE one.id = found.id AND one.state = 'sending' AND one.claimed_until < %(now)s
    RETURNING one.state
"""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a delivery; `next_try_at` where it waits for another try.

    `marking` and `told` are for what nothing was handed over for; what was has them since it began.
    """

    delivery: int
    state: str
    settled_at: datetime | None = None
    trouble: str = ""
    next_try_at: datetime | None = None
    marking: str | None = None
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


def heads_of(batch: Iterable[Delivery]) -> Heads:
    """The ends of the streams that a batch may speak of; to be read before anybody's rights are."""
    rows = list(batch)
    streams = Stream.objects.filter(negotiation__isnull=False)
    if not any(row.subscription.negotiation_id is None and row.subscription.tells_nothing for row in rows):
        named = {row.subscription.negotiation_id for row in rows}
        streams = streams.filter(negotiation__in=named | {int(key) for row in rows for key in row.ranges})
    return dict(streams.values_list("pk", "head"))


def settle_and_begin(
    worker: str, settled: Sequence[Settled], leaving: Sequence[Leaving], now: datetime
) -> frozenset[int]:
    """Settle what was sent or needs no sending, and mark the next few as about to leave.

    Returns those that are this worker's still: nothing else may leave. Committed, and on disk, when it returns.
    """
    if not settled and not leaving:
        return frozenset()
    values: dict[str, Any] = {
        "worker": worker,
        "until": now + LEASE,
        "settled": _rows(settled),
        "leaving": _rows(leaving),
    }
    with connection.cursor() as cursor:
        cursor.execute(SETTLE_AND_BEGIN, values)
        return frozenset(key for (key,) in cursor.fetchall())


def _rows(found: Sequence[Settled] | Sequence[Leaving]) -> str:
    """As a record set; field by field, since `asdict` would copy what is told of each."""
    rows = [{name: getattr(one, name) for name in one.__slots__} for one in found]
    return orjson.dumps(rows).decode()


def leave(worker: str, delivery: int, now: datetime, heads: Heads) -> bool:
    """Mark one mail as leaving now.

    False where it must not: it is not this worker's any more, its recipient ended the subscription, moved
    or lost the account since, or somebody's rights changed since `heads` were read, so that it has to be
    written anew.
    """
    values: dict[str, Any] = {
        "worker": worker,
        "until": now + LEASE,
        "delivery": delivery,
        "streams": list(heads),
        "heads": list(heads.values()),
    }
    with connection.cursor() as cursor:
        _run(cursor, values)
        return cursor.fetchone() is not None


def _run(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    """Run the planned statement, or the plain one where the session that planned it is another's now."""
    session = connection.connection
    try:
        if session not in PLANNED:
            cursor.execute(PREPARE)
            PLANNED.add(session)
        cursor.execute(EXECUTE, values)
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", "") not in ELSEWHERE:
            raise
        cursor.execute(LEAVE, values)


def keep(worker: str, now: datetime) -> None:
    """Hold on to what is claimed and has not left, where a batch takes long."""
    _mine(worker).update(claimed_until=now + LEASE)


def release(worker: str, again_at: datetime) -> int:
    """Give back what is claimed and has not left; returns how many."""
    return _mine(worker).update(state=DeliveryState.WAITING, claimed_by="", claimed_until=None, next_try_at=again_at)


def _mine(worker: str) -> QuerySet[Delivery]:
    has_not_left = Q(state=DeliveryState.CLAIMED) | Q(state=DeliveryState.SENDING, handed_at=None)
    return Delivery.objects.filter(has_not_left, claimed_by=worker)
