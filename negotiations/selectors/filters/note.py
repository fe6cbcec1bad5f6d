"""How lists of notes are narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms

from .item import ItemFilter
from .kinds import BoolFilter, SetFilter, from_to
from .related import PersonFilter


class SubjectFilter(django_filters.Filter):  # type: ignore[misc]  # brings no types
    """Notes on one item, by its id."""

    field_class = forms.UUIDField

    def holds(self, told: Mapping[str, Any], value: Any) -> bool:
        return told.get("subject_id") == str(value)


class NoteFilter(ItemFilter):
    """Notes: on one item, in one thread, by one author, and the questions still open."""

    subject = SubjectFilter("subject_id")
    author = PersonFilter("author")
    is_question = BoolFilter("is_question")
    is_answered = SetFilter("answered_at")
    written_after, written_before = from_to("written_at")

    searched = ("text",)
