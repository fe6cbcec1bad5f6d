"""Takes deliveries that are due: one at a time for each webhook, whoever waited longest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from negotiations.models import Webhook, WebhookDelivery
from negotiations.rules.codes import OPEN_DELIVERIES, DeliveryState

# Longer than one try can take; a worker that died is known by it.
LEASE = timedelta(seconds=90)


def claim(*, worker: str, now: datetime, limit: int) -> list[WebhookDelivery]:
    """Claim the next delivery of up to `limit` webhooks that have none on its way.

    A webhook is never on its way twice, so its own order is kept as long as nothing fails, and one
    that is slow holds up itself alone. Rows of webhooks that another worker looks at are passed over.
    """
    if limit < 1:
        return []
    with transaction.atomic():
        webhooks = list(ready(now)[:limit])
        chosen = next_of(webhooks, now)
        WebhookDelivery.objects.filter(pk__in=chosen).update(
            state=DeliveryState.CLAIMED, claimed_by=worker, claimed_until=now + LEASE
        )
        Webhook.objects.filter(deliveries__in=chosen).update(served_at=now)
    return list(WebhookDelivery.objects.filter(pk__in=chosen).select_related("webhook__user").order_by("pk"))


def ready(now: datetime) -> QuerySet[Webhook]:
    """Webhooks with something due and nothing on its way, locked; the longest waiting first."""
    here = Webhook.objects.filter(paused_at__isnull=True, ended_at__isnull=True)
    here = here.filter(Q(held_until__isnull=True) | Q(held_until__lte=now))
    of_it = WebhookDelivery.objects.filter(webhook=OuterRef("pk"))
    here = here.filter(Exists(of_it.filter(is_due(now))), ~Exists(of_it.filter(is_taken(now))))
    here = here.order_by(F("served_at").asc(nulls_first=True), "pk")
    return here.select_for_update(skip_locked=True, no_key=True, of=("self",))


def next_of(webhooks: Sequence[Webhook], now: datetime) -> list[int]:
    """The first due delivery of each; asked once more what is on its way, now that their rows are locked."""
    taken = WebhookDelivery.objects.filter(webhook=OuterRef("webhook")).filter(is_taken(now))
    due = WebhookDelivery.objects.filter(is_due(now), ~Exists(taken), webhook__in=webhooks)
    return list(due.order_by("webhook_id", "pk").distinct("webhook_id").values_list("pk", flat=True))


def is_due(now: datetime) -> Q:
    """Not settled, its moment has come, and nobody has it; what a dead worker had is free after its lease."""
    return Q(state__in=OPEN_DELIVERIES, next_try_at__lte=now) & (
        Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    )


def is_taken(now: datetime) -> Q:
    return Q(state__in=OPEN_DELIVERIES, claimed_until__gt=now)
