"""Reads the outbox: one delivery for each webhook that asks for an entry and may be sent it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from negotiations.models import Entry, Subscription, Webhook, WebhookDelivery
from negotiations.rules.codes import AlertChannel, DeliveryState
from negotiations.selectors.matching import is_wanted

from .events import NARROWED, may_be_carried, was_told_of


def make_deliveries(entry: Entry) -> None:
    """Make the deliveries of an entry; safe to repeat. What a receiver may not be sent leaves no trace here.

    A receiver that was sent an entry is sent what corrects, redacts or hides it, whatever it asked for.
    """
    if entry.negotiation_id is None:
        return
    now, found = timezone.now(), {}
    for subscription in asking(entry):
        webhook = subscription.webhook
        if webhook is not None and webhook.pk not in found and wants(webhook, subscription, entry):
            found[webhook.pk] = WebhookDelivery(webhook=webhook, entry=entry, next_try_at=now)
    WebhookDelivery.objects.bulk_create(found.values(), ignore_conflicts=True)


def asking(entry: Entry) -> QuerySet[Subscription]:
    """The living subscriptions of webhooks that may concern this negotiation."""
    living = Subscription.objects.filter(channel=AlertChannel.WEBHOOK, ended_at__isnull=True, paused_at__isnull=True)
    living = living.filter(webhook__ended_at__isnull=True, webhook__user__is_active=True)
    about = Q(negotiation__isnull=True) | Q(negotiation=entry.negotiation_id)
    return living.filter(about).select_related("webhook__user", "view").order_by("pk")


def wants(webhook: Webhook, subscription: Subscription, entry: Entry) -> bool:
    if entry.verb == NARROWED and was_told_of(webhook, entry):
        return True
    return (follows_up(webhook, entry) or is_wanted(subscription, entry)) and may_be_carried(webhook.user, entry)


def follows_up(webhook: Webhook, entry: Entry) -> bool:
    """Whether the entry replaces one that the receiver took."""
    if entry.supersedes_id is None:
        return False
    told = WebhookDelivery.objects.filter(webhook=webhook, entry=entry.supersedes_id, state=DeliveryState.SENT)
    return told.exists()
