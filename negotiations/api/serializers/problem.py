"""Refusals as documents."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from .fields import moment


class FieldError(serializers.Serializer[Any]):
    """One thing that is wrong with a field."""

    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemDocument(serializers.Serializer[Any]):
    """RFC 9457 problem details; `code` is stable and never translated."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]  # the standard's own word
        child=FieldError(many=True), help_text="By the path of the field."
    )
    request_id = serializers.CharField()


class FieldConflictLine(serializers.Serializer[Any]):
    """One field as it was when you read it, as it is saved now, and as you sent it."""

    field = serializers.CharField()
    opened = serializers.JSONField()
    saved = serializers.JSONField()
    yours = serializers.JSONField()


class ConflictLine(serializers.Serializer[Any]):
    """Who was first, and what differs."""

    opened_version = serializers.IntegerField()
    saved_version = serializers.IntegerField()
    changed_at = moment()
    changed_by = serializers.CharField(allow_null=True)
    fields = FieldConflictLine(many=True)  # type: ignore[assignment]  # the document's own word


class ConflictDocument(ProblemDocument):
    """Somebody changed the item after you read it; nothing of yours was written."""

    conflict = ConflictLine()
