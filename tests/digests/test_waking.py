"""Whoever is told at once is told soon, but not in quiet hours, unless it is urgent enough to break them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from negotiations.digests.waking import GATHERED, due_at_once
from negotiations.models import Subscription
from negotiations.rules.codes import Rhythm, Urgency
from tests.factories import Talks

from .world import NOON, at_once, states, subscribed, swept, told_at

NIGHT = datetime(2026, 1, 9, 22, 30, tzinfo=UTC)
QUIET: dict[str, Any] = {"quiet_from": time(22), "quiet_until": time(7), "time_zone": "UTC"}


@pytest.mark.parametrize(
    ("urgency", "breaks", "due"),
    [
        (Urgency.NOTABLE, "", NIGHT.replace(day=10, hour=7, minute=0)),
        (Urgency.NOTABLE, Urgency.URGENT, NIGHT.replace(day=10, hour=7, minute=0)),
        (Urgency.URGENT, Urgency.URGENT, NIGHT + GATHERED),
        (Urgency.URGENT, "", NIGHT.replace(day=10, hour=7, minute=0)),
    ],
)
def test_quiet_hours_hold_back_what_does_not_break_them(urgency: str, breaks: str, due: datetime) -> None:
    assert due_at_once(Subscription(rhythm=Rhythm.AT_ONCE, **QUIET, breaks_quiet=breaks), urgency, NIGHT) == due


def test_outside_quiet_hours_it_is_told_after_a_moment() -> None:
    noon = NIGHT.replace(hour=12)
    assert due_at_once(Subscription(rhythm=Rhythm.AT_ONCE, **QUIET), Urgency.NOTABLE, noon) == noon + GATHERED


def test_what_waits_for_the_morning_comes_along_with_something_urgent(talks: Talks) -> None:
    subscription = at_once(talks, **QUIET, breaks_quiet=Urgency.URGENT, least_urgency=Urgency.NOTABLE)
    talks.set_status(talks.release, "in_progress")
    with time_machine.travel(NIGHT, tick=False):
        swept()
    assert told_at(NIGHT + timedelta(hours=1)) == []
    talks.set_status(talks.release, "suspended", suspended_until="An answer.")
    with time_machine.travel(NIGHT + timedelta(hours=1), tick=False):
        swept()
    assert len(told_at(NIGHT + timedelta(hours=2))) == 1
    subscription.refresh_from_db()
    assert subscription.next_due_at is None


def test_hearing_of_an_entry_twice_tells_it_once(talks: Talks) -> None:
    from negotiations.digests.waking import wake
    from negotiations.models import Entry

    subscription = at_once(talks)
    talks.set_status(talks.release, "in_progress")
    swept()
    assert len(told_at(NOON)) == 1
    wake(Entry.objects.order_by("-pk")[0])
    assert told_at(NOON) == []
    assert (states(subscription), len(mail.outbox)) == (["sent"], 1)


def test_a_burst_wakes_each_once(talks: Talks) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    at_once(talks)
    for status in ("in_progress", "partly_met", "reported_met"):
        talks.set_status(talks.release, status)
    with CaptureQueriesContext(connection) as queries:
        swept()
    updates = [one for one in queries if one["sql"].lstrip().startswith("UPDATE negotiations_subscription")]
    assert len(updates) == 1


DUSK = datetime(2100, 3, 1, 20, 30, tzinfo=UTC)
EVENING: dict[str, Any] = {"quiet_from": time(18), "quiet_until": time(23), "time_zone": "UTC"}


def hourly(talks: Talks, **wishes: Any) -> Subscription:
    return subscribed(talks, now=DUSK, rhythm=Rhythm.HOURLY, least_urgency=Urgency.NOTABLE, **EVENING, **wishes)


def test_an_hourly_digest_of_quiet_hours_falls_once_at_their_end(talks: Talks) -> None:
    hourly(talks, breaks_quiet=Urgency.URGENT)
    talks.set_status(talks.release, "in_progress")
    with time_machine.travel(DUSK, tick=False):
        swept()
    assert told_at(DUSK.replace(hour=21, minute=0)) == []
    assert told_at(DUSK.replace(hour=22, minute=0)) == []
    assert len(told_at(DUSK.replace(hour=23, minute=0))) == 1
    assert told_at(DUSK.replace(hour=23, minute=30)) == []


@pytest.mark.parametrize(("breaks", "told"), [(Urgency.URGENT, 1), ("", 0)])
def test_what_breaks_quiet_hours_is_in_the_next_hourly_digest(talks: Talks, breaks: str, told: int) -> None:
    hourly(talks, breaks_quiet=breaks)
    talks.set_status(talks.release, "suspended", suspended_until="An answer.")
    with time_machine.travel(DUSK, tick=False):
        swept()
    assert told_at(DUSK + GATHERED) == []
    assert len(told_at(DUSK.replace(hour=21, minute=0))) == told
    assert len(told_at(DUSK.replace(hour=23, minute=0))) == 1 - told
