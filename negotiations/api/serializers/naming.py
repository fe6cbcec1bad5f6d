"""Related items as documents name them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class ItemName(serializers.Serializer[Any]):
    """An item that people call by a ref."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    title = serializers.CharField()
    title_ar = serializers.CharField(allow_blank=True)


class PhaseName(serializers.Serializer[Any]):
    """A phase, by its number."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    title_ar = serializers.CharField(allow_blank=True)


class ClauseRef(serializers.Serializer[Any]):
    """A numbered passage of an agreement text."""

    id = serializers.UUIDField()
    instrument = serializers.CharField(help_text="Ref of the text.")
    number = serializers.CharField()


class GateRef(serializers.Serializer[Any]):
    """An entry condition of a phase."""

    id = serializers.UUIDField()
    phase = serializers.IntegerField()
    condition = serializers.CharField(help_text="Ref of the condition.")


class ProposalVersionRef(serializers.Serializer[Any]):
    """One wording of a proposal."""

    id = serializers.UUIDField()
    proposal = serializers.CharField(help_text="Ref of the proposal.")
    number = serializers.IntegerField()


class NoteRef(serializers.Serializer[Any]):
    """The note that another one replies to."""

    id = serializers.UUIDField()


class PersonName(serializers.Serializer[Any]):
    """A member of the negotiation; told to members only."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class SubjectName(serializers.Serializer[Any]):
    """The item that a note is about."""

    kind = serializers.CharField()
    id = serializers.UUIDField()
    name = serializers.CharField(allow_null=True, help_text="Its ref, or the number of a phase.")
