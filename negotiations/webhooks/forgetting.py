"""Forgets what no longer serves anybody in the log of webhooks, batch by batch, after a stated time.

The row that says that a receiver took an entry stays as long as its webhook: by it corrections, redactions
and tombstones follow whoever was sent what they change, and an entry heard of twice is sent once. What failed
or was withheld stays until its owner sends it again. Replays read the record itself and lose nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from negotiations.models import WebhookAttempt, WebhookDelivery
from negotiations.rules.codes import OPEN_DELIVERIES, DeliveryState

BATCH = 1000
# So many batches of each kind in one run; the next run goes on, so that no run takes long.
BATCHES = 50
Old = Callable[[datetime], QuerySet[Any]]


def forget_webhook_log(now: datetime) -> int:
    """Remove what is older than WEBHOOK_LOG_DAYS; returns how many rows. Safe to run twice at once."""
    before = now - timedelta(days=settings.WEBHOOK_LOG_DAYS)
    return sum(_forget(old, before) for old in (old_attempts, needless, of_ended))


def old_attempts(before: datetime) -> QuerySet[WebhookAttempt]:
    """Single tries of deliveries that have their outcome; it stays, with the number of tries."""
    return WebhookAttempt.objects.filter(began_at__lt=before).exclude(delivery__state__in=OPEN_DELIVERIES)


def needless(before: datetime) -> QuerySet[WebhookDelivery]:
    """Tests, what nothing of was told, and copies of what the receiver took before."""
    settled = WebhookDelivery.objects.filter(settled_at__lt=before).exclude(state__in=OPEN_DELIVERIES)
    taken = WebhookDelivery.objects.filter(
        webhook=OuterRef("webhook"), entry=OuterRef("entry"), replay=0, state=DeliveryState.SENT
    )
    copies = Q(replay__gt=0, state=DeliveryState.SENT) & Exists(taken)
    return settled.filter(Q(entry__isnull=True) | Q(state=DeliveryState.NOTHING) | copies)


def of_ended(before: datetime) -> QuerySet[WebhookDelivery]:
    """Everything that went to a webhook which was given up: nothing is sent there again."""
    return WebhookDelivery.objects.filter(webhook__ended_at__lt=before)


def _forget(old: Old, before: datetime) -> int:
    """Remove batches of what a query finds; rows that somebody holds are left for the next run."""
    removed = 0
    for _batch in range(BATCHES):
        with transaction.atomic():
            rows = old(before).select_for_update(skip_locked=True, of=("self",)).order_by("pk")
            keys = list(rows.values_list("pk", flat=True)[:BATCH])
            rows.model._default_manager.filter(pk__in=keys).delete()
        removed += len(keys)
        if len(keys) < BATCH:
            break
    return removed
