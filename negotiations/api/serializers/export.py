"""Large files as documents: how far a worker is, and where the file is fetched while it may be."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.rules.codes import ExportFormat, ExportState, Marking

from ..verbs.body import Body
from .fields import code, codes_or_none, moment


class ExportUrls(serializers.Serializer[Any]):
    """Where to look again, and where the file is."""

    self = serializers.URLField()
    file = serializers.URLField(
        allow_null=True, help_text="Null until it is ready, and when it is not handed out any more."
    )


class ExportDocument(serializers.Serializer[Any]):
    """A file of a negotiation's whole record that you wanted."""

    id = serializers.UUIDField()
    negotiation = serializers.CharField(help_text="Slug.")
    format = code(ExportFormat)
    state = code(ExportState)
    state_label = serializers.CharField()
    total = serializers.IntegerField(help_text="Entries in it; 0 until a worker has begun.")
    done = serializers.IntegerField(help_text="Of them, written so far.")
    marking = codes_or_none(Marking, help_text="The highest in the file; null until it is ready.")
    name = serializers.CharField(allow_null=True, help_text="Of the file.")
    size = serializers.IntegerField(allow_null=True, help_text="Bytes.")
    sha256 = serializers.CharField(allow_null=True, help_text="Of the bytes.")
    wanted_at = moment(nullable=False)
    settled_at = moment("When it was made, or could not be.")
    expires_at = moment("When the file goes.")
    urls = ExportUrls()


class ExportPage(serializers.Serializer[Any]):
    """Files that you wanted, the newest first; `next` is the address of the following page."""

    results = ExportDocument(many=True)
    next = serializers.URLField(allow_null=True)


class ExportWrite(Body):
    """The record to take along, and in which format."""

    negotiation = serializers.CharField(max_length=80, help_text="Slug.")
    format = code(ExportFormat)
