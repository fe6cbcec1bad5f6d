"""Verbs on notes: internal discussion on any item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from negotiations.models import MarkedItem, Note, User
from negotiations.rules.codes import Marking
from negotiations.rules.marking import narrowest

from .act import Act
from .record import amend, writing


def write_note(
    *,
    act: Act,
    subject: MarkedItem,
    text: str,
    author: User,
    marking: str = Marking.AMBER,
    mentions: Iterable[User] = (),
    **fields: Any,
) -> Note:
    """Write a remark or a question on an item; TLP:AMBER or as narrow as the item."""
    with writing(subject.negotiation, act) as record:
        note = Note(
            negotiation=subject.negotiation,
            subject_type=subject.noun(),
            subject_id=subject.public_id,
            author=author,
            text=text,
            marking=narrowest([marking, subject.marking]),
            written_at=record.effective_at,
            **{"organisation": subject.organisation, **fields},
        )
        return record.create(note, "note.written", relate={"mentions": mentions})


def answer_question(question: Note, *, act: Act, version: int | None, text: str, author: User) -> Note:
    """Answer a question in its thread; the question stays open until then. Returns the answer."""
    with writing(question.negotiation, act) as record:
        saved = record.lock(question, version)
        answer = Note(
            negotiation=question.negotiation,
            subject_type=question.subject_type,
            subject_id=question.subject_id,
            thread=saved,
            author=author,
            text=text,
            marking=saved.marking,
            organisation=saved.organisation,
            written_at=record.effective_at,
        )
        record.create(answer, "note.written", relate={"mentions": []})
        record.change(saved, "note.answered", answered_at=record.effective_at)
        return answer


def edit_note(note: Note, *, act: Act, version: int | None, text: str) -> Note:
    return amend(note, "note.edited", act=act, version=version, text=text)
