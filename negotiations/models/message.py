"""Messages: the shuttle log."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .base import MarkedItem, marked


class Message(MarkedItem):
    """What a mediator carried from one side to another, when, and what came back."""

    REF_PREFIX = "L"

    ref = models.CharField(max_length=16)
    carrier = models.ForeignKey("negotiations.Actor", on_delete=models.PROTECT, related_name="messages_carried")
    sender = models.ForeignKey("negotiations.Actor", on_delete=models.PROTECT, related_name="messages_sent")
    recipient = models.ForeignKey("negotiations.Actor", on_delete=models.PROTECT, related_name="messages_received")
    subject = models.CharField(max_length=200)
    subject_ar = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    text_ar = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answer_ar = models.TextField(blank=True)
    carried_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    meeting = models.ForeignKey(
        "negotiations.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    dispute = models.ForeignKey(
        "negotiations.Dispute", null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    is_illustrative = models.BooleanField(default=False, help_text="Made up to show how marked content behaves.")

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("message"),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="message_ref_unique"),
            models.CheckConstraint(name="message_between_two", condition=~Q(sender=F("recipient"))),
            models.CheckConstraint(
                name="message_answered_after_carried",
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("carried_at")),
            ),
        ]
        # The order of lists, so that a page far down costs what the first one does.
        indexes = [models.Index(fields=["negotiation", "carried_at", "public_id"], name="message_reading")]

    def __str__(self) -> str:
        return self.ref
