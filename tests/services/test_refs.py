"""Refs: running where everybody may see the item, random where not, never given twice."""

from __future__ import annotations

import pytest

from negotiations.services.marking import narrow_marking
from tests.factories import Talks
from tests.factories import talks as build

from .facts import amber_claim, claim

pytestmark = pytest.mark.django_db


def test_refs_of_clear_items_run(talks: Talks) -> None:
    assert (talks.withdrawal.ref, talks.release.ref, talks.claim.ref, talks.dispute.ref) == ("C1", "C2", "K1", "D1")
    assert talks.add_condition().ref == "C3"


@pytest.mark.parametrize("marking", ["GREEN", "AMBER"])
def test_refs_of_narrower_items_are_random(talks: Talks, marking: str) -> None:
    assert talks.add_condition(marking=marking).ref not in ("C3", "C4")
    assert talks.open_dispute(marking=marking).ref.startswith("D-")


def test_hidden_items_leave_no_gap(talks: Talks) -> None:
    amber_claim(talks)
    amber_claim(talks)
    assert claim(talks).ref == "K2"


def test_a_ref_is_not_given_again_after_its_item_is_hidden(talks: Talks) -> None:
    narrow_marking(talks.claim, act=talks.act(), version=None, marking="AMBER")
    assert claim(talks).ref == "K2"


def test_a_ref_that_the_text_gives_is_kept_and_passed_over(talks: Talks) -> None:
    assert talks.add_condition(ref="C3").ref == "C3"
    assert talks.add_condition().ref == "C4"


def test_a_narrower_item_does_not_bear_the_ref_it_asked_for(talks: Talks) -> None:
    assert talks.add_condition(ref="1.4", marking="AMBER").ref != "1.4"


def test_each_negotiation_counts_for_itself(talks: Talks) -> None:
    assert build("other-shores", cast=talks.cast).withdrawal.ref == "C1"
