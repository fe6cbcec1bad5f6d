"""Differences as documents: between two moments, and between two attempts."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.history.diff import How
from negotiations.rules.codes import ConditionStatus, Credibility, Marking, Reliability

from .fields import Provenance, code, measure, moment


class SideOfDiff(serializers.Serializer[Any]):
    """One of the two readings."""

    as_of = moment("How it was at this moment.", nullable=False)
    known_at = moment("As known at this moment; null for as known now.")
    verdict = serializers.CharField(help_text="The sentence the overview opens with.")


class EntrySource(serializers.Serializer[Any]):
    """A source that an entry rests on, graded for this piece."""

    ref = serializers.CharField()
    publisher = serializers.CharField()
    title = serializers.CharField()
    reliability = code(Reliability)
    credibility = code(Credibility)
    marking = code(Marking)


class EntryBetween(serializers.Serializer[Any]):
    """An entry that one reading rests on and the other does not."""

    id = serializers.UUIDField()
    verb = serializers.CharField()
    verb_label = serializers.CharField()
    by = serializers.CharField(help_text="The person for members, their desk for everybody else.")
    reason = serializers.CharField(allow_blank=True)
    no_source_reason = serializers.CharField(allow_blank=True)
    sources = EntrySource(many=True)
    effective_at = moment("When it was so in the world.", nullable=False)
    recorded_at = moment("When it became known.", nullable=False)
    is_backfilled = serializers.BooleanField()
    is_redacted = serializers.BooleanField()
    marking = code(Marking)


class DiffRow(serializers.Serializer[Any]):
    """An item that differs."""

    type = serializers.CharField(help_text="The noun.")
    id = serializers.UUIDField()
    ref = serializers.CharField(allow_blank=True, help_text="What people call it: a ref, or the number of a phase.")
    title = serializers.CharField(allow_blank=True)
    title_ar = serializers.CharField(allow_blank=True)
    how = serializers.ChoiceField(
        choices=[one.value for one in How],
        help_text="`moved` where it stands elsewhere or belongs to something else.",
    )
    changes = serializers.DictField(
        child=serializers.ListField(child=serializers.JSONField(), min_length=2, max_length=2),
        help_text="{field: [before, after]}; relations by id, without ends that you may not see.",
    )
    named = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True), min_length=2, max_length=2),
        help_text="The relations among `changes` by ref or number and title; several with commas between.",
    )
    entries = EntryBetween(many=True, help_text="The newest five at most; the record holds all of them.")
    marking = code(Marking)


class DiffPage(Provenance):
    """What differs, in reading order."""

    before = SideOfDiff()
    after = SideOfDiff()
    results = DiffRow(many=True)
    next = serializers.URLField(allow_null=True, help_text="The address of the next page; null on the last one.")


class AttemptCondition(serializers.Serializer[Any]):
    """A condition of one of the attempts, and how far it came."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    title = serializers.CharField()
    title_ar = serializers.CharField(allow_blank=True)
    status = code(ConditionStatus)
    status_label = serializers.CharField()
    value = measure()
    marking = code(Marking)


class AttemptRow(serializers.Serializer[Any]):
    """A condition of both attempts, or of one."""

    how = serializers.ChoiceField(
        choices=[one.value for one in How if one is not How.MOVED],
        allow_null=True,
        help_text="Null where both require the same.",
    )
    before = AttemptCondition(allow_null=True)
    after = AttemptCondition(allow_null=True)
    changes = serializers.DictField(
        child=serializers.ListField(child=serializers.JSONField(), min_length=2, max_length=2),
        help_text="{field: [before, after]} of what is required.",
    )


class AttemptPage(Provenance):
    """What this attempt requires and reached beside the one before it."""

    earlier = serializers.SlugField(help_text="The attempt before.")
    before = SideOfDiff()
    after = SideOfDiff()
    results = AttemptRow(many=True)
    next = serializers.URLField(allow_null=True, help_text="The address of the next page; null on the last one.")
