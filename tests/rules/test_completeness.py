"""What a roadmap leaves open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from negotiations.rules.completeness import Gap, GapKind, condition_gaps, gaps
from negotiations.rules.facts import Gate, Phase

from .moments import DAY, condition, on

# Aceh, article 4.3: 840 arms by 31 December 2005, verified by the mission.
WHOLE: dict[str, Any] = {
    "category": "disarmament_ddr",
    "obligors": ("Free Aceh Movement",),
    "verifier": "Aceh Monitoring Mission",
    "agreement_state": "agreed",
    "specificity": 3,
    "target": Decimal(840),
    "unit": "arms",
    "comparator": ">=",
    "per": "total",
    "due_anchor": "date",
    "due_at": on(2005, 12, 31),
}
ELEMENTS = ["ceasefire_regime", "monitoring_verification", "dispute_resolution", "civilian_protection"]


def found(**changed: Any) -> tuple[GapKind, ...]:
    return condition_gaps(condition("C1", **{**WHOLE, **changed}))


def test_an_obligation_that_says_who_how_much_by_when_and_who_verifies_leaves_nothing_open() -> None:
    assert found() == ()


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"obligors": ()}, GapKind.NO_OBLIGOR),
        ({"verifier": None}, GapKind.NO_VERIFIER),
        ({"due_anchor": ""}, GapKind.NO_DUE_MOMENT),
        ({"target": None}, GapKind.NO_QUANTITY),
        ({"unit": ""}, GapKind.VAGUE_QUANTITY),
        ({"comparator": ""}, GapKind.VAGUE_QUANTITY),
        ({"per": ""}, GapKind.VAGUE_QUANTITY),
        ({"per": "ratio", "ratio_to": None}, GapKind.VAGUE_QUANTITY),
        ({"specificity": 1}, GapKind.RHETORICAL),
        ({"agreement_state": "bracketed"}, GapKind.UNSETTLED_WORDING),
        ({"agreement_state": "contested_interpretation"}, GapKind.UNSETTLED_WORDING),
    ],
)
def test_each_thing_left_open_is_told_once(changed: dict[str, Any], kind: GapKind) -> None:
    assert found(**changed) == (kind,)


def test_what_must_keep_holding_needs_no_due_moment() -> None:
    assert found(kind="continuous", due_anchor="") == ()


def test_what_is_done_or_not_done_needs_no_quantity() -> None:
    assert found(category="interim_governance", target=None) == ()


def test_a_roadmap_without_the_elements_of_the_guidance_says_which() -> None:
    assert [gap.kind for gap in gaps([condition("C1", **WHOLE)])] == [
        GapKind.NO_DISPUTE_ROUTE,
        GapKind.NO_MONITORING,
        GapKind.NO_CEASEFIRE_REGIME,
        GapKind.NO_CIVILIAN_PROTECTION,
    ]


def test_a_clause_may_give_the_dispute_route() -> None:
    items = [condition(f"C{at}", **{**WHOLE, "category": category}) for at, category in enumerate(ELEMENTS)]
    assert gaps(items) == ()
    without = [item for item in items if item.category != "dispute_resolution"]
    assert gaps(without) == (Gap(GapKind.NO_DISPUTE_ROUTE),)
    assert gaps(without, has_dispute_route=True) == ()


def test_a_later_phase_needs_entry_conditions_and_the_first_does_not() -> None:
    phases = [Phase("P1", 1, "active"), Phase("P2", 2, "not_started"), Phase("P3", 3, "not_started")]
    gates = [Gate("G", "P2", "C1"), Gate("H", "P3", "C1", "actors", ("Egypt",))]
    told = [gap for gap in gaps([condition("C1", **WHOLE)], phases, gates) if gap.phase]
    assert told == [Gap(GapKind.NO_ENTRY_CONDITIONS, phase="P3")]


def test_what_is_due_only_after_the_phase_it_opens_is_told() -> None:
    late = condition("C1", **{**WHOLE, "due_anchor": "phase_start", "due_phase": "P2", "due_offset": 10 * DAY})
    told = gaps([late], gates=[Gate("G", "P2", "C1")])
    assert Gap(GapKind.DUE_AFTER_GATE, condition="C1") in told
    assert GapKind.DUE_AFTER_GATE not in condition_gaps(late, {"C1": "P3"})


def test_superseded_text_leaves_nothing_open() -> None:
    assert all(gap.condition is None for gap in gaps([condition("C1", "superseded")]))


def test_gaps_are_told_in_reading_order() -> None:
    told = gaps([condition("C10", **{**WHOLE, "verifier": None}), condition("C2", **{**WHOLE, "verifier": None})])
    assert [gap.condition for gap in told if gap.condition] == ["C2", "C10"]
