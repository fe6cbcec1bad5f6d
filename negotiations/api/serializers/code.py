"""Codes as documents."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from .fields import Provenance


class CodeLine(serializers.Serializer[Any]):
    """A code: what it is called, what it means, and what other vocabularies call it."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the document's own word
    definition = serializers.CharField(allow_blank=True, help_text="Empty where the label says it all.")
    label_ar = serializers.CharField()
    definition_ar = serializers.CharField(allow_blank=True)
    pax = serializers.ListField(child=serializers.CharField(), help_text="PA-X agreement codes it corresponds to.")
    pam = serializers.ListField(child=serializers.CharField(), help_text="Provisions of the Peace Accords Matrix.")
    pam_level = serializers.IntegerField(allow_null=True, help_text="PAM-style level 0 to 3, on plain progress only.")
    percent_low = serializers.IntegerField(allow_null=True, help_text="ICD 203 range of a likelihood.")
    percent_high = serializers.IntegerField(allow_null=True)


class CodeSet(serializers.Serializer[Any]):
    """A choice set."""

    name = serializers.CharField(help_text="As the enumeration is named in this description.")
    codes = CodeLine(many=True)


class CodeDocument(Provenance):
    """Every choice set of the domain."""

    sets = CodeSet(many=True)
