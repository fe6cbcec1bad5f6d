"""Verbs on what goes to a webhook: once more, again from some place on, or only a test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from negotiations.models import Entry, Webhook, WebhookDelivery
from negotiations.rules.codes import DeliveryState
from negotiations.rules.errors import RuleError

from .bell import ring_once_committed
from .webhook import locked

SETTLED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.WITHHELD)


def resend(delivery: WebhookDelivery, *, now: datetime) -> WebhookDelivery:
    """Send it once more under the same id, with new time to be tried in; what waits is only brought forward.

    Rights are asked again when it is sent. Raises RuleError while it is being handed over. Locks its webhook.
    """
    with transaction.atomic():
        check_awake(locked(delivery.webhook))
        saved = WebhookDelivery.objects.select_for_update(no_key=True, of=("self",)).filter(pk=delivery.pk).first()
        # One that is forgotten at this moment will not be found.
        if saved is None or saved.state not in (*SETTLED, DeliveryState.WAITING):
            raise RuleError(_("It is on its way; look again in a minute."), code="delivery_on_its_way")
        saved.state, saved.next_try_at, saved.settled_at = DeliveryState.WAITING, now, None
        saved.attempts, saved.first_tried_at = 0, None
        saved.save(update_fields=["state", "next_try_at", "settled_at", "attempts", "first_tried_at"])
        ring_once_committed()
    return saved


def replay(webhook: Webhook, entries: Iterable[Entry], *, now: datetime) -> int:
    """Send these entries again, or for the first time, each as a delivery of its own with an id of its own.

    Returns how many. The caller has seen to it that the owner may see them; rights are asked again
    when they are sent. Locks the webhook.
    """
    with transaction.atomic():
        saved = locked(webhook)
        check_awake(saved)
        saved.replays += 1
        saved.save(update_fields=["replays"])
        made = WebhookDelivery.objects.bulk_create(
            [WebhookDelivery(webhook=saved, entry=one, replay=saved.replays, next_try_at=now) for one in entries]
        )
        ring_once_committed()
    return len(made)


def send_test(webhook: Webhook, *, now: datetime) -> WebhookDelivery:
    """Send a message that tells of nothing. Locks the webhook."""
    with transaction.atomic():
        saved = locked(webhook)
        check_awake(saved)
        made = WebhookDelivery.objects.create(webhook=saved, next_try_at=now)
        ring_once_committed()
    return made


def check_awake(webhook: Webhook) -> None:
    """Refuse to send to one that rests or was given up."""
    if webhook.ended_at is not None or webhook.paused_at is not None:
        raise RuleError(_("The webhook is paused. Resume it first."), code="webhook_paused")
