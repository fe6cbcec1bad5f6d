"""The record as documents: entries in the order in which they were written, and tombstones."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from negotiations.rules.codes import Credibility, Marking, Reliability, TranslatedBy

from .fields import Provenance, code, codes_or_none, moment


class EntrySubject(serializers.Serializer[Any]):
    """What an entry is about."""

    type = serializers.CharField(help_text="The noun, as in the verb before its point.")
    id = serializers.UUIDField()


class CitedSource(serializers.Serializer[Any]):
    """A source as a citation names it."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    publisher = serializers.CharField()
    title = serializers.CharField()


class ToldCitation(serializers.Serializer[Any]):
    """A passage of a source and what it supports."""

    source = CitedSource()  # type: ignore[assignment]  # the document's own word
    supports = serializers.UUIDField(help_text="The entry it supports: this one or an earlier one.")
    reliability = code(Reliability)
    credibility = code(Credibility)
    quote = serializers.CharField(allow_blank=True)
    quote_language = serializers.CharField(allow_blank=True)
    translation = serializers.CharField(allow_blank=True)
    translated_by = codes_or_none(TranslatedBy)
    translator = serializers.CharField(allow_blank=True)
    locator = serializers.CharField(allow_blank=True)


@extend_schema_field({"type": "string", "const": "entry"})
class EntryType(serializers.CharField):
    """What tells an entry from a tombstone."""


@extend_schema_field({"type": "string", "const": "tombstone"})
class TombstoneType(serializers.CharField):
    """What tells a tombstone from an entry."""


class EntryLine(serializers.Serializer[Any]):
    """One change: what, by whom, why, on which sources, and when."""

    type = EntryType()
    id = serializers.UUIDField()
    verb = serializers.CharField()
    verb_label = serializers.CharField()
    subject = EntrySubject()
    version = serializers.IntegerField(allow_null=True, help_text="Of the subject; null where only the clock told.")
    changes = serializers.DictField(
        child=serializers.ListField(child=serializers.JSONField(), min_length=2, max_length=2),
        help_text="{field: [before, after]}; relations by id, without ends that you may not see.",
    )
    reason = serializers.CharField(allow_blank=True)
    no_source_reason = serializers.CharField(allow_blank=True)
    citations = ToldCitation(many=True, help_text="Told with this entry; later ones are told by entries of their own.")
    marking = code(Marking, help_text="As it is marked now.")
    effective_at = moment("When it was so in the world.", nullable=False)
    inserted_at = moment("When it was written; never going back.", nullable=False)
    recorded_at = moment("When it became known; earlier than `inserted_at` only where backfilled.", nullable=False)
    is_backfilled = serializers.BooleanField()
    by = serializers.CharField(
        allow_null=True, help_text="The person for members, their desk for everybody else; null for the clock."
    )
    supersedes = serializers.UUIDField(allow_null=True, help_text="The entry that this one replaces.")
    is_redacted = serializers.BooleanField(help_text="Its words were destroyed; `entry.redacted` says why.")


class TombstoneLine(serializers.Serializer[Any]):
    """What you could see before and may not see any more: forget it and all entries about it."""

    type = TombstoneType()
    id = serializers.UUIDField()
    subject = EntrySubject()
    inserted_at = moment("Since when.", nullable=False)


@extend_schema_field(
    PolymorphicProxySerializer(
        component_name="RecordRow",
        serializers={"entry": EntryLine, "tombstone": TombstoneLine},
        resource_type_field_name="type",
        many=True,
    )
)
class RecordRows(serializers.ListField):
    """Entries and tombstones, told apart by `type`."""


class RecordPage(Provenance):
    """A stretch of the record, in the order in which it was written."""

    results = RecordRows()
    latest = serializers.CharField(help_text="Send it as `after` to go on from here, now or in a year.")
    next = serializers.URLField(allow_null=True, help_text="The address of more that is there already.")


class EntryDocument(EntryLine, Provenance):
    """One entry."""

    marking = code(Marking, help_text="As it is marked now.")
