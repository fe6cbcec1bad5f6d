"""Changes and corrections as documents: newest first, by when they became known."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from .diff import EntryBetween
from .fields import Provenance, moment
from .record import EntryLine, EntrySubject, TombstoneLine


class ChangesPage(Provenance):
    """Changes since a moment, newest first."""

    since = moment("Changes that became known after this moment are told; null for all.")
    results = EntryLine(many=True)
    lost = TombstoneLine(many=True, help_text="On the first page: what is not open to you any more since then.")
    newest = serializers.UUIDField(allow_null=True, help_text="Send it as `upto` to mark all of this as seen.")
    next = serializers.URLField(allow_null=True, help_text="The address of older ones; null on the last page.")


class CorrectionRow(serializers.Serializer[Any]):
    """A correction beside what it replaces."""

    subject = EntrySubject()
    ref = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    title_ar = serializers.CharField(allow_blank=True)
    entry = EntryBetween(help_text="What tells of the correction: when, by whom, why.")
    before = EntryBetween(allow_null=True, help_text="The entry it replaces; it stays in the record.")
    changes = serializers.DictField(
        child=serializers.ListField(child=serializers.JSONField(), min_length=2, max_length=2),
        help_text="{field: [what was said, what is said now]}; nothing where words were destroyed.",
    )


class CorrectionsPage(Provenance):
    """The log of corrections."""

    results = CorrectionRow(many=True)
    next = serializers.URLField(allow_null=True, help_text="The address of older ones; null on the last page.")


class SeenWrite(serializers.Serializer[Any]):
    """How far you have read."""

    upto = serializers.UUIDField(
        help_text="The last entry or tombstone you have seen, such as `newest` of the list of changes."
    )


class SeenDocument(serializers.Serializer[Any]):
    """Where you left off."""

    upto = serializers.UUIDField()
    seen_at = moment("When you marked it.", nullable=False)
