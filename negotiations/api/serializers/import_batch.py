"""Imports as documents: what a file would do or did, and everything that is wrong with it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.rules.codes import ImportKind, ImportState, Marking

from .fields import code, moment


class ImportCounts(serializers.Serializer[Any]):
    """How many rows do what."""

    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    sources = serializers.IntegerField(help_text="New sources that rows describe.")
    problems = serializers.IntegerField()


class ImportProblem(serializers.Serializer[Any]):
    """One thing to mend in the file."""

    line = serializers.IntegerField(help_text="As the file counts; 0 for the whole file.")
    column = serializers.CharField(allow_blank=True)
    wrong = serializers.CharField()
    advice = serializers.CharField(allow_blank=True)


class ImportChange(serializers.Serializer[Any]):
    """One field of a row."""

    field = serializers.CharField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class ImportRow(serializers.Serializer[Any]):
    """What one row would do; long values are cut."""

    line = serializers.IntegerField()
    action = serializers.ChoiceField(choices=["created", "changed", "unchanged"])
    ref = serializers.CharField(allow_blank=True, help_text="Of the item that the row changes.")
    title = serializers.CharField(allow_blank=True)
    changes = ImportChange(many=True)
    remark = serializers.CharField(allow_blank=True)


class ImportUrls(serializers.Serializer[Any]):
    """Where the import is read, written and taken back."""

    self = serializers.URLField()
    apply = serializers.URLField()
    undo = serializers.URLField()


class ImportLine(serializers.Serializer[Any]):
    """A file that you brought."""

    id = serializers.UUIDField()
    kind = code(ImportKind)
    state = code(ImportState)
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    marking = code(Marking, help_text="Of rows that do not say it.")
    is_waiting = serializers.BooleanField(help_text="Whether it was checked, has no problems and can be written.")
    counts = ImportCounts()
    created_at = moment(nullable=False)
    applied_at = moment()
    undone_at = moment()
    urls = ImportUrls()


class ImportDocument(ImportLine):
    """A file that you brought, row by row."""

    problems = ImportProblem(many=True, help_text="At most 1,000.")
    rows = ImportRow(many=True, help_text="At most 2,000; empty once it is written: its entries tell the rest.")


class ImportPage(serializers.Serializer[Any]):
    """Your imports, the newest first."""

    results = ImportLine(many=True)
    next = serializers.URLField(allow_null=True, help_text="The address of the next page; null on the last one.")
