"""The gate engine on the whole demonstration at named dates: what a reader of each process would ask first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from negotiations.history.moment import Moment
from negotiations.models import Condition, Negotiation, Phase
from negotiations.rules.marking import ANYBODY
from negotiations.rules.steps import StepKind
from negotiations.selectors.blocking import blocking
from negotiations.selectors.blocking_lines import Blocking, GateReading
from negotiations.selectors.overview import overview
from negotiations.selectors.reckoning import Reckoning, condition_line, reckon
from negotiations.selectors.scene import scene_of
from negotiations.selectors.step_words import mutual_sentence, step_sentence
from negotiations.selectors.tranche_lines import Stage, exchange_tables

pytestmark = pytest.mark.usefixtures("told")

EIGHTH_OF_DECEMBER = datetime(2025, 12, 8, 21, tzinfo=UTC)
DECLARED_DAY = datetime(2026, 1, 14, 21, tzinfo=UTC)
IN_NOVEMBER = datetime(2005, 11, 18, 16, tzinfo=UTC)
FIRST_OF_MARCH = datetime(2025, 3, 1, 21, tzinfo=UTC)


def reckoning(slug: str, at: datetime) -> Reckoning:
    negotiation = Negotiation.objects.get(slug=slug)
    return reckon(scene_of(negotiation, viewer=ANYBODY, moment=Moment(at, at)))


def blocked(slug: str, at: datetime) -> Blocking:
    found = reckoning(slug, at)
    phase = found.phase_in_question()
    assert phase is not None
    return blocking(found, found.readiness(phase.pk))


def verdict(slug: str, at: datetime) -> str:
    negotiation = Negotiation.objects.get(slug=slug)
    return overview(scene_of(negotiation, viewer=ANYBODY, moment=Moment(at, at))).verdict.sentence


def according_to(blocking: Blocking, name: str) -> GateReading:
    return next(one for one in blocking.others if one.by and one.by.name.text == name)


def condition(found: Reckoning, words: str) -> Condition:
    return next(row for row in found.scene.all(Condition) if words in row.title)


def stage(slug: str, at: datetime, number: int) -> Stage:
    (table,) = exchange_tables(reckoning(slug, at))
    return table.stages[number - 1]


class TestGazaOn8December2025:
    def test_two_of_six_entry_conditions_in_the_text_are_unmet(self) -> None:
        words = "Phase 2 has not started: 2 of 6 entry conditions in the text unmet"
        assert verdict("gaza-2025", EIGHTH_OF_DECEMBER) == words

    def test_the_chain_runs_from_the_bodies_to_the_remains(self) -> None:
        chain = blocked("gaza-2025", EIGHTH_OF_DECEMBER).text.chain
        titles = [one.title.text for step in chain for one in step]
        assert ["15 bodies" in titles[0], "remains of 28" in titles[1]] == [True, True]

    def test_the_next_step_under_the_text_names_who_and_the_clause(self) -> None:
        first = blocked("gaza-2025", EIGHTH_OF_DECEMBER).text.steps[0]
        assert (first.kind, [one.name.text for one in first.actors]) == (StepKind.FULFIL, ["Hamas"])
        assert [clause.number for clause in first.clauses] == ["4"]
        assert ["Prisoner exchanges" in one.title.text for one in first.held_by] == [True]

    def test_egypt_and_qatar_also_require_the_withdrawal_a_mutual_precondition(self) -> None:
        reading = according_to(blocked("gaza-2025", EIGHTH_OF_DECEMBER), "Qatar")
        (group,) = reading.groups
        assert "Hamas and Israel would have to move together" in mutual_sentence(group)
        assert "Staged withdrawal of Israeli forces" in [one.title.text for one in group.conditions]

    def test_israel_also_requires_the_last_body(self) -> None:
        reading = according_to(blocked("gaza-2025", EIGHTH_OF_DECEMBER), "Israel")
        assert (reading.open, reading.total) == (2, 4)

    def test_whether_the_withdrawal_must_come_first_is_itself_in_dispute(self) -> None:
        gates = according_to(blocked("gaza-2025", EIGHTH_OF_DECEMBER), "Egypt").gates
        disputed = {gate.condition.title.text for gate in gates if gate.disputes}
        assert disputed == {"Staged withdrawal of Israeli forces"}


def test_nothing_is_owed_once_the_bodies_are_returned_though_nobody_counted_them_all() -> None:
    last = datetime(2026, 1, 31, 21, tzinfo=UTC)
    assert condition(reckoning("gaza-2025", last), "15 bodies").status == "met"
    found = stage("gaza-2025", last, 1)
    assert (found.answer.delivered, found.owed) == (None, None)


class TestGazaOn14January2026:
    def test_the_declaration_is_attributed_with_what_was_open(self) -> None:
        assert verdict("gaza-2025", DECLARED_DAY) == (
            "Phase 2 was declared by the United States on 14 January 2026; "
            "2 of 6 entry conditions in the text were open"
        )

    def test_the_remains_are_three_months_overdue(self) -> None:
        found = reckoning("gaza-2025", DECLARED_DAY)
        due = found.deadlines[condition(found, "remains of 28").pk]
        assert due.overdue_by is not None
        assert due.overdue_by > timedelta(days=92)

    def test_they_were_met_late_in_the_end(self) -> None:
        found = reckoning("gaza-2025", datetime(2026, 1, 30, tzinfo=UTC))
        due = found.deadlines[condition(found, "remains of 28").pk]
        assert (due.is_overdue, due.is_met_late) == (False, True)


class TestAcehInNovember2005:
    def test_the_third_round_is_44_short(self) -> None:
        third = stage("aceh-2005", IN_NOVEMBER, 3)
        assert (third.first.delivered, third.first.quota, third.first.short) == (166, 210, 44)

    def test_what_was_handed_in_and_what_was_accepted_stay_apart(self) -> None:
        first = stage("aceh-2005", IN_NOVEMBER, 1)
        assert first.first.delivered == 243
        assert 243 in [one.amount for one in first.first.others]

    def test_the_third_withdrawal_waits_for_the_verified_arms(self) -> None:
        found = reckoning("aceh-2005", IN_NOVEMBER)
        arms = condition(found, "Arms, third stage")
        assert arms.ref in found.held_by[condition(found, "Withdrawal, third stage").pk]

    def test_the_law_has_time_until_march(self) -> None:
        found = reckoning("aceh-2005", IN_NOVEMBER)
        due = found.deadlines[condition(found, "Law on the governing").pk]
        assert not due.is_overdue


class TestJanuary2025On1March:
    def test_phase_two_has_not_started(self) -> None:
        assert verdict("gaza-january-2025", FIRST_OF_MARCH).startswith("Phase 2 has not started")

    def test_the_talks_of_day_16_are_overdue(self) -> None:
        found = reckoning("gaza-january-2025", FIRST_OF_MARCH)
        talks = condition(found, "alks")
        assert found.deadlines[talks.pk].is_overdue

    def test_the_first_phase_ends_after_42_days(self) -> None:
        found = reckoning("gaza-january-2025", FIRST_OF_MARCH)
        first = next(row for row in found.scene.all(Phase) if row.number == 1)
        assert first.planned_end_offset == timedelta(days=42)

    def test_somebody_is_to_act_under_the_text(self) -> None:
        assert all(step_sentence(step) for step in blocked("gaza-january-2025", FIRST_OF_MARCH).text.steps)


def test_the_remains_are_overdue_by_days_and_then_met_late_by_days() -> None:
    then = reckoning("gaza-2025", EIGHTH_OF_DECEMBER)
    line = condition_line(then, condition(then, "remains of 28"))
    assert (line.is_overdue, line.off_by.days if line.off_by else None) == (True, 56)
    last = reckoning("gaza-2025", datetime(2026, 1, 31, 21, tzinfo=UTC))
    line = condition_line(last, condition(last, "remains of 28"))
    assert (line.is_met_late, line.off_by.days if line.off_by else None) == (True, 105)
