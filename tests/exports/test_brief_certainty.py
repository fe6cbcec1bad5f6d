"""How sure a brief is: whatever it names, a reader of that brief can place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from negotiations.exports.brief.content import Brief, brief_of
from negotiations.exports.brief.pdf import certainty_beside
from negotiations.history.moment import Moment
from negotiations.rules.codes import ConditionKind, ConditionStatus
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.scene import scene_of
from negotiations.services.gate import assert_gate
from tests.factories import START, Talks

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def entry_condition(talks: Talks, title: str, status: str) -> None:
    one = talks.add_condition(title, kind=ConditionKind.CONTINUOUS, review_interval=DAY)
    assert_gate(act=talks.act(at=START), phase=talks.second, condition=one)
    talks.set_status(one, status, at=START)


def brief_after(talks: Talks, days: int) -> Brief:
    at = START + days * DAY
    return brief_of(scene_of(talks.negotiation, viewer=ANYBODY, moment=Moment(at, at)))


def test_what_its_list_leaves_out_is_named_with_its_title(talks: Talks) -> None:
    entry_condition(talks, "Keep the bridge open", ConditionStatus.MET)
    entry_condition(talks, "Keep the road open", ConditionStatus.PARTLY_MET)
    brief = brief_after(talks, 10)
    assert [row.ref for row in brief.conditions] == ["C1", "C4"]
    (late,) = (sentence for sentence in brief.certainty if sentence.startswith("Not checked in time"))
    assert "C4" in late
    assert "C4 “" not in late
    assert "C3 “Keep the bridge open”" in late


def test_so_is_what_a_shortened_list_leaves_out(talks: Talks) -> None:
    entry_condition(talks, "Keep the road open", ConditionStatus.PARTLY_MET)
    brief = brief_after(talks, 10)
    assert "C3 “" not in certainty_beside(brief, 2)
    assert "C3 “Keep the road open”" in certainty_beside(brief, 1)
