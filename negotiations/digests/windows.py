"""Closing windows: what a subscription is told next is a stretch of the record, never of clock time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from negotiations.models import Delivery, Stream, Subscription, SubscriptionPlace
from negotiations.rules.codes import OPEN_DELIVERIES
from negotiations.services.subscription import due_after

BATCH = 500
Ranges = dict[str, list[int]]
# Many rows by one statement; the places of those that have none yet are made.
MOVE_ON = """
    UPDATE negotiations_subscription AS one SET last_window = moved.last_window, next_due_at = moved.next_due_at
    FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[]) AS moved (id, last_window, next_due_at)
    WHERE one.id = moved.id
"""
MOVE_PLACES = """
    INSERT INTO negotiations_subscriptionplace AS place (subscription_id, negotiation_id, seq)
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[])
    ON CONFLICT (subscription_id, negotiation_id) DO UPDATE SET seq = excluded.seq WHERE place.seq < excluded.seq
"""


def close_windows(now: datetime) -> int:
    """Close the window of every subscription that is due; returns how many deliveries were made.

    Safe to run by several workers at once: each batch is one transaction that locks its rows, and
    rows that another one holds are skipped. A subscription with a delivery on its way waits for that,
    so that what piles up while mail cannot be sent is told in one late digest, in order.
    """
    made = 0
    while True:
        closed, deliveries = _close_batch(now)
        made += deliveries
        if closed < BATCH:
            return made


def due_subscriptions(now: datetime) -> QuerySet[Subscription]:
    """The subscriptions whose window is to be closed, longest due first."""
    on_its_way = Delivery.objects.filter(subscription=OuterRef("pk"), state__in=OPEN_DELIVERIES)
    due = Subscription.objects.filter(next_due_at__lte=now, ended_at__isnull=True, paused_at__isnull=True)
    return due.filter(~Exists(on_its_way)).order_by("next_due_at", "pk")


def _close_batch(now: datetime) -> tuple[int, int]:
    """How many windows were looked at and how many deliveries made of them, in one transaction."""
    with transaction.atomic():
        due = list(due_subscriptions(now).select_for_update(no_key=True, skip_locked=True, of=("self",))[:BATCH])
        if not due:
            return 0, 0
        # Read after the rows are locked: an entry that is not in it makes its subscriptions due again.
        ranges = open_ranges(due)
        told = [one for one in due if ranges[one.pk] or one.is_told_nothing]
        Delivery.objects.bulk_create([_delivery(one, ranges[one.pk], now) for one in told])
        _move_places(told, ranges)
        _move_on(due, {one.pk for one in told}, now)
    return len(due), len(told)


def open_ranges(subscriptions: Sequence[Subscription]) -> dict[int, Ranges]:
    """By subscription, {negotiation: [after, head]} of every stream that has gone on since its last window."""
    streams = Stream.objects.filter(negotiation__isnull=False)
    heads: dict[int, int] = dict(streams.values_list("negotiation_id", "head"))
    places: dict[int, dict[int, int]] = {}
    rows = SubscriptionPlace.objects.filter(subscription__in=subscriptions)
    for subscription, negotiation, seq in rows.values_list("subscription_id", "negotiation_id", "seq"):
        places.setdefault(subscription, {})[negotiation] = seq
    return {one.pk: _ranges(one, places.get(one.pk, {}), heads) for one in subscriptions}


def _ranges(subscription: Subscription, places: Mapping[int, int], heads: Mapping[int, int]) -> Ranges:
    mine = heads if subscription.negotiation_id is None else [subscription.negotiation_id]
    return {
        str(negotiation): [places.get(negotiation, 0), heads[negotiation]]
        for negotiation in sorted(mine)
        if heads.get(negotiation, 0) > places.get(negotiation, 0)
    }


def _delivery(subscription: Subscription, ranges: Ranges, now: datetime) -> Delivery:
    return Delivery(
        subscription=subscription,
        user_id=subscription.user_id,
        channel=subscription.channel,
        window=subscription.last_window + 1,
        ranges=ranges,
        due_at=subscription.next_due_at or now,
        next_try_at=now,
    )


def _move_places(told: Sequence[Subscription], ranges: Mapping[int, Ranges]) -> None:
    rows = [(one.pk, int(key), upto) for one in told for key, (_after, upto) in ranges[one.pk].items()]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(MOVE_PLACES, [list(column) for column in zip(*rows, strict=True)])


def _move_on(due: Sequence[Subscription], told: set[int], now: datetime) -> None:
    windows = [one.last_window + (one.pk in told) for one in due]
    # Counted from now: what an outage left behind is told once, not once for each time it was due.
    moments = [due_after(one, now) for one in due]
    with connection.cursor() as cursor:
        cursor.execute(MOVE_ON, [[one.pk for one in due], windows, moments])
