"""Positions: where an actor stands, as dated statements."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from negotiations.rules.codes import Channel, Stance

from .base import MarkedItem, code, known, marked


class Position(MarkedItem):
    """An actor's stance on a dispute, a condition or a proposal at a moment; the latest is current.

    `placement` (1 to 5 between a dispute's poles) is the judgement of the named assessor, never a fact.
    """

    REF_PREFIX = "P"

    ref = models.CharField(max_length=16)
    actor = models.ForeignKey("negotiations.Actor", on_delete=models.PROTECT, related_name="positions")
    dispute = models.ForeignKey(
        "negotiations.Dispute", null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    condition = models.ForeignKey(
        "negotiations.Condition", null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    proposal = models.ForeignKey(
        "negotiations.Proposal", null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    meeting = models.ForeignKey(
        "negotiations.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="positions"
    )
    stance = code(Stance)
    summary = models.CharField(max_length=300)
    summary_ar = models.CharField(max_length=300, blank=True)
    quote = models.TextField(blank=True)
    quote_language = models.CharField(max_length=8, blank=True)
    speaker = models.CharField(max_length=200, blank=True, help_text="Office-holder acting in their role.")
    channel = code(Channel, default=Channel.PUBLIC)
    stated_at = models.DateTimeField()
    placement = models.PositiveSmallIntegerField(null=True, blank=True)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("position"),
            *known("position", stance=Stance, channel=Channel),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="position_ref_unique"),
            models.CheckConstraint(
                name="position_on_one_thing",
                condition=Q(dispute__isnull=False, condition__isnull=True, proposal__isnull=True)
                | Q(dispute__isnull=True, condition__isnull=False, proposal__isnull=True)
                | Q(dispute__isnull=True, condition__isnull=True, proposal__isnull=False),
            ),
            models.CheckConstraint(
                name="position_placement_is_named",
                condition=Q(placement__isnull=True)
                | Q(placement__range=(1, 5), placed_by__isnull=False, placed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["negotiation", "stated_at", "public_id"], name="position_reading"),
            models.Index(fields=["dispute", "actor", "-stated_at"], name="position_latest"),
        ]

    def __str__(self) -> str:
        return self.ref
