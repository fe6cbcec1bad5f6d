"""The sentences at the top of a negotiation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from negotiations.rules.codes import PhaseStatus
from negotiations.rules.gates import Declaration, GateStanding, GateState, Reading, Verdict, VerdictKind
from negotiations.rules.names import in_sentence, listed
from negotiations.rules.verdict import gate_reason, reading_sentence, verdict_remarks, verdict_sentence

from .gaza import DECLARED

UNMET = Verdict(VerdictKind.UNMET, "P2", 2, PhaseStatus.NOT_STARTED, open=3, total=7)
BY_US = Declaration(PhaseStatus.ACTIVE, "United States", DECLARED, open=2, total=6)
WORDS = {"declared_by": "United States", "declared_on": "14 January 2026"}


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (UNMET, "Phase 2 has not started: 3 of 7 entry conditions in the text unmet"),
        (replace(UNMET, open=1, total=1), "Phase 2 has not started: 1 of 1 entry condition in the text unmet"),
        (replace(UNMET, kind=VerdictKind.READY, open=0), "Phase 2: all entry conditions in the text are met"),
        (
            replace(UNMET, kind=VerdictKind.NO_GATES, open=0, total=0),
            "Phase 2 has not started: the text names no entry conditions",
        ),
        (replace(UNMET, kind=VerdictKind.STARTED), "Phase 2 has started"),
        (replace(UNMET, kind=VerdictKind.EXPIRED), "The term of phase 2 has run out"),
    ],
)
def test_the_verdict_is_said_in_one_sentence(verdict: Verdict, sentence: str) -> None:
    assert verdict_sentence(verdict) == sentence


def test_a_declaration_is_attributed_and_says_what_was_open() -> None:
    verdict = replace(UNMET, kind=VerdictKind.DECLARED, declaration=BY_US)
    assert verdict_sentence(verdict, **WORDS) == (
        "Phase 2 was declared by the United States on 14 January 2026; 2 of 6 entry conditions in the text were open"
    )
    assert verdict_remarks(verdict, **WORDS) == ["3 of 7 entry conditions in the text are open now"]


def test_one_of_several_is_open_in_the_singular() -> None:
    verdict = replace(UNMET, kind=VerdictKind.DECLARED, declaration=replace(BY_US, open=1), open=1)
    assert verdict_sentence(verdict, **WORDS).endswith("; 1 of 6 entry conditions in the text was open")
    assert verdict_remarks(verdict, **WORDS) == ["1 of 7 entry conditions in the text is open now"]
    one = replace(verdict, total=1)
    assert verdict_remarks(one, **WORDS) == ["1 of 1 entry condition in the text is open now"]


def test_a_declaration_with_nothing_open_or_nothing_known() -> None:
    verdict = replace(UNMET, kind=VerdictKind.DECLARED, declaration=replace(BY_US, open=0))
    assert verdict_sentence(verdict, **WORDS).endswith("; all entry conditions in the text were met")
    unknown = replace(verdict, declaration=replace(BY_US, open=None, total=None))
    assert verdict_sentence(unknown, **WORDS).endswith("on 14 January 2026")


def test_without_a_name_a_declared_phase_falls_back_to_its_gates() -> None:
    verdict = replace(UNMET, kind=VerdictKind.DECLARED, declaration=BY_US)
    assert verdict_sentence(verdict) == verdict_sentence(UNMET)


def test_a_started_phase_remembers_its_declaration() -> None:
    verdict = replace(UNMET, kind=VerdictKind.STARTED, declaration=BY_US)
    assert "2 of 6 entry conditions in the text were open" in verdict_remarks(verdict, **WORDS)[0]


def test_a_declaration_of_another_status_is_quoted() -> None:
    verdict = replace(UNMET, declaration=replace(BY_US, status=PhaseStatus.COMPLETED))
    assert "declared “Completed” by the United States" in verdict_remarks(verdict, **WORDS)[0]


def test_waivers_and_disputed_gates_are_remarked_on() -> None:
    verdict = replace(UNMET, kind=VerdictKind.READY, open=0, waived=1, disputed=2)
    assert verdict_remarks(verdict) == [
        "1 entry condition was waived",
        "Whether 2 entry conditions must hold first is itself in dispute",
    ]


@pytest.mark.parametrize("kind", list(VerdictKind))
def test_no_verdict_says_what_could_or_could_not_be(kind: VerdictKind) -> None:
    sentence = verdict_sentence(replace(UNMET, kind=kind, declaration=BY_US), **WORDS)
    assert sentence.startswith(("Phase 2", "The term of phase 2"))
    assert not {"cannot", "can't", "failed", "blocked"} & set(sentence.split())


def test_an_actors_reading_is_said_beside_the_texts() -> None:
    state = GateState("G", "C4", GateStanding.OPEN, "partly_met")  # type: ignore[arg-type]
    reading = Reading("Israel", (state,))
    assert reading_sentence(reading, "Israel") == "Also required according to Israel: 1 of 1 unmet"
    assert reading_sentence(Reading("Egypt"), "Egypt").endswith("all met")


def test_a_gate_says_why_it_stands_as_it_does() -> None:
    state = GateState("G", "C1", GateStanding.SATISFIED, "contested", alternative="key")  # type: ignore[arg-type]
    assert gate_reason(state, "C2") == "C2, which the text accepts in its place, is met."
    assert gate_reason(replace(state, standing=GateStanding.OPEN)).startswith("The parties report differently")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Egypt", "Egypt"),
        ("United States", "the United States"),
        ("Board of Peace", "the Board of Peace"),
        ("Free Aceh Movement", "the Free Aceh Movement"),
        ("Palestinian Authority", "the Palestinian Authority"),
        ("Saudi Arabia", "Saudi Arabia"),
        ("The Elders", "The Elders"),
    ],
)
def test_english_gives_names_their_article(name: str, said: str) -> None:
    assert in_sentence(name) == said


def test_other_languages_keep_names_as_they_are() -> None:
    assert in_sentence("United States", language="ar") == "United States"


def test_names_are_listed_in_the_order_given() -> None:
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
