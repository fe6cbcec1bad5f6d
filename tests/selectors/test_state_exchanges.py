"""The phase-state document tells exchanges by stage, with other counts apart."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from negotiations.history.moment import Moment
from negotiations.rules.codes import ClaimKind, ConditionStatus
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.phase_state import phase_state
from negotiations.services.claim import make_claim
from tests.factories import START, Talks

from .conftest import AT

Tie = Callable[..., None]


def exchanges(shore: Talks) -> list[dict[str, Any]]:
    document = phase_state(shore.negotiation, viewer=ANYBODY, moment=Moment(AT))
    assert document is not None
    found: list[dict[str, Any]] = document["exchanges"]
    return found


def test_without_an_exchange_there_is_none(shore: Talks) -> None:
    assert exchanges(shore) == []


def test_it_tells_what_is_owed_by_the_ratio(shore: Talks, tie: Tie) -> None:
    tie(shore.withdrawal, shore.release, "reciprocal_to", ratio=Decimal(15))
    shore.set_status(shore.release, ConditionStatus.PARTLY_MET, value=Decimal(4))
    shore.set_status(shore.withdrawal, ConditionStatus.PARTLY_MET, value=Decimal(45))
    (found,) = exchanges(shore)
    (stage,) = found["stages"]
    assert (found["ratio"], stage["first"]["delivered"], stage["answer"]["delivered"], stage["owed"]) == (15, 4, 45, 15)
    assert [one["name"] for one in found["answer"]["parties"]] == ["Northern Shore"]


def test_another_count_stands_beside(shore: Talks, tie: Tie) -> None:
    tie(shore.withdrawal, shore.release, "reciprocal_to", ratio=Decimal(15))
    say = {"kind": ClaimKind.MEASUREMENT, "text": "Six.", "said_at": START, "conditions": [shore.release]}
    make_claim(act=shore.act(), negotiation=shore.negotiation, claimant=shore.south, value_best=Decimal(6), **say)
    (stage,) = exchanges(shore)[0]["stages"]
    assert [one["amount"] for one in stage["first"]["counted_by_others"]] == [6]
    assert stage["first"]["delivered"] is None
