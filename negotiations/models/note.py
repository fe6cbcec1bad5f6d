"""Notes: internal discussion on any item."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from negotiations.rules.codes import Marking

from .base import MarkedItem, marked, recorded_with


class Note(MarkedItem):
    """A remark or a question on an item; a question stays open until it is answered.

    `subject_type` and `subject_id` name the item as entries do; `thread` is the note it replies to.
    """

    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField(db_index=True)
    thread = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    is_question = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField()
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, through="negotiations.Mention", related_name="+")
    is_illustrative = models.BooleanField(default=False, help_text="Made up to show how marked content behaves.")

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("note"),
            models.CheckConstraint(
                name="note_only_questions_are_answered", condition=Q(answered_at__isnull=True) | Q(is_question=True)
            ),
            models.CheckConstraint(name="note_is_internal", condition=~Q(marking=Marking.CLEAR)),
        ]
        # The order of lists, so that a page far down costs what the first one does.
        indexes = [models.Index(fields=["negotiation", "written_at", "public_id"], name="note_reading")]

    def __str__(self) -> str:
        return f"note on {self.subject_type}"


class Mention(models.Model):
    """A person called into a note."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="mention_once")]
        triggers = [recorded_with("negotiations_note", "note_id")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.note_id}"
