"""Kinds of fields that several documents share."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.rules.codes import Code, Marking


def code(kind: type[Code], **options: Any) -> serializers.ChoiceField:
    """One code of a choice set, never translated."""
    return serializers.ChoiceField(choices=kind.choices(), **options)


def codes_or_none(kind: type[Code], **options: Any) -> serializers.ChoiceField:
    return code(kind, allow_null=True, **options)


def refs(help_text: str = "") -> serializers.ListField:
    """Refs such as C2 or D1, in reading order."""
    return serializers.ListField(child=serializers.CharField(), help_text=help_text)


def retracted_refs() -> serializers.ListField:
    """What a document says of a status under which a source was taken back."""
    return refs("Sources under the present status that their publisher took back.")


def moment(help_text: str = "", *, nullable: bool = True) -> serializers.DateTimeField:
    """An absolute moment, RFC 3339."""
    return serializers.DateTimeField(allow_null=nullable, help_text=help_text)


def measure(help_text: str = "") -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, help_text=help_text)


class ActorName(serializers.Serializer[Any]):
    """An actor as documents name it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    name_ar = serializers.CharField(allow_blank=True)
    short = serializers.CharField(help_text="The letter or two that mark it in tables.")


class Provenance(serializers.Serializer[Any]):
    """What every document carries: its marking, its language, and how it may be used and cited."""

    marking = code(Marking, help_text="The narrowest marking of anything in the document.")
    language = serializers.CharField(help_text="The language of labels and sentences.")
    license = serializers.CharField(allow_null=True, help_text="SPDX identifier; null above TLP:CLEAR.")
    cite_as = serializers.CharField()
    permalink = serializers.URLField(help_text="The same document again, as of the same moment.")
