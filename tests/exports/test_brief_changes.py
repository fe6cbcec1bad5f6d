"""What a brief tells of the last seven days: what moved first, however much was only looked at since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from negotiations.exports.brief.changed import MOST, changed_lately
from negotiations.history.moment import Moment
from negotiations.rules.codes import ConditionStatus
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.scene import scene_of
from negotiations.services.condition import check_condition
from tests.factories import START, Talks

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = 24 * HOUR


def told(talks: Talks, hours: int) -> list[str]:
    at = START + hours * HOUR
    scene = scene_of(talks.negotiation, viewer=ANYBODY, moment=Moment(at, at))
    return [row.words for row in changed_lately(scene)]


def check(talks: Talks, hours: int) -> None:
    talks.withdrawal.refresh_from_db()
    act = talks.act(at=START + hours * HOUR)
    check_condition(talks.withdrawal, act=act, version=talks.withdrawal.version, where="The report of the day.")


def test_a_measure_that_moved_stands_before_later_checks(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, ConditionStatus.PARTLY_MET, at=START + HOUR, value=3)
    talks.set_status(talks.withdrawal, ConditionStatus.PARTLY_MET, at=START + 2 * HOUR, value=4)
    for hours in range(3, 6):
        check(talks, hours)
    found = told(talks, 8)
    assert "3 → 4" in found[0]
    assert found[1].endswith("Partly met")
    assert found[-1].startswith("Condition checked")


def test_what_moved_is_not_lost_among_many_checks(talks: Talks) -> None:
    talks.set_status(talks.withdrawal, ConditionStatus.IN_PROGRESS, at=START + HOUR)
    for hours in range(2, 2 + 4 * MOST):
        check(talks, hours)
    assert told(talks, 100)[0].endswith("In progress")
