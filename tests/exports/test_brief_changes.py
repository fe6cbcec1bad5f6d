"""What a brief tells of the last seven days: what moved first, however much was only looked at since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from negotiations.exports.brief.changed import MOST, changed_lately
from negotiations.history.moment import Moment
from negotiations.models import Entry
from negotiations.rules.codes import ConditionStatus
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.scene import scene_of
from negotiations.services.condition import check_condition
from negotiations.services.correction import correct as correct_entry
from negotiations.services.correction import undo
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


@pytest.fixture
def counted(talks: Talks) -> Talks:
    """The number released rose from 3 to 7."""
    talks.set_status(talks.release, ConditionStatus.PARTLY_MET, at=START + HOUR, value=3)
    talks.set_status(talks.release, ConditionStatus.PARTLY_MET, at=START + 2 * HOUR, value=7)
    return talks


def correct(talks: Talks, value: int) -> None:
    correct_entry(Entry.objects.latest("seq"), act=talks.act(), version=None, value=value)


def test_a_corrected_number_is_told_from_what_stood_before(counted: Talks) -> None:
    correct(counted, 6)
    (first, *others) = told(counted, 8)
    assert "3 → 6" in first
    assert not any("7" in words for words in others)


def test_however_often_it_was_corrected(counted: Talks) -> None:
    correct(counted, 6)
    correct(counted, 5)
    assert "3 → 5" in told(counted, 8)[0]


def test_what_was_undone_moved_nothing(counted: Talks) -> None:
    undo(Entry.objects.latest("seq"), act=counted.act(counted.cast.mediator))
    assert "Entry undone: C2 Release the detainees" in told(counted, 8)


def test_as_known_before_the_correction_the_old_number_stands(counted: Talks) -> None:
    known = Entry.objects.latest("seq").recorded_at
    correct(counted, 6)
    at = START + 8 * HOUR
    scene = scene_of(counted.negotiation, viewer=ANYBODY, moment=Moment(at, at, known_at=known))
    assert "3 → 7" in next(iter(changed_lately(scene))).words
