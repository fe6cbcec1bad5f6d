"""The queue of deliveries in the database: claiming a batch, and the marks that say how far each one is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakSet

from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet

from negotiations.models import Delivery, Stream
from negotiations.rules.codes import AlertChannel, DeliveryState, DeliveryTrouble

BATCH = 100
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
# One statement and one commit between two mails: what became of the last one, and that the next one leaves.
SETTLE_AND_BEGIN = """
    WITH settled AS (
        UPDATE negotiations_delivery SET state = %(state)s, settled_at = %(settled_at)s, trouble = %(trouble)s,
            next_try_at = %(next_try_at)s, claimed_by = '', claimed_until = NULL
        WHERE id = %(done)s AND state = 'sending' AND claimed_by = %(worker)s
    ), begun AS (
        UPDATE negotiations_delivery d SET state = 'sending', claimed_until = %(until)s, attempts = attempts + 1,
            message_id = %(message_id)s, address = %(address)s, marking = %(marking)s, told = %(told)s::bigint[]
        FROM negotiations_subscription s JOIN negotiations_user u ON u.id = s.user_id
        WHERE d.id = %(next)s AND d.state = 'claimed' AND d.claimed_by = %(worker)s
          AND s.id = d.subscription_id AND s.ended_at IS NULL AND s.paused_at IS NULL
          AND u.is_active AND u.email = %(address)s
          AND NOT EXISTS (
              SELECT FROM unnest(%(streams)s::bigint[], %(heads)s::bigint[]) AS read (stream_id, head)
              JOIN negotiations_entry e ON e.stream_id = read.stream_id AND e.seq > read.head
              WHERE e.verb = ANY(%(limiting)s)
          )
        RETURNING d.id
    ) SELECT count(*) FROM begun
"""
# To plan the statement takes longer than to run it, so a connection plans it once.
PARAMETERS = {
    "worker": "text", "until": "timestamptz", "done": "bigint", "state": "text", "settled_at": "timestamptz",
    "trouble": "text", "next_try_at": "timestamptz", "next": "bigint", "message_id": "text", "address": "text",
    "marking": "text", "told": "bigint[]", "streams": "bigint[]", "heads": "bigint[]", "limiting": "text[]",
}  # fmt: skip
PLACES = {name: f"${place}" for place, name in enumerate(PARAMETERS, start=1)}
PREPARE = f"PREPARE settle_and_begin ({', '.join(PARAMETERS.values())}) AS {SETTLE_AND_BEGIN % PLACES}"
EXECUTE = f"EXECUTE settle_and_begin ({', '.join(f'%({name})s' for name in PARAMETERS)})"
PLANNED: WeakSet[Any] = WeakSet()
# A pooler may hand out another session than the one that planned: no such statement, or already one.
ELSEWHERE = ("26000", "42P05")
# What may take from a reader what they could read when a batch was begun.
LIMITING = [
    "membership.granted", "membership.changed", "membership.ended", "marking.narrowed", "marking.widened",
    "entry.redacted", "negotiation.edited", "negotiation.published",
]  # fmt: skip
# Those that nothing had to be handed over for, many at once.
SETTLE_MANY = """
    UPDATE negotiations_delivery AS one SET state = found.state, settled_at = found.settled_at,
        trouble = found.trouble, next_try_at = found.next_try_at, marking = found.marking,
        attempts = one.attempts + found.tries, claimed_by = '', claimed_until = NULL,
        told = ARRAY(SELECT jsonb_array_elements_text(found.told)::bigint)
    FROM jsonb_to_recordset(%(found)s::jsonb) AS found (
        delivery bigint, state text, settled_at timestamptz, trouble text, next_try_at timestamptz, marking text,
        told jsonb, tries integer
    )
    WHERE one.id = found.delivery AND one.state = 'claimed' AND one.claimed_by = %(worker)s
"""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a delivery; `next_try_at` where it waits for another try."""

    delivery: int
    state: str
    settled_at: datetime | None = None
    trouble: str = ""
    next_try_at: datetime | None = None
    marking: str = ""
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


# No row has these keys.
NOBODY, NOTHING = Settled(-1, DeliveryState.SENT), Leaving(-1, "", "", "", ())


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
    """What a worker was handing over when it was cut off may have arrived: its outcome is unknown."""
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, claimed_until__lt=now)
    return lost.exclude(channel=AlertChannel.WEBHOOK).update(
        state=DeliveryState.UNKNOWN, settled_at=now, trouble=DeliveryTrouble.CUT_OFF, claimed_by="", claimed_until=None
    )


def heads_of(batch: Iterable[Delivery]) -> Heads:
    """The ends of the streams that a batch may speak of; to be read before anybody's rights are."""
    rows = list(batch)
    streams = Stream.objects.filter(negotiation__isnull=False)
    if not any(row.subscription.negotiation_id is None and row.subscription.tells_nothing for row in rows):
        named = {row.subscription.negotiation_id for row in rows}
        streams = streams.filter(negotiation__in=named | {int(key) for row in rows for key in row.ranges})
    return dict(streams.values_list("pk", "head"))


def settle_and_begin(
    worker: str, done: Settled | None, leaving: Leaving | None, now: datetime, heads: Heads | None = None
) -> bool:
    """Settle the mail handed over last and mark the next as leaving, committed before it leaves.

    False where the next one must not be handed over: it is not this worker's any more, its recipient ended
    the subscription, moved or lost the account since it was claimed, or somebody's rights changed since
    `heads` were read, so that it has to be written anew.
    """
    done, begun = done or NOBODY, leaving or NOTHING
    values: dict[str, Any] = {
        "worker": worker,
        "until": now + LEASE,
        "done": done.delivery,
        "state": done.state,
        "settled_at": done.settled_at,
        "trouble": done.trouble[:200],
        "next_try_at": done.next_try_at,
        "next": begun.delivery,
        "message_id": begun.message_id,
        "address": begun.address,
        "marking": begun.marking,
        "told": list(begun.told),
        "streams": list(heads or ()),
        "heads": list((heads or {}).values()),
        "limiting": LIMITING,
    }
    with connection.cursor() as cursor:
        _run(cursor, values)
        return bool(cursor.fetchone()[0])


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
        cursor.execute(SETTLE_AND_BEGIN, values)


def settle_many(worker: str, settled: Sequence[Settled]) -> None:
    """Settle deliveries that nothing was handed over for."""
    if settled:
        found = json.dumps([asdict(one) for one in settled], default=datetime.isoformat)
        with connection.cursor() as cursor:
            cursor.execute(SETTLE_MANY, {"found": found, "worker": worker})


def keep(worker: str, now: datetime) -> None:
    """Hold on to what is claimed and not begun, where a batch takes long."""
    _mine(worker).update(claimed_until=now + LEASE)


def release(worker: str, again_at: datetime) -> int:
    """Give back what is claimed and not begun; returns how many."""
    return _mine(worker).update(state=DeliveryState.WAITING, claimed_by="", claimed_until=None, next_try_at=again_at)


def _mine(worker: str) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=DeliveryState.CLAIMED, claimed_by=worker)
