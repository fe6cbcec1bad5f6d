"""Tables of claims: what somebody says, beside what others say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from negotiations.models import Actor, Claim, Condition
from negotiations.rules.codes import ClaimKind, ImportKind
from negotiations.services.claim import edit_claim, make_claim

from ..cells import Column, code, language, line, measure, moment, text
from ..desk import one, several
from .mapping import ACT, CITED, ITEM, Contradiction, TableMapping, in_order


def contradictions(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    """A measurement measures something, and a period ends after it starts."""
    yield from in_order(values, "value_low", "value_best", "value_high")
    numbers = [values.get(name) for name in ("value_low", "value_best", "value_high")]
    if values.get("kind") == ClaimKind.MEASUREMENT and not any(number is not None for number in numbers):
        yield "value_best", _("A measurement has a number."), _("Fill in what was counted.")
    start, end = values.get("period_start"), values.get("period_end")
    if start is not None and end is not None and end < start:
        yield "period_end", _("The period ends before it starts."), _("Exchange the two, or mend one of them.")


CLAIM = TableMapping(
    kind=ImportKind.CLAIMS,
    model=Claim,
    columns=(
        *ITEM,
        Column(name="claimant", read=one(Actor), is_required=True, synonyms=("actor", "who"), example="Northern Shore"),
        Column(name="speaker", read=line(200), example=""),
        Column(name="conditions", read=several(Condition), synonyms=("condition", "about"), example="C1"),
        Column(name="kind", read=code(ClaimKind), is_required=True, example="measurement"),
        Column(name="text", read=text(8000), is_required=True, synonyms=("claim",), example="Four posts remain."),
        Column(name="text_ar", read=text(8000), example=""),
        Column(name="text_language", read=language, example="en"),
        Column(name="value_low", read=measure(), synonyms=("low",), example=""),
        Column(name="value_best", read=measure(), synonyms=("value", "best"), example="4"),
        Column(name="value_high", read=measure(), synonyms=("high",), example=""),
        Column(name="unit", read=line(60), example="posts"),
        Column(name="period_start", read=moment(is_past=False), synonyms=("from",), example=""),
        Column(name="period_end", read=moment(is_past=False), synonyms=("to",), example=""),
        Column(
            name="said_at",
            read=moment(is_past=True),
            is_required=True,
            synonyms=("date", "said_on"),
            example="2025-11-04T09:30:00Z",
        ),
        *ACT,
        *CITED,
    ),
    made_by="claim.made",
    changed_by="claim.edited",
    make=make_claim,
    edit=edit_claim,
    key=("claimant", "said_at", "text"),
    fixed=frozenset({"claimant", "conditions", "said_at"}),
    dated_by="said_at",
    contradictions=contradictions,
)
