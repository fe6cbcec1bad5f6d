"""Three processes at named dates, each asked what a reader would ask first."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from negotiations.rules.anchors import day, terms_of, what_happened
from negotiations.rules.blockers import blockers, phase_blockers
from negotiations.rules.deadlines import deadline, earliest_start, schedule_of
from negotiations.rules.facts import Condition, Dispute, Gate, Link, Phase
from negotiations.rules.gates import phase_in_question, readiness
from negotiations.rules.holds import weave
from negotiations.rules.steps import next_steps
from negotiations.rules.tranches import Count, Exchange, Quota, ledgers
from negotiations.rules.verdict import reading_sentence, verdict_sentence

from . import gaza
from .moments import DAY, condition, on


class TestGazaOn8December2025:
    """Phase one under way, phase two held back by the last remains; mediators name the withdrawal."""

    def test_the_verdict_counts_the_gates_of_the_text(self) -> None:
        phase = phase_in_question([gaza.FIRST, gaza.SECOND, gaza.THIRD])
        assert phase is gaza.SECOND
        verdict = readiness(phase, gaza.GATES, gaza.conditions(), at=gaza.ON_8_DECEMBER).verdict
        assert verdict_sentence(verdict) == "Phase 2 has not started: 2 of 6 entry conditions in the text unmet"

    def test_the_mediators_reading_stands_beside_it(self) -> None:
        ready = readiness(gaza.SECOND, gaza.GATES, gaza.conditions(), at=gaza.ON_8_DECEMBER)
        said = {
            str(reading.asserted_by): reading_sentence(reading, str(reading.asserted_by)) for reading in ready.others
        }
        assert said["Qatar"] == "Also required according to Qatar: 1 of 1 unmet"
        assert said["Egypt"] == "Also required according to Egypt: 2 of 2 unmet"

    def test_the_withdrawal_qatar_asks_for_is_a_mutual_precondition_with_disarmament(self) -> None:
        ready = readiness(gaza.SECOND, gaza.GATES, gaza.conditions(), at=gaza.ON_8_DECEMBER)
        web = weave(gaza.CONDITIONS, gaza.LINKS, gaza.DISPUTES, at=gaza.ON_8_DECEMBER)
        by_qatar = next(reading for reading in ready.others if reading.asserted_by == gaza.QATAR)
        (group,) = phase_blockers(web, by_qatar).groups
        assert group.parties == (gaza.HAMAS, gaza.ISRAEL)


class TestGazaOn14January2026:
    """Phase two is declared while remains are missing."""

    def test_the_declaration_is_attributed_with_what_was_open(self) -> None:
        ready = readiness(
            gaza.declared(), gaza.GATES, gaza.conditions(), at=gaza.DECLARED, when_declared=gaza.statuses()
        )
        sentence = verdict_sentence(ready.verdict, declared_by="United States", declared_on="14 January 2026")
        assert sentence == (
            "Phase 2 was declared by the United States on 14 January 2026; "
            "2 of 6 entry conditions in the text were open"
        )

    def test_what_is_recorded_later_does_not_change_what_was_open_then(self) -> None:
        later = readiness(
            gaza.declared(),
            gaza.GATES,
            gaza.conditions(C4="met", C6="met"),
            at=on(2026, 2, 1),
            when_declared=gaza.statuses(),
        )
        assert later.verdict.declaration is not None
        assert (later.verdict.declaration.open, later.verdict.open) == (2, 0)


class TestAcehInNovember2005:
    """The third round of the handover is 44 arms short on 22 November; troops answer round by round."""

    ARMS = condition("4.3", "partly_met", obligors=("Free Aceh Movement",), clause="4.3", verifier="AMM")
    TROOPS = condition("4.5", "partly_met", obligors=("Indonesia",), clause="4.5", verifier="AMM")
    LINK = Link("L", "4.5", "4.3", "conditional_on_verification_of", clause="4.7")

    def test_the_third_round_is_44_short_and_the_third_withdrawal_not_yet_owed(self) -> None:
        counts = [Count("arms", n, Decimal(accepted), "AMM") for n, accepted in ((1, 243), (2, 233), (3, 166))]
        rounds = [Quota("arms", n, Decimal(210)) for n in range(1, 5)]
        planned = [Quota("troops", 3, Decimal(5665))]
        mission = ledgers(Exchange("troops", "arms"), counts, [*rounds, *planned])[1]
        third = mission.rows[2]
        assert (third.other_short, third.owed, mission.total.other_short) == (44, 0, 198)

    def test_the_withdrawal_waits_for_the_verified_handover_and_the_next_step_is_clause_4_3(self) -> None:
        web = weave([self.ARMS, self.TROOPS], [self.LINK], at=on(2005, 11, 22))
        found = blockers(web, ["4.5"])
        assert found.longest_chain == (("4.5",), ("4.3",))
        (step,) = next_steps(web, found)
        assert (step.actors, step.clauses) == (("Free Aceh Movement",), ("4.3",))

    def test_a_count_in_dispute_holds_the_handover(self) -> None:
        count = Dispute("D1", "D1", "open", conditions=("4.3",))
        web = weave([self.ARMS, self.TROOPS], [self.LINK], [count], at=on(2005, 11, 22))
        assert blockers(web, ["4.5"]).disputes == ("D1",)


class TestJanuary2025On1March:
    """Phase one has run its 42 days; talks on phase two were due from day 16."""

    IN_FORCE = on(2025, 1, 19, 9)
    NOW = on(2025, 3, 1, 9)
    FIRST = Phase(
        "P1", 1, "expired", started_at=IN_FORCE, planned_end_anchor="phase_start", planned_end_phase="P1",
        planned_end_offset=42 * DAY,
    )  # fmt: skip
    SECOND = Phase(
        "P2", 2, "not_started", planned_start_anchor="phase_start", planned_start_phase="P1",
        planned_start_offset=42 * DAY,
    )  # fmt: skip
    TALKS = condition("C5", due_anchor="entry_into_force", due_offset=day(16), obligors=("Hamas", "Israel"))
    HOSTAGES = condition("C1", "met", obligors=("Hamas",))

    def schedule(self) -> Any:
        return schedule_of(
            [self.TALKS, self.HOSTAGES], [self.FIRST, self.SECOND], at=self.NOW, entry_into_force_at=self.IN_FORCE
        )

    def test_the_talks_are_26_days_overdue(self) -> None:
        talks = deadline(self.TALKS, self.schedule(), at=self.NOW)
        assert (talks.moment.at, talks.overdue_by) == (on(2025, 2, 3, 9), timedelta(days=26))

    def test_phase_two_has_not_started_with_one_of_two_unmet(self) -> None:
        phase = phase_in_question([self.FIRST, self.SECOND])
        assert phase is self.SECOND
        items: dict[Any, Condition] = {item.id: item for item in (self.TALKS, self.HOSTAGES)}
        ready = readiness(phase, [Gate("G1", "P2", "C1"), Gate("G5", "P2", "C5")], items, at=self.NOW)
        assert verdict_sentence(ready.verdict).endswith("1 of 2 entry conditions in the text unmet")

    def test_the_text_would_let_it_start_from_2_march(self) -> None:
        items, phases = [self.TALKS, self.HOSTAGES], [self.FIRST, self.SECOND]
        past = what_happened(items, phases, entry_into_force_at=self.IN_FORCE, at=self.NOW)
        earliest = earliest_start(self.SECOND, terms_of(items, phases), past, at=on(2025, 2, 10))
        assert earliest is not None
        assert earliest.at == on(2025, 3, 2, 9)
