"""Tables of conditions: what the text obliges whom to do; where it stands is assessed one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from negotiations.models import Condition, Party, Phase, ThirdParty
from negotiations.rules.codes import (
    AgreementState,
    Anchor,
    Comparator,
    ConditionCategory,
    ConditionKind,
    ImportKind,
    QuantityPer,
)
from negotiations.services.condition import add_condition, edit_condition

from ..cells import Column, code, days, line, measure, moment, text, whole
from ..desk import one, several
from .mapping import ACT, CITED, ITEM, TRUE_AS_OF, Contradiction, TableMapping

# What is assessed one by one, or worked out from the rest.
UNWRITTEN = frozenset({"status", "status_since", "value", "checked_at", "evidence_at", "owner"}) | {
    "overdue", "held_by", "rests_on_retracted",
}  # fmt: skip


def contradictions(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    """A due moment is whole, and a number to reach is a number of something."""
    anchor = values.get("due_anchor")
    if (anchor == Anchor.DATE) != (values.get("due_at") is not None):
        yield "due_at", _("A date to be due by goes with the anchor “date”."), _("Fill in both, or neither.")
    if (anchor == Anchor.ENTRY_INTO_FORCE) != (values.get("due_offset") is not None):
        yield "due_days", _("Days go with the anchor “entry_into_force”."), _("Fill in both, or neither.")
    if anchor in (Anchor.PHASE_START, Anchor.CONDITION_MET):
        yield "due_anchor", _("A table cannot say which phase or condition that is."), _("Set it on the page.")
    if values.get("comparator") and values.get("target") is None:
        yield "comparator", _("There is no number to compare with."), _("Fill in target, or empty this cell.")


CONDITION = TableMapping(
    kind=ImportKind.CONDITIONS,
    model=Condition,
    columns=(
        *ITEM,
        Column(name="phase", read=one(Phase), is_required=True, example="1"),
        Column(name="title", read=line(200), is_required=True, synonyms=("name",), example="Open the bridge"),
        Column(name="title_ar", read=line(200), example=""),
        Column(name="text", read=text(20_000), synonyms=("wording",), example="The bridge is opened to all traffic."),
        Column(name="text_ar", read=text(20_000), example=""),
        Column(name="kind", read=code(ConditionKind), example="milestone"),
        Column(name="category", read=code(ConditionCategory), is_required=True, example="border_crossings_movement"),
        Column(name="obligors", read=several(Party), synonyms=("owed_by",), example="Northern Shore"),
        Column(name="beneficiary", read=one(Party), synonyms=("owed_to",), example="Southern Shore"),
        Column(name="verifier", read=one(ThirdParty), example=""),
        Column(name="agreement_state", read=code(AgreementState), example="agreed"),
        Column(name="specificity", read=whole(1, 3), example="3"),
        Column(name="target", read=measure(), example=""),
        Column(name="unit", read=line(60), example=""),
        Column(name="unit_ar", read=line(60), example=""),
        Column(name="comparator", read=code(Comparator), example=""),
        Column(name="per", read=code(QuantityPer), example=""),
        Column(name="tolerance", read=measure(), example=""),
        Column(name="due_anchor", read=code(Anchor), example="date"),
        Column(name="due_at", read=moment(is_past=False), synonyms=("due",), example="2025-12-01"),
        Column(name="due_days", read=days(36_525), field="due_offset", example=""),
        Column(name="review_days", read=days(3660), field="review_interval", example="7"),
        TRUE_AS_OF,
        *ACT,
        *CITED,
    ),
    made_by="condition.added",
    changed_by="condition.edited",
    make=add_condition,
    edit=edit_condition,
    key=("title", "phase"),
    is_cited=False,
    contradictions=contradictions,
    unwritten=UNWRITTEN,
)
