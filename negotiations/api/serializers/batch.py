"""What a batch is answered with."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class OperationLine(serializers.Serializer[Any]):
    """What one operation made or changed."""

    verb = serializers.CharField()
    type = serializers.CharField(help_text="The kind of item, as the record names it.")
    id = serializers.UUIDField()
    ref = serializers.CharField(allow_null=True)
    version = serializers.IntegerField(help_text="The item's version after this operation.")
    etag = serializers.CharField(help_text="Good for `If-Match` until somebody changes the item.")
    url = serializers.URLField()


class BatchDocument(serializers.Serializer[Any]):
    """One line for each operation, in order."""

    results = OperationLine(many=True)
