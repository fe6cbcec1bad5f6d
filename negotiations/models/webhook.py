"""Webhooks: addresses of programs that are told of entries, and what was told to them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from negotiations.rules.codes import OPEN_DELIVERIES, AttemptTrouble, DeliveryState, PauseCause

from .base import code, known


class Webhook(models.Model):
    """An address that a person had named for a program of theirs, which sees what its owner may see.

    Both secrets are kept sealed under the site's key: they sign what is sent, so their digest alone
    would not do. The previous one signs as well until `previous_until`, so that a receiver can change over.
    `failing_since` is the first of the failures in a row; while it does not answer at all nothing is
    tried before `held_until`. `served_at` is when it had its last turn. `replays` numbers its replays.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks")
    name = models.CharField(max_length=120)
    url = models.URLField(max_length=500)
    secret = models.TextField()
    previous_secret = models.TextField(blank=True)
    previous_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    paused_at = models.DateTimeField(null=True)
    paused_because = code(PauseCause, blank=True)
    ended_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="When its owner was last told that it fails.")
    served_at = models.DateTimeField(null=True)
    replays = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            *known("webhook", blank=("paused_because",), paused_because=PauseCause),
            models.CheckConstraint(
                name="webhook_pause_is_whole",
                condition=Q(paused_at__isnull=True, paused_because="")
                | (Q(paused_at__isnull=False) & ~Q(paused_because="")),
            ),
        ]
        indexes = [models.Index(fields=["user", "-created_at"], name="webhook_of_user")]

    def __str__(self) -> str:
        return f"webhook of {self.user_id}"


class WebhookDelivery(models.Model):
    """One entry on its way to one webhook; its `public_id` is the `webhook-id` over all attempts.

    A replay is a delivery of its own, told apart by `replay`; one without an entry is a test. What is
    sent is made anew at each attempt, under the owner's rights of that moment; nothing of it is kept
    here. A row found claimed after `claimed_until` is taken up again, also where it was being handed
    over: receivers know it by its id. `first_tried_at` begins the time within which it is tried again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    entry = models.ForeignKey("negotiations.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    replay = models.PositiveIntegerField(default=0)
    state = code(DeliveryState, default=DeliveryState.WAITING)
    made_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *known("webhookdelivery", state=DeliveryState),
            models.UniqueConstraint(fields=["webhook", "entry", "replay"], name="webhookdelivery_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="webhookdelivery_open",
                condition=Q(state__in=OPEN_DELIVERIES),
            ),
            models.Index(
                fields=["webhook", "id"], name="webhookdelivery_queue", condition=Q(state__in=OPEN_DELIVERIES)
            ),
            models.Index(fields=["webhook", "-made_at", "-public_id"], name="webhookdelivery_log"),
            models.Index(
                fields=["settled_at"],
                name="webhookdelivery_needless",
                condition=Q(entry__isnull=True) | Q(replay__gt=0) | Q(state=DeliveryState.NOTHING),
            ),
        ]

    def __str__(self) -> str:
        return f"webhook delivery {self.public_id}"


class WebhookAttempt(models.Model):
    """One try to deliver: when, what the receiver answered or why there was no answer; no bodies.

    It is written before anything is handed over, as interrupted, so that a worker that died tells of it.
    Kept for WEBHOOK_LOG_DAYS after its delivery has an outcome.
    """

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="tries")
    began_at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    trouble = code(AttemptTrouble, blank=True)

    class Meta:
        constraints = known("webhookattempt", blank=("trouble",), trouble=AttemptTrouble)
        indexes = [models.Index(fields=["delivery", "-began_at"], name="webhookattempt_of_delivery")]

    def __str__(self) -> str:
        return f"attempt {self.pk}"
