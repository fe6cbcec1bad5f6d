"""Forms on notes: a remark or a question on any item, and the answer to it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Note, User
from negotiations.rules.codes import Marking
from negotiations.services.note import answer_question, edit_note, write_note

from .base import ItemForm, MarkedForm
from .fields import LongText, PickManyField
from .step import Doing, Step, changes


class NoteForm(MarkedForm):
    FACTS = ("text", "is_question", "mentions")
    WIDEST = Marking.GREEN

    text = LongText(label=_("Note"))
    is_question = forms.BooleanField(label=_("It is a question and stays open until it is answered"), required=False)
    mentions = PickManyField(User, label=_("Call in"))
    effective_at = None  # type: ignore[assignment]  # a note is written now
    reason = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["marking"].initial = Marking.AMBER


class NoteTextForm(ItemForm):
    FACTS = ("text",)

    text = LongText(label=_("Note"))
    effective_at = None  # type: ignore[assignment]
    reason = None  # type: ignore[assignment]


def _write(it: Doing) -> Any:
    return write_note(act=it.act, subject=it.item, author=it.user, **it.facts, **it.reach)


def _answer(it: Doing) -> Any:
    return answer_question(it.item, act=it.act, version=it.version, author=it.user, **it.facts)


def _is_open_question(note: Note) -> bool:
    return note.is_question and note.answered_at is None


_step = partial(Step, noun="note")
STEPS = (
    # Made on an item of any kind: the view hands that item over.
    _step(
        name="new",
        verb="note.written",
        title=_("Write a note"),
        button=_("Save the note"),
        form=NoteForm,
        run=_write,
    ),
    _step(
        name="answer",
        verb="note.answered",
        title=_("Answer the question"),
        button=_("Save the answer"),
        form=NoteTextForm,
        run=_answer,
        on=Note,
        applies=_is_open_question,
    ),
    _step(
        name="edit",
        verb="note.edited",
        title=_("Edit the note"),
        button=_("Save changes"),
        form=NoteTextForm,
        run=changes(edit_note),
        on=Note,
    ),
)
