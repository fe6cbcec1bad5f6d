"""Nothing old leaves a restored backup: what was open in it is withheld, and everything goes on from now."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import connection, transaction
from django.db.models import QuerySet

from negotiations.models import Delivery, Fence, OutboxRow, Subscription, WebhookDelivery
from negotiations.rules.codes import OPEN_DELIVERIES, DeliveryState, DeliveryTrouble

from .subscription import due_after

log = structlog.get_logger(__name__)
BATCH = 1000
# The cluster, the database in it, and the table itself: a restore makes at least one of them anew.
IDENTITY = """
    SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()),
                     (SELECT oid FROM pg_database WHERE datname = current_database()),
                     'negotiations_delivery'::regclass::oid)
"""
IDENTITY_WITHOUT_CLUSTER = IDENTITY.replace("(SELECT system_identifier FROM pg_control_system()),", "")
MAY_READ_CLUSTER = "SELECT has_function_privilege('pg_control_system()', 'EXECUTE')"
TO_THE_HEADS = """
    UPDATE negotiations_subscriptionplace AS place SET seq = stream.head
    FROM negotiations_stream AS stream
    WHERE stream.negotiation_id = place.negotiation_id AND place.seq < stream.head
"""
# Somebody who is told of everything has no place in a negotiation that came later.
PLACES_FOR_ALL = """
    INSERT INTO negotiations_subscriptionplace (subscription_id, negotiation_id, seq)
    SELECT one.id, stream.negotiation_id, stream.head
    FROM negotiations_subscription AS one CROSS JOIN negotiations_stream AS stream
    WHERE one.negotiation_id IS NULL AND stream.negotiation_id IS NOT NULL
    ON CONFLICT DO NOTHING
"""


def keep_fence(now: datetime) -> bool:
    """Whether this is the database in which alerts were last sent; where it is not, see `withhold_open`.

    To be asked before anything is sent. A new database is taken for what it is. One short query.
    """
    identity = _identity()
    known = Fence.objects.filter(pk=1).values_list("identity", flat=True).first()
    if known is None:
        Fence.objects.bulk_create([Fence(pk=1, identity=identity)], ignore_conflicts=True)
        return True
    if known == identity:
        return True
    withhold_open(now)
    return False


def withhold_open(now: datetime) -> int:
    """Withhold every delivery on its way and begin all windows anew from now; returns how many were withheld.

    Entries that wait in the outbox are told to nobody. One transaction; safe to run twice.
    """
    with transaction.atomic():
        Fence.objects.select_for_update().filter(pk=1).first()
        withheld = _withhold(Delivery.objects.all(), now, trouble=DeliveryTrouble.RESTORED)
        withheld += _withhold(WebhookDelivery.objects.all(), now)
        OutboxRow.objects.filter(done_at__isnull=True).update(done_at=now)
        with connection.cursor() as cursor:
            cursor.execute(TO_THE_HEADS)
            cursor.execute(PLACES_FOR_ALL)
        _due_from(now)
        Fence.objects.update_or_create(pk=1, defaults={"identity": _identity(), "since": now})
    log.warning("alerts.withheld", count=withheld)
    return withheld


def _withhold(rows: QuerySet[Delivery] | QuerySet[WebhookDelivery], now: datetime, **more: str) -> int:
    return rows.filter(state__in=OPEN_DELIVERIES).update(
        state=DeliveryState.WITHHELD, settled_at=now, claimed_by="", claimed_until=None, next_try_at=None, **more
    )


def _due_from(now: datetime) -> None:
    """Have every subscription fall due by the clock from now on; those told at once wait for an entry."""
    living = Subscription.objects.filter(ended_at__isnull=True, paused_at__isnull=True).order_by("pk")
    for start in range(0, living.count(), BATCH):
        rows = list(living[start : start + BATCH])
        for row in rows:
            row.next_due_at = due_after(row, now)
        Subscription.objects.bulk_update(rows, ["next_due_at"])


def _identity() -> str:
    with connection.cursor() as cursor:
        cursor.execute(MAY_READ_CLUSTER)
        (may_read,) = cursor.fetchone()
        cursor.execute(IDENTITY if may_read else IDENTITY_WITHOUT_CLUSTER)
        (identity,) = cursor.fetchone()
    return str(identity)
