"""One wish is kept once, however it is asked for again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.db import connection

from negotiations.models import Subscription, User
from negotiations.services.same_wishes import WishedAlready
from negotiations.services.subscription import (
    change_subscription,
    end_subscription,
    pause_subscription,
    subscribe,
    watch,
)
from tests.factories import Talks
from tests.factories import talks as build

NOON = datetime(2100, 3, 1, 12, tzinfo=UTC)
QUIET: dict[str, Any] = {"quiet_from": time(22), "quiet_until": time(7)}


def wish(person: User, **wishes: Any) -> Subscription:
    return subscribe(person, now=NOON, **{"channel": "inbox", "rhythm": "daily", **wishes})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "again",
    [
        {},
        {"weekday": 3},
        {"verbs": []},
        QUIET,
        {"breaks_quiet": "urgent"},
    ],
    ids=str,
)
def test_the_very_same_is_refused_also_where_it_differs_in_what_means_nothing(
    talks: Talks, again: dict[str, Any]
) -> None:
    first = wish(talks.cast.analyst)
    with pytest.raises(WishedAlready) as refused:
        wish(talks.cast.analyst, **again)
    assert refused.value.present == first
    assert Subscription.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "again",
    [
        {"local_time": time(9)},
        {"rhythm": "weekly"},
        {"time_zone": "Africa/Cairo"},
        {"least_urgency": "urgent"},
        {"verbs": ["claim.made"]},
        {"tells_nothing": True},
    ],
    ids=str,
)
def test_what_differs_in_what_how_or_when_is_another(talks: Talks, again: dict[str, Any]) -> None:
    wish(talks.cast.analyst)
    wish(talks.cast.analyst, **again)
    wish(talks.cast.analyst, negotiation=talks.negotiation)
    wish(talks.cast.analyst, subject=talks.withdrawal)
    assert Subscription.objects.count() == 4


@pytest.mark.django_db
def test_at_once_the_hour_means_nothing_and_quiet_hours_do(talks: Talks) -> None:
    wish(talks.cast.analyst, rhythm="at_once")
    with pytest.raises(WishedAlready):
        wish(talks.cast.analyst, rhythm="at_once", local_time=time(9), time_zone="Africa/Cairo")
    wish(talks.cast.analyst, rhythm="at_once", **QUIET)


@pytest.mark.django_db
def test_somebody_elses_and_one_that_ended_are_in_nobodys_way_and_one_at_rest_is(talks: Talks) -> None:
    first = wish(talks.cast.analyst)
    wish(talks.cast.mediator)
    pause_subscription(first, now=NOON)
    with pytest.raises(WishedAlready):
        wish(talks.cast.analyst)
    end_subscription(first, now=NOON)
    wish(talks.cast.analyst)


@pytest.mark.django_db
def test_no_change_makes_two_of_one(talks: Talks) -> None:
    wish(talks.cast.analyst)
    other = wish(talks.cast.analyst, local_time=time(9))
    with pytest.raises(WishedAlready):
        change_subscription(other, now=NOON, local_time=time(7, 45))
    assert Subscription.objects.get(pk=other.pk).local_time == time(9)
    change_subscription(other, now=NOON, local_time=time(9))


@pytest.mark.django_db
def test_watching_twice_is_still_watching_once(talks: Talks) -> None:
    assert watch(talks.cast.analyst, talks.release, now=NOON) == watch(talks.cast.analyst, talks.release, now=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_keep_one() -> None:
    person = build().cast.analyst

    def ask(_number: int) -> str:
        try:
            wish(person)
        except WishedAlready as refused:
            return refused.code
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(ask, range(4))) == ["already_there"] * 3 + ["kept"]
    assert Subscription.objects.count() == 1
