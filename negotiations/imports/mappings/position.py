"""Tables of positions: where an actor stands, as dated statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from negotiations.models import Actor, Condition, Dispute, Position, Proposal
from negotiations.rules.codes import Channel, ImportKind, Stance
from negotiations.services.position import edit_position, state_position

from ..cells import Column, code, language, line, moment, text
from ..desk import one
from .mapping import ACT, CITED, ITEM, Contradiction, TableMapping

ON = ("dispute", "condition", "proposal")


def contradictions(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    """A position is on one thing."""
    named = [name for name in ON if values.get(name) is not None]
    if len(named) != 1:
        wrong = _("A position is on one thing.")
        yield (named or ["dispute"])[-1], wrong, _("Name one dispute, one condition or one proposal.")


POSITION = TableMapping(
    kind=ImportKind.POSITIONS,
    model=Position,
    columns=(
        *ITEM,
        Column(name="actor", read=one(Actor), is_required=True, synonyms=("who",), example="Southern Shore"),
        Column(name="dispute", read=one(Dispute), example="D1"),
        Column(name="condition", read=one(Condition), example=""),
        Column(name="proposal", read=one(Proposal), example=""),
        Column(name="stance", read=code(Stance), is_required=True, example="rejects"),
        Column(name="summary", read=line(300), is_required=True, example="The line follows the river."),
        Column(name="summary_ar", read=line(300), example=""),
        Column(name="speaker", read=line(200), example=""),
        Column(name="channel", read=code(Channel), example="public"),
        Column(
            name="stated_at",
            read=moment(is_past=True),
            is_required=True,
            synonyms=("date", "stated_on"),
            example="2025-11-04T09:30:00Z",
        ),
        Column(name="words", read=text(8000), field="quote", synonyms=("quotation",), example=""),
        Column(name="words_language", read=language, field="quote_language", example=""),
        *ACT,
        *CITED,
    ),
    made_by="position.stated",
    changed_by="position.edited",
    make=state_position,
    edit=edit_position,
    key=("actor", "stated_at", "summary"),
    fixed=frozenset({"actor", "stated_at", *ON}),
    dated_by="stated_at",
    contradictions=contradictions,
    meant=dict.fromkeys(("on", "on_ref"), ", ".join(ON)),
    unwritten=frozenset({"on_title", "before", "rests_on_retracted"}),
)
