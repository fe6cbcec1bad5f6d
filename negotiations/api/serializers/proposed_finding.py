"""Findings that wait for a second person, as documents."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.rules.codes import ConditionStatus, FindingState, Marking

from .condition import VerificationLine
from .fields import code, measure, moment
from .naming import ItemName, PersonName


class ProposedFindingUrls(serializers.Serializer[Any]):
    """Where a second person decides, and what it is about."""

    confirm = serializers.URLField()
    decline = serializers.URLField()
    condition = serializers.URLField()


class ProposedFindingDocument(serializers.Serializer[Any]):
    """A status that somebody proposed: none yet, until a second person confirms it."""

    id = serializers.UUIDField()
    condition = ItemName()
    status = code(ConditionStatus, help_text="What the condition would be.")
    state = code(FindingState)
    found_at = moment("When it became so, as proposed.", nullable=False)
    verification = VerificationLine(allow_null=True)
    value = measure("The measure that was proposed with it.")
    by = PersonName(help_text="Who proposed it.")
    marking = code(Marking)
    version = serializers.IntegerField()
    urls = ProposedFindingUrls()
