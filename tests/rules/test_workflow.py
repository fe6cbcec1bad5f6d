"""Which status may follow which: every pair of every table."""

from __future__ import annotations

from itertools import product

import pytest

from negotiations.rules.codes import Code, ConditionStatus, DisputeStatus, IncidentStatus, PhaseStatus
from negotiations.rules.errors import TransitionRefused
from negotiations.rules.workflow import TABLES, allowed_after, check_transition, illegal_successors, may_follow

S = ConditionStatus
UNDER_WAY = {S.NOT_STARTED, S.IN_PROGRESS, S.PARTLY_MET, S.REPORTED_MET, S.CONTESTED, S.SUSPENDED, S.BREACHED}
ENDS = {S.MET, S.WAIVED, S.SUPERSEDED}


def expected(old: ConditionStatus, new: ConditionStatus) -> bool:
    """The sentence of the domain, written a second time and otherwise."""
    if old is new or new is S.NOT_ASSESSED or old is S.SUPERSEDED:
        return False
    if old is S.NOT_ASSESSED:
        return True
    if old is S.MET:
        return new in {S.CONTESTED, S.SUSPENDED, S.BREACHED, S.SUPERSEDED}
    if old is S.WAIVED:
        return new in {S.IN_PROGRESS, S.SUPERSEDED}
    return new in (UNDER_WAY - {S.NOT_STARTED}) | ENDS


@pytest.mark.parametrize(("old", "new"), list(product(ConditionStatus, repeat=2)))
def test_a_condition_moves_as_the_domain_says(old: ConditionStatus, new: ConditionStatus) -> None:
    assert may_follow(old, new) is expected(old, new)


def test_a_refusal_says_what_may_follow() -> None:
    with pytest.raises(TransitionRefused) as refusal:
        check_transition("met", "in_progress")
    assert "Contested, Breached, Suspended, Superseded" in refusal.value.message
    assert refusal.value.fields["status"] == refusal.value.message
    assert refusal.value.code == "transition_refused"


def test_a_refusal_says_that_a_status_is_final() -> None:
    with pytest.raises(TransitionRefused, match=r"“Superseded” is final.*correct that entry"):
        check_transition("superseded", "met")


def test_the_same_status_again_is_a_confirmation_not_a_change() -> None:
    with pytest.raises(TransitionRefused, match="confirm it instead"):
        check_transition("contested", "contested")


def test_a_word_that_is_no_code_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="lapsed"):
        check_transition("met", "lapsed")


@pytest.mark.parametrize("codes", [ConditionStatus, PhaseStatus, DisputeStatus, IncidentStatus])
def test_every_status_has_a_row_and_leads_nowhere_but_to_its_own_kind(codes: type[Code]) -> None:
    table = TABLES[codes]
    assert set(table) == set(codes)
    assert all(code not in followers and followers <= set(codes) for code, followers in table.items())


@pytest.mark.parametrize("codes", [ConditionStatus, PhaseStatus, DisputeStatus, IncidentStatus])
def test_the_check_and_the_table_agree(codes: type[Code]) -> None:
    for old, new in product(codes, repeat=2):
        if new in allowed_after(old, codes):
            check_transition(old, new, codes)
        else:
            with pytest.raises(TransitionRefused):
                check_transition(old, new, codes)


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ("not_started", "active", True),
        ("not_started", "completed", False),
        ("active", "expired", True),
        ("expired", "collapsed", True),
        ("expired", "active", True),
        ("completed", "active", False),
        ("collapsed", "negotiating_terms", True),
        ("superseded", "active", False),
    ],
)
def test_a_phase_moves_forward_may_be_extended_and_ends(old: str, new: str, allowed: bool) -> None:
    assert may_follow(old, new, PhaseStatus) is allowed


@pytest.mark.parametrize("live", ["deferred", "dormant", "agreed_in_principle", "resolved", "withdrawn"])
def test_a_dispute_set_aside_or_settled_may_open_again(live: str) -> None:
    assert may_follow(live, "open", DisputeStatus)


def test_a_resolved_dispute_does_nothing_but_reopen() -> None:
    assert allowed_after("resolved", DisputeStatus) == (DisputeStatus.OPEN,)


def test_a_finding_on_an_incident_is_not_swapped_for_another() -> None:
    assert not may_follow("confirmed_violation", "not_a_violation", IncidentStatus)
    assert may_follow("confirmed_violation", "under_investigation", IncidentStatus)


def test_a_late_entry_flags_the_successor_it_makes_illegal() -> None:
    assert illegal_successors(["in_progress", "met", "partly_met", "met"]) == (2,)
    assert illegal_successors(["in_progress", "met", "met", "breached"]) == ()
