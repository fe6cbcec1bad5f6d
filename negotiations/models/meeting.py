"""Meetings: rounds, sessions and shuttle legs."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from negotiations.rules.codes import MeetingKind, TalksFormat

from .base import MarkedItem, code, known, marked, recorded_with


class Meeting(MarkedItem):
    """A round, session or leg of a shuttle; messages, proposals and positions refer to it."""

    REF_PREFIX = "M"

    ref = models.CharField(max_length=16)
    kind = code(MeetingKind)
    title = models.CharField(max_length=200)
    title_ar = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=160, blank=True)
    place_ar = models.CharField(max_length=160, blank=True)
    format = code(TalksFormat, blank=True)
    participants = models.ManyToManyField("negotiations.Actor", through="negotiations.Participation", related_name="+")
    agenda = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    outcome_ar = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("meeting"),
            *known("meeting", blank=("format",), kind=MeetingKind, format=TalksFormat),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="meeting_ref_unique"),
            models.CheckConstraint(
                name="meeting_ends_after_start", condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at"))
            ),
        ]
        # The order of lists, so that a page far down costs what the first one does.
        indexes = [models.Index(fields=["negotiation", "starts_at", "public_id"], name="meeting_reading")]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class Participation(models.Model):
    """An actor at a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey("negotiations.Actor", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "actor"], name="participation_once")]
        triggers = [recorded_with("negotiations_meeting", "meeting_id")]

    def __str__(self) -> str:
        return f"{self.actor_id} at {self.meeting_id}"
