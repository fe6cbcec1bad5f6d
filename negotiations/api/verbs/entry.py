"""Verbs on entries of the record: correct, undo, cite a further source."""

from __future__ import annotations

from typing import Any

from django.db.models import JSONField
from rest_framework import serializers

from negotiations.models import Entry, Tracked
from negotiations.services.act import Cite
from negotiations.services.correction import correct, undo
from negotiations.services.guards import GUARDED
from negotiations.services.source import cite_source
from negotiations.services.subject import kind_of, locked_subject

from .body import CitationWrite, Edit, Told
from .fields import texts, words
from .verb import Call, Verb

# Set by the verbs themselves, from the moment and the person of the act.
STAMPED = frozenset(
    {
        "status_since", "checked_at", "declared_at", "found_at", "placed_at", "placed_by", "resolved_at",
        "withdrawn_at", "retracted_at", "ended_at", "closed_at", "started_at", "author", "written_at",
        "subject_type", "subject_id", "user", "slug",
    }
)  # fmt: skip


class CorrectionWrite(Told):
    """What the entry should have said, and why."""

    reason = serializers.CharField(max_length=4000)
    values = serializers.DictField(
        child=serializers.JSONField(allow_null=True),
        help_text="By the names of the entry's `changes`; what is left out is told again as it was.",
    )


def correct_it(call: Call) -> Tracked:
    """Check the values like those of an edit, then replace the entry."""
    return correct(call.item, act=call.act, version=call.version, **corrected_values(call))


def corrected_values(call: Call) -> dict[str, Any]:
    """What was sent, as the columns of the item take it."""
    kind = kind_of(call.item.subject_type)
    told = [name for name in call.item.payload.changes if is_correctable(name)]
    sent = columns_body(kind, told)(data=call.values["values"], context={"scope": call.scope})
    if not sent.is_valid():
        raise serializers.ValidationError({"values": sent.errors})
    return dict(sent.validated_data)


def is_correctable(name: str) -> bool:
    return name == "status" or (name not in GUARDED and name not in STAMPED)


def columns_body(kind: type[Tracked], names: list[str]) -> type[Edit]:
    """A body of exactly these columns of a kind, checked as an edit checks them."""
    own = {name: json_field(kind, name) for name in names if isinstance(kind._meta.get_field(name), JSONField)}
    meta = type("Meta", (), {"model": kind, "fields": tuple(names)})
    told = dict.fromkeys(("reason", "citations", "no_source_reason", "effective_at"))
    return type(f"{kind.__name__}Columns", (Edit,), {"Meta": meta, **told, **own})


def json_field(kind: type[Tracked], name: str) -> serializers.Field[Any, Any, Any, Any]:
    field: Any = kind._meta.get_field(name)
    return texts() if field.get_default() == {} else words(160)


class FurtherCitation(CitationWrite, Told):
    """A further source for what already stands."""

    citations = None  # type: ignore[assignment]  # the one below is all of it
    no_source_reason = None  # type: ignore[assignment]


def cite_it(call: Call) -> Tracked:
    cite_source(call.item, act=call.act, cite=Cite(**call.values))
    return locked_subject(call.item)


VERBS = (
    Verb(
        name="entry.corrected",
        on=Entry,
        path="correct",
        body=CorrectionWrite,
        run=correct_it,
        summary="Replace what an entry said",
        description="The entry stays readable under its correction. Answers with the item it tells of.",
        example={
            "values": {"value": 4},
            "reason": "The bulletin says four, not five.",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="entry.undone",
        on=Entry,
        path="undo",
        body=Told,
        run=lambda call: undo(call.item, act=call.act, version=call.version),
        needs_version=False,
        summary="Take back the last change of an item",
        description="By its author or the lead, while nothing has followed. Answers with the item.",
        example={"reason": "Saved on the wrong condition."},
    ),
    Verb(
        name="source.cited",
        on=Entry,
        path="citations",
        body=FurtherCitation,
        run=cite_it,
        needs_version=False,
        summary="Cite a further source for an entry",
        description="Told to those who may see both. Answers with the item.",
        example={"source": "S2", "credibility": "2", "reason": "A second report agrees."},
    ),
)
