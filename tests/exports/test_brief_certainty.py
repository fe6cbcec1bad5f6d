"""How sure a brief is: whatever it names, a reader of that brief can place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from negotiations.exports.brief.content import Brief, brief_of
from negotiations.exports.brief.pdf import certainty_beside
from negotiations.history.moment import Moment
from negotiations.models import Condition, Entry
from negotiations.rules.codes import ConditionKind, ConditionStatus
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.scene import scene_of
from negotiations.services.act import Cite
from negotiations.services.condition import change_condition_status, check_condition
from negotiations.services.correction import undo
from negotiations.services.gate import assert_gate, withdraw_gate
from negotiations.services.source import retract_source
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


def test_what_is_met_for_good_is_not_counted_among_what_was_checked(talks: Talks) -> None:
    """The fact of all conditions and the sentence on entry conditions count alike, and each says which it counts."""
    entry_condition(talks, "Keep the road open", ConditionStatus.PARTLY_MET)
    talks.set_status(talks.withdrawal, ConditionStatus.MET, at=START)
    for row in Condition.objects.filter(ref__in=["C1", "C3"]):
        check_condition(row, act=talks.act(at=START), version=None, where="A visit.")
    brief = brief_after(talks, 10)
    (fact,) = (one for one in brief.facts if one.label == "Conditions checked on time")
    assert (fact.value, fact.note) == ("0 of 1", "0 due, 1 stale")
    assert "0 of 1 entry condition under review was checked on time." in brief.certainty


def test_what_is_due_is_named_and_not_called_checked(talks: Talks) -> None:
    entry_condition(talks, "Keep the road open", ConditionStatus.PARTLY_MET)
    road = Condition.objects.get(ref="C3")
    check_condition(road, act=talks.act(at=START), version=None, where="A visit.")
    at = START + 0.9 * DAY
    brief = brief_of(scene_of(talks.negotiation, viewer=ANYBODY, moment=Moment(at, at)))
    assert "Due for a check: C3." in " ".join(brief.certainty)


def test_without_a_gate_it_says_that_it_counts_open_conditions(talks: Talks) -> None:
    withdraw_gate(talks.gate, act=talks.act(at=START), version=None)
    told = " ".join(brief_after(talks, 10).certainty)
    assert "of 1 open condition under review was checked on time." in told


def test_a_source_that_was_taken_back_bears_no_status_out(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, ConditionStatus.IN_PROGRESS, at=START)
    assert "1 of 1 status rests on a source graded B2 or better." in brief_after(talks, 10).certainty
    retract_source(talks.source, act=talks.act(at=START + DAY), version=None)
    brief = brief_after(talks, 10)
    assert "0 of 1 status rests on a source graded B2 or better." in brief.certainty
    assert not any("Without a source" in sentence for sentence in brief.certainty)
    assert [row.grade for row in brief.conditions] == [""]


def test_a_status_that_was_undone_lends_its_grade_to_none(talks: Talks) -> None:
    doubtful = Cite(source=talks.source, credibility="5")
    talks.set_status(talks.withdrawal, ConditionStatus.IN_PROGRESS, at=START)
    change_condition_status(
        talks.withdrawal,
        act=talks.act(at=START + DAY, cites=(doubtful,)),
        version=None,
        status=ConditionStatus.PARTLY_MET,
    )
    assert [row.grade for row in brief_after(talks, 10).conditions] == ["B5"]
    undo(Entry.objects.latest("pk"), act=talks.act(at=START + DAY))
    assert [row.grade for row in brief_after(talks, 10).conditions] == ["B2"]
