"""The one statement between two mails: whether a mail may still leave, and the mark that it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from weakref import WeakSet

from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper

from negotiations.models import Delivery, Stream

from .marks import LEASE

Heads = Mapping[int, int]
Leave = Callable[[int, datetime], bool]
# It looks once more at what may take from a reader what they could read when the batch was begun. No index has
# what it changes, and its commit does not wait for the disk: what it says is of use to those who find that its
# worker is gone.
LEAVE = """
    UPDATE negotiations_delivery AS one SET handed_at = clock_timestamp(), claimed_until = %(until)s,
        attempts = one.attempts + 1
    FROM negotiations_subscription s JOIN negotiations_user u ON u.id = s.user_id
    WHERE one.id = %(delivery)s AND one.state = 'sending' AND one.claimed_by = %(worker)s
      AND s.id = one.subscription_id AND s.ended_at IS NULL AND s.paused_at IS NULL
      AND u.is_active AND u.email = one.address
      AND NOT EXISTS (
          SELECT FROM unnest(%(streams)s::bigint[], %(heads)s::bigint[]) AS read (stream_id, head)
          JOIN negotiations_stream st ON st.id = read.stream_id AND st.head > read.head
          WHERE EXISTS (
              SELECT FROM negotiations_entry e
              WHERE e.stream_id = read.stream_id AND e.seq > read.head AND e.verb IN (
                  'membership.granted', 'membership.changed', 'membership.ended', 'marking.narrowed', 'marking.widened',
                  'entry.redacted', 'negotiation.edited', 'negotiation.published'
              )
          )
      )
    RETURNING set_config('synchronous_commit', 'off', true)
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


def heads_of(batch: Iterable[Delivery]) -> Heads:
    """The ends of the streams that a batch may speak of; to be read before anybody's rights are."""
    rows = list(batch)
    streams = Stream.objects.filter(negotiation__isnull=False)
    if not any(row.subscription.negotiation_id is None and row.subscription.is_told_nothing for row in rows):
        named = {row.subscription.negotiation_id for row in rows}
        streams = streams.filter(negotiation__in=named | {int(key) for row in rows for key in row.ranges})
    return dict(streams.values_list("pk", "head"))


@contextmanager
def departures(worker: str, heads: Heads) -> Iterator[Leave]:
    """Marks one mail as leaving now, with one cursor for as many as leave in a row.

    False where it must not: it is not this worker's any more, its recipient ended the subscription, moved
    or lost the account since, or somebody's rights changed since `heads` were read, so that it has to be
    written anew.
    """
    shared = {"worker": worker, "streams": list(heads), "heads": list(heads.values())}
    with connection.cursor() as cursor:

        def leave(delivery: int, now: datetime) -> bool:
            _run(cursor, {**shared, "delivery": delivery, "until": now + LEASE})
            return cursor.fetchone() is not None

        yield leave


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
