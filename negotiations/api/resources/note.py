"""Notes: internal discussion on any item."""

from __future__ import annotations

from negotiations.models import Note, User
from negotiations.selectors.filters.note import NoteFilter

from ..pagination import Sort
from .field import columns, made_of, many, one
from .resource import resource
from .subject import SUBJECT

RESOURCE = resource(
    Note,
    "notes",
    made_of(
        Note,
        SUBJECT,
        one("thread", Note, help_text="The note it replies to."),
        one("author", User),
        columns(Note, "text", "is_question", "written_at", "answered_at"),
        many("mentions", User),
        columns(Note, "is_illustrative"),
    ),
    order=(Sort("written_at", is_descending=True),),
    filters=NoteFilter,
    named_by="",
)
