"""Readiness of a phase: what the text asks, and what each actor asks besides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiations.rules.codes import ConditionStatus, PhaseStatus
from negotiations.rules.facts import Condition, Gate, Link, Phase
from negotiations.rules.gates import GateStanding, Readiness, VerdictKind, phase_in_question, readiness

from . import gaza
from .moments import DAY, condition


def ask(phase: Phase = gaza.SECOND, items: dict[Any, Condition] | None = None, **more: Any) -> Readiness:
    given = {"at": gaza.ON_8_DECEMBER, "links": gaza.LINKS, "disputes": gaza.DISPUTES, **more}
    return readiness(phase, gaza.GATES, items if items is not None else gaza.conditions(), **given)


def one_gate(status: str, *others: Condition, links: tuple[Link, ...] = ()) -> Readiness:
    items = {item.id: item for item in (condition("C1", status), *others)}
    return readiness(gaza.SECOND, [Gate("G1", "P2", "C1")], items, at=gaza.ON_8_DECEMBER, links=links)


def test_gaza_on_8_december_2025_has_two_of_six_open() -> None:
    verdict = ask().verdict
    assert (verdict.kind, verdict.open, verdict.total) == (VerdictKind.UNMET, 2, 6)


def test_the_open_gates_are_the_remains_and_their_counterpart() -> None:
    open_ = [gate.condition for gate in ask().text.gates if gate.standing is GateStanding.OPEN]
    assert open_ == ["C4", "C6"]


def test_what_actors_ask_besides_is_read_side_by_side_and_never_summed() -> None:
    others = {reading.asserted_by: (reading.open, reading.total) for reading in ask().others}
    assert others == {gaza.ISRAEL: (1, 1), gaza.EGYPT: (2, 2), gaza.QATAR: (1, 1)}
    assert ask().text.total == 6


def test_a_disputed_gate_says_so() -> None:
    egypt = next(reading for reading in ask().others if reading.asserted_by == gaza.EGYPT)
    assert [(gate.gate, gate.disputes) for gate in egypt.gates] == [("G11", ()), ("G13", ("D2",))]
    assert (egypt.disputed, ask().text.disputed) == (1, 0)


def test_declared_on_14_january_2026_while_two_of_six_were_open() -> None:
    items = gaza.conditions(C4="met", C6="met")
    verdict = ask(gaza.declared(), items, at=gaza.DECLARED + 30 * DAY, when_declared=gaza.statuses()).verdict
    assert verdict.kind is VerdictKind.DECLARED
    assert verdict.declaration is not None
    assert (verdict.declaration.by, verdict.declaration.open, verdict.declaration.total) == ("United States", 2, 6)
    assert verdict.open == 0


def test_a_declaration_to_come_is_none() -> None:
    assert ask(gaza.declared()).verdict.declaration is None


def test_what_was_open_at_a_declaration_is_not_guessed() -> None:
    declaration = ask(gaza.declared(), at=gaza.DECLARED).verdict.declaration
    assert declaration is not None
    assert (declaration.open, declaration.total) == (None, None)


@pytest.mark.parametrize("status", list(ConditionStatus))
def test_met_and_waived_satisfy_superseded_is_out_all_else_is_open(status: str) -> None:
    expected = {"met": "satisfied", "waived": "satisfied", "superseded": "out"}.get(status, "open")
    reading = one_gate(status).text
    assert (reading.gates[0].standing, reading.total) == (expected, 0 if expected == "out" else 1)


def test_waivers_are_counted_apart() -> None:
    verdict = one_gate("waived").verdict
    assert (verdict.kind, verdict.waived) == (VerdictKind.READY, 1)


def test_an_alternative_that_holds_satisfies_the_gate_both_ways() -> None:
    other = condition("C2", "met")
    for link in (Link("L", "C1", "C2", "alternative_to"), Link("L", "C2", "C1", "alternative_to")):
        gate = one_gate("contested", other, links=(link,)).text.gates[0]
        assert (gate.standing, gate.alternative, gate.status) == (GateStanding.SATISFIED, "C2", "contested")


def test_a_withdrawn_gate_no_longer_counts_from_that_moment_on() -> None:
    gates = [Gate("G1", "P2", "C1", withdrawn_at=gaza.ON_8_DECEMBER), Gate("G2", "P2", "C2")]
    items = {ref: condition(ref) for ref in ("C1", "C2")}
    assert readiness(gaza.SECOND, gates, items, at=gaza.ON_8_DECEMBER).text.total == 1
    assert readiness(gaza.SECOND, gates, items, at=gaza.ON_8_DECEMBER - DAY).text.total == 2


def test_a_condition_the_reader_may_not_see_makes_no_gate() -> None:
    items = gaza.conditions()
    del items["C4"]
    assert (ask(items=items).text.open, ask(items=items).text.total) == (1, 5)


@pytest.mark.parametrize("status", list(PhaseStatus))
def test_every_status_of_a_phase_has_its_verdict(status: PhaseStatus) -> None:
    kind = ask(replace(gaza.SECOND, status=status.value)).verdict.kind
    waiting = {"not_started", "negotiating_terms", "transition_pending"}
    expected = "unmet" if status in waiting else {"active": "started"}.get(status, status.value)
    assert kind == expected


def test_a_phase_without_gates_in_the_text_says_so() -> None:
    assert ask(gaza.THIRD).verdict.kind is VerdictKind.NO_GATES


@pytest.mark.parametrize(
    ("statuses", "number"),
    [
        (["active", "not_started", "not_started"], 2),
        (["expired", "negotiating_terms", "not_started"], 2),
        (["completed", "active", "completed"], 2),
        (["completed", "completed"], 2),
        (["suspended", "superseded"], 1),
        (["expired", "collapsed", "collapsed"], 2),
    ],
)
def test_the_verdict_speaks_of_the_next_phase_to_start(statuses: list[str], number: int) -> None:
    phases = [Phase(at, at, status) for at, status in enumerate(statuses, start=1)]
    found = phase_in_question(reversed(phases))
    assert found is not None
    assert found.number == number


def test_no_phase_no_question() -> None:
    assert phase_in_question([]) is None


@given(st.lists(st.sampled_from(list(ConditionStatus)), max_size=9), st.randoms(use_true_random=False))
def test_every_gate_is_counted_once_whatever_the_order(statuses: list[str], random: Any) -> None:
    items = {ref: condition(f"C{ref}", status, id=ref) for ref, status in enumerate(statuses)}
    gates = [Gate(f"G{ref}", "P2", ref) for ref in items]
    first = readiness(gaza.SECOND, gates, items, at=gaza.ON_8_DECEMBER)
    random.shuffle(gates)
    shuffled = dict(random.sample(list(items.items()), len(items)))
    assert readiness(gaza.SECOND, gates, shuffled, at=gaza.ON_8_DECEMBER) == first
    assert first.text.satisfied + first.text.open + first.text.out == len(statuses)
