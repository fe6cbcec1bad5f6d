"""The ways through the past: along what was so, and along what was known of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.history.moment import Moment
from negotiations.models import Entry
from negotiations.rules.codes import ConditionStatus
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.scene import scene_of
from negotiations.selectors.track import Track, track_of
from tests.factories import START, Talks, talks

DAY = timedelta(days=1)
NOW = START + 60 * DAY


@pytest.fixture
def shore(db: None) -> Talks:
    """Known from its beginning; its withdrawal moved on days 3 and 6, which became known on days 10 and 12."""
    found = talks(recorded_at=START)
    found.set_status(found.withdrawal, ConditionStatus.IN_PROGRESS, at=START + 3 * DAY, known=START + 10 * DAY)
    found.set_status(found.withdrawal, ConditionStatus.PARTLY_MET, at=START + 6 * DAY, known=START + 12 * DAY)
    return found


def track(shore: Talks, day: int, known: int | None = None) -> Track:
    at = START + day * DAY
    moment = Moment(at, at, known_at=START + known * DAY if known is not None else None)
    return track_of(scene_of(shore.negotiation, viewer=ANYBODY, moment=moment), now=NOW)


def test_it_steps_along_what_was_so(shore: Talks) -> None:
    way = track(shore, 4).so
    assert (way.previous, way.next) == (START, START + 6 * DAY)


def test_it_steps_along_what_was_known(shore: Talks) -> None:
    way = track(shore, 8, known=11).known
    assert (way.previous, way.next) == (START, START + 12 * DAY)


def test_what_was_not_so_yet_is_no_step_of_what_was_known(shore: Talks) -> None:
    way = track(shore, 4, known=11).known
    assert (way.previous, way.next) == (START, None)


def test_what_was_not_known_yet_is_no_step_of_what_was_so(shore: Talks) -> None:
    assert track(shore, 4, known=11).so.next is None


def test_without_a_moment_of_ours_it_steps_back_from_now(shore: Talks) -> None:
    way = track(shore, 8).known
    assert (way.previous, way.next, way.at) == (START + 10 * DAY, None, NOW)


def test_what_a_reader_may_not_see_is_no_step(shore: Talks) -> None:
    hidden = shore.add_condition("Hidden", marking="AMBER", at=START + 4 * DAY)
    assert Entry.objects.filter(subject_id=hidden.public_id).exists()
    assert track(shore, 3).so.next == START + 6 * DAY


def test_it_says_that_parts_were_entered_later(shore: Talks) -> None:
    assert track(shore, 8).has_backfill


@pytest.mark.parametrize(
    ("clock", "index"),
    [
        ({"order_by": ["-recorded_at"]}, "entry_by_knowledge"),
        ({"filter": {"backfilled": True, "effective_at__lte": START}}, "entry_entered_later"),
    ],
)
def test_an_index_leads_each_way(shore: Talks, clock: dict[str, dict[str, datetime]], index: str) -> None:
    entries = Entry.objects.filter(negotiation=shore.negotiation, **clock.get("filter", {}))
    with connection.cursor() as cursor:
        # By its owner, and by what is in it now: which index is the cheapest depends on what was counted last.
        cursor.execute("SET LOCAL ROLE NONE; ANALYZE negotiations_entry")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    assert index in entries.order_by(*clock.get("order_by", [])).explain()


def test_it_asks_five_questions_however_much_changed(shore: Talks) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            track_of(scene, now=NOW)
        return len(seen)

    scene = scene_of(shore.negotiation, viewer=ANYBODY, moment=Moment(NOW - DAY, NOW - DAY))
    few = asked()
    for number in range(20):
        shore.add_condition(f"Bridge {number}", at=START + number * DAY)
    assert (few, asked()) == (5, 5)
