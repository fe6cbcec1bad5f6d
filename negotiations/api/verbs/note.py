"""Verbs on notes: internal discussion on any item."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from negotiations.models import MarkedItem, Negotiation, Note, Tracked, User
from negotiations.services.note import answer_question, edit_note, write_note

from .body import Edit, NewItem, Told
from .fields import NAME, Related, RelatedList
from .locating import item_by_id
from .verb import Call, Verb


@extend_schema_field({"type": "string", "maxLength": NAME})
class AnyItem(serializers.Field[Any, Any, Any, Any]):
    """Any item of the negotiation, by its id."""

    def to_internal_value(self, data: Any) -> MarkedItem:
        found: MarkedItem | None = item_by_id(
            self.context["scope"], serializers.CharField(max_length=NAME).run_validation(data)
        )
        if found is None:
            raise serializers.ValidationError(_("There is no such item."), code="does_not_exist")
        return found


class NoteWrite(Edit):
    """A remark or a question."""

    class Meta:
        model = Note
        fields = ("text",)


class NoteNew(NewItem):
    """A remark or a question on an item; TLP:AMBER, or as narrow as the item."""

    subject = AnyItem(help_text="Id of any item of this negotiation.")
    thread = Related(Note, required=False, allow_null=True, help_text="Id of the note it replies to.")
    mentions = RelatedList(User, required=False, help_text="Members to call into it.")

    class Meta:
        model = Note
        fields = ("subject", "text", "is_question", "thread", "mentions")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        thread: Note | None = attrs.get("thread")
        if thread is not None and thread.subject_id != attrs["subject"].public_id:
            raise serializers.ValidationError({"thread": _("Reply to a note on the same item.")})
        return attrs


class NoteAnswer(Told):
    """The answer to a question."""

    text = serializers.CharField(max_length=8000)


def answer(call: Call) -> Tracked:
    return answer_question(call.item, act=call.act, version=call.version, text=call.values["text"], author=call.person)


VERBS = (
    Verb(
        name="note.written",
        on=Negotiation,
        makes=Note,
        body=NoteNew,
        run=lambda call: write_note(author=call.person, **call.made),
        summary="Write a note on an item",
        example={
            "subject": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
            "text": "Does the line include the mill?",
            "is_question": True,
            "mentions": ["mediator"],
        },
    ),
    Verb(
        name="note.edited",
        on=Note,
        body=NoteWrite,
        run=lambda call: edit_note(call.item, **call.amended),
        summary="Edit a note",
        example={"text": "Does the line include the old mill?"},
    ),
    Verb(
        name="note.answered",
        on=Note,
        path="answer",
        body=NoteAnswer,
        run=answer,
        answers_with=lambda written: written.thread,
        summary="Answer a question",
        example={"text": "It runs south of the mill."},
    ),
)
