"""Deliveries: one window of the record on its way to one person, what it told, and addresses that get no more."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now

from negotiations.rules.codes import (
    OPEN_DELIVERIES,
    AlertChannel,
    DeliveryState,
    DeliveryTrouble,
    SuppressionCause,
    Urgency,
)

from .base import code, known


class Edition(models.Model):
    """The entries that were told in one letter, kept once however many got the same; `key` is their digest."""

    key = models.CharField(max_length=64, unique=True)
    told = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [GinIndex(fields=["told"], name="edition_told")]

    def __str__(self) -> str:
        return f"edition {self.pk}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries, and those among them that wait for a person."""

    def undecided(self) -> Self:
        """What failed for good, and what may have arrived and was not left at that."""
        unknown = Q(state=DeliveryState.UNKNOWN) & ~Q(trouble=DeliveryTrouble.LET_BE)
        return self.filter(Q(state=DeliveryState.FAILED) | unknown)


class Delivery(models.Model):
    """One digest or alert for one person: the row is the queue, and there is one for each window.

    `ranges` is the window: {negotiation id: [after, upto]} in the numbers of each stream; internal.
    `edition` has the entries that were in what was sent, so that a correction can follow everybody who
    was sent what it corrects. A row is claimed for a while, marked as about to leave with a few others, marked
    by itself as it leaves, and marked as sent; what is found after `claimed_until` and has not left is
    taken up again, what has left has an unknown outcome. `message_id` is made of `public_id`, and the same over
    all attempts. A row is open while `settled_at` is empty: claiming and leaving change no index.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subscription = models.ForeignKey(
        "negotiations.Subscription", on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    channel = code(AlertChannel)
    window = models.PositiveBigIntegerField()
    ranges = models.JSONField(default=dict)
    urgency = code(Urgency, default=Urgency.ROUTINE)
    state = code(DeliveryState, default=DeliveryState.WAITING)
    made_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_until = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True, help_text="When it was marked as about to leave, with a few others.")
    handed_at = models.DateTimeField(null=True, help_text="When handing it over began; empty while it has not left.")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, blank=True)
    address = models.EmailField(blank=True, help_text="Where it was sent.")
    marking = models.CharField(max_length=32, blank=True, help_text="The marking that what was sent bore.")
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="deliveries")
    trouble = models.CharField(max_length=200, blank=True, help_text="Why it failed or was withheld; no content.")
    read_at = models.DateTimeField(null=True, help_text="In the inbox: when it was opened.")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            *known("delivery", channel=AlertChannel, urgency=Urgency, state=DeliveryState),
            models.UniqueConstraint(fields=["subscription", "window"], name="delivery_window_once"),
            models.CheckConstraint(
                name="delivery_open_is_not_settled",
                condition=~Q(state__in=OPEN_DELIVERIES) | Q(settled_at__isnull=True),
            ),
        ]
        indexes = [
            # In the order of claiming. Without the state, so that a row can change it where it stands.
            models.Index(
                Coalesce("next_try_at", "due_at"), "id", name="delivery_open", condition=Q(settled_at__isnull=True)
            ),
            models.Index(fields=["user", "-id"], name="delivery_of_user"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.public_id}"

    @property
    def told(self) -> list[int]:
        """The keys of the entries that were in what was sent."""
        return self.edition.told if self.edition else []


class Suppression(models.Model):
    """An address that gets no digests any more, because mail to it came back or was not wanted."""

    address = models.EmailField()
    cause = code(SuppressionCause)
    since = models.DateTimeField(db_default=Now())
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            *known("suppression", cause=SuppressionCause),
            models.UniqueConstraint(fields=["address"], name="suppression_once", condition=Q(lifted_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"suppression {self.pk}"
