"""Subscriptions: what a person wants to be told, by which way, and when."""

from __future__ import annotations

import uuid
from datetime import time

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from negotiations.rules.codes import AlertChannel, Rhythm, Urgency

from .base import code, known
from .zones import check_zone


class Subscription(models.Model):
    """A person's wish to be told of changes; rights are asked anew whenever something is told.

    Without a negotiation it is about everything the person may see; with `subject_id` about one phase,
    condition or dispute; with a `view` about what that view shows. `verbs` empty means all of them.
    `next_due_at` is the next moment at which its window is closed, computed from the wall time in its
    zone; None while it is paused. `last_window` is the number of the window closed last.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="subscriptions")
    negotiation = models.ForeignKey(
        "negotiations.Negotiation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subject_type = models.CharField(max_length=32, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    view = models.ForeignKey(
        "negotiations.SavedView", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verbs = ArrayField(models.CharField(max_length=48), default=list, blank=True)
    least_urgency = code(Urgency, default=Urgency.NOTABLE)
    channel = code(AlertChannel, default=AlertChannel.EMAIL)
    webhook = models.ForeignKey(
        "negotiations.Webhook", null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions"
    )
    rhythm = code(Rhythm, default=Rhythm.DAILY)
    local_time = models.TimeField(default=time(7, 45))
    weekday = models.PositiveSmallIntegerField(default=0, help_text="Of a weekly digest: 0 is Monday.")
    time_zone = models.CharField(max_length=64, default="UTC", validators=[check_zone])
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    breaks_quiet = code(Urgency, blank=True)
    tells_nothing = models.BooleanField(default=False, help_text="Whether “nothing changed” is told as well.")
    created_at = models.DateTimeField(db_default=Now())
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    last_window = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            *known(
                "subscription",
                blank=("breaks_quiet",),
                least_urgency=Urgency,
                channel=AlertChannel,
                rhythm=Rhythm,
                breaks_quiet=Urgency,
            ),
            models.CheckConstraint(name="subscription_weekday_known", condition=Q(weekday__lte=6)),
            models.CheckConstraint(
                name="subscription_quiet_is_whole",
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
            ),
            models.CheckConstraint(
                name="subscription_subject_is_whole",
                condition=Q(subject_type="", subject_id__isnull=True)
                | (~Q(subject_type="") & Q(subject_id__isnull=False, negotiation__isnull=False)),
            ),
            models.CheckConstraint(
                name="subscription_webhook_is_named",
                condition=Q(channel=AlertChannel.WEBHOOK, webhook__isnull=False)
                | (~Q(channel=AlertChannel.WEBHOOK) & Q(webhook__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_due_at"],
                name="subscription_due",
                condition=Q(next_due_at__isnull=False, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"subscription of {self.user_id}"

    @property
    def is_told_nothing(self) -> bool:
        """Whether a window in which nothing changed is told: only of a digest, since at once is when something did."""
        return self.tells_nothing and self.rhythm != Rhythm.AT_ONCE


class SubscriptionPlace(models.Model):
    """How far into one negotiation's record a subscription's windows have reached; internal, never shown.

    `seq` is a place in that negotiation's stream: the next window begins after it.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="places")
    negotiation = models.ForeignKey("negotiations.Negotiation", on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "negotiation"], name="subscriptionplace_once"),
        ]

    def __str__(self) -> str:
        return f"place of {self.subscription_id} in {self.negotiation_id}"
