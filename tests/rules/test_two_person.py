"""What takes two persons, who may decide, and when a proposal speaks of nothing any more."""

from __future__ import annotations

import pytest

from negotiations.rules.codes import ConditionStatus, FindingState
from negotiations.rules.errors import NotPermitted, RuleError
from negotiations.rules.two_person import check_second_person, check_undecided, is_void, needs_second_person


@pytest.mark.parametrize("status", ConditionStatus)
def test_breached_and_contested_take_two(status: ConditionStatus) -> None:
    assert needs_second_person(status) is (status in ("breached", "contested"))


@pytest.mark.parametrize("decider", [1, None])
def test_neither_the_proposer_nor_nobody_decides(decider: int | None) -> None:
    with pytest.raises(NotPermitted):
        check_second_person(proposer=1, decider=decider)
    check_second_person(proposer=1, decider=2)


@pytest.mark.parametrize("state", [FindingState.CONFIRMED, FindingState.DECLINED])
def test_what_was_decided_stays_so(state: FindingState) -> None:
    with pytest.raises(RuleError):
        check_undecided(state)
    assert not is_void(state, opened_version=1, version=2)


def test_a_proposal_is_void_once_its_condition_has_changed() -> None:
    assert is_void(FindingState.PROPOSED, opened_version=1, version=2)
    assert not is_void(FindingState.PROPOSED, opened_version=2, version=2)
