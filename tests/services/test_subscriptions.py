"""What a person wants to be told is kept as they asked, for them alone, and begins now."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from negotiations.models import Entry, Stream, Subscription, SubscriptionPlace, Tracked
from negotiations.rules.codes import AlertChannel, Rhythm, Role, Urgency
from negotiations.services import subscription as verbs
from negotiations.services.subscription import (
    DEFAULTS,
    SubscriptionRefused,
    change_subscription,
    end_subscription,
    pause_subscription,
    resume_subscription,
    subscribe,
    unwatch,
    watch,
    watching,
)
from tests.factories import Talks

NOON = datetime(2100, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_it_begins_at_the_head_of_each_stream(talks: Talks) -> None:
    subscription = subscribe(talks.cast.analyst, now=NOON)
    head = Stream.objects.get(negotiation=talks.negotiation).head
    assert SubscriptionPlace.objects.get(subscription=subscription).seq == head


def test_it_writes_no_entry(talks: Talks) -> None:
    before = Entry.objects.count()
    end_subscription(watch(talks.cast.analyst, talks.release, now=NOON), now=NOON)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", ["negotiation", "second", "withdrawal", "dispute"])
def test_one_click_watches_and_another_ends_it(talks: Talks, name: str) -> None:
    subject: Tracked = getattr(talks, name)
    first = watch(talks.cast.analyst, subject, now=NOON)
    assert watch(talks.cast.analyst, subject, now=NOON) == first
    assert watching(talks.cast.analyst, subject) == first
    unwatch(talks.cast.analyst, subject, now=NOON)
    assert watching(talks.cast.analyst, subject) is None
    unwatch(talks.cast.analyst, subject, now=NOON)


@pytest.mark.parametrize("name", ["negotiation", "withdrawal"])
@pytest.mark.parametrize("person", ["analyst", "lead"])
def test_alerts_of_ones_own_outlive_the_end_of_watching(talks: Talks, name: str, person: str) -> None:
    user, subject = getattr(talks.cast, person), getattr(talks, name)
    of_its_own = [
        subscribe(user, now=NOON, negotiation=talks.negotiation, subject=subject, channel="inbox", **wishes)
        for wishes in (
            {"rhythm": Rhythm.HOURLY},
            {"rhythm": Rhythm.AT_ONCE, "least_urgency": Urgency.URGENT},
            {"rhythm": Rhythm.DAILY, "local_time": time(6)},
            {"rhythm": Rhythm.DAILY, "verbs": ["claim.made"]},
        )
    ]
    begun = subscribe(
        user, now=NOON, negotiation=talks.negotiation, subject=subject, channel="inbox", **DEFAULTS[Role(person)]
    )
    assert unwatch(user, subject, now=NOON) == len(of_its_own)
    living = Subscription.objects.filter(user=user, ended_at__isnull=True)
    assert set(living) == set(of_its_own)
    assert begun not in living


@pytest.mark.parametrize(
    ("person", "rhythm", "breaks"),
    [
        ("lead", Rhythm.AT_ONCE, Urgency.URGENT),
        ("mediator", Rhythm.AT_ONCE, Urgency.URGENT),
        ("analyst", Rhythm.DAILY, ""),
        ("reader", Rhythm.DAILY, ""),
        ("outsider", Rhythm.DAILY, ""),
    ],
)
def test_watching_suits_the_role(talks: Talks, person: str, rhythm: str, breaks: str) -> None:
    subscription = watch(getattr(talks.cast, person), talks.withdrawal, now=NOON)
    assert (subscription.rhythm, subscription.breaks_quiet) == (rhythm, breaks)


def test_who_has_no_address_is_told_in_the_inbox(talks: Talks) -> None:
    assert watch(talks.cast.analyst, talks.release, now=NOON).channel == AlertChannel.INBOX
    talks.cast.lead.email = "lead@example.org"
    assert watch(talks.cast.lead, talks.release, now=NOON).channel == AlertChannel.EMAIL


def test_only_what_can_be_watched_is(talks: Talks) -> None:
    with pytest.raises(SubscriptionRefused):
        watch(talks.cast.analyst, talks.claim, now=NOON)


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"verbs": ["condition.forgotten"]}, "verbs"),
        ({"quiet_from": time(22)}, "quiet_until"),
        ({"quiet_from": time(22), "quiet_until": time(22)}, "quiet_until"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"rhythm": "yearly"}, "rhythm"),
        ({"weekday": 7}, "__all__"),
        ({"rhythm": "at_once", "tells_nothing": True}, "tells_nothing"),
    ],
)
def test_it_refuses_what_cannot_be_kept(talks: Talks, wishes: dict[str, Any], field: str) -> None:
    with pytest.raises(SubscriptionRefused) as refused:
        subscribe(talks.cast.analyst, now=NOON, **wishes)
    assert field in refused.value.fields


def test_it_refuses_one_too_many(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "MOST", 1)
    end_subscription(subscribe(talks.cast.analyst, now=NOON), now=NOON)
    subscribe(talks.cast.analyst, now=NOON)
    with pytest.raises(SubscriptionRefused):
        subscribe(talks.cast.analyst, now=NOON)


def test_a_new_rhythm_falls_due_by_itself(talks: Talks) -> None:
    subscription = subscribe(talks.cast.analyst, now=NOON, rhythm=Rhythm.DAILY)
    changed = change_subscription(subscription, now=NOON, rhythm=Rhythm.HOURLY)
    assert changed.next_due_at == NOON + timedelta(hours=1)
    assert change_subscription(subscription, now=NOON, rhythm=Rhythm.AT_ONCE).next_due_at == NOON


def test_a_pause_ends_where_it_began(talks: Talks) -> None:
    subscription = subscribe(talks.cast.analyst, now=NOON, rhythm=Rhythm.HOURLY)
    before = subscription.places.get().seq
    assert pause_subscription(subscription, now=NOON).next_due_at is None
    assert resume_subscription(subscription, now=NOON).next_due_at == NOON + timedelta(hours=1)
    assert subscription.places.get().seq == before


QUIET: dict[str, Any] = {"quiet_from": time(18), "quiet_until": time(23), "time_zone": "UTC"}
EVENING, OVER = NOON.replace(hour=20), NOON.replace(hour=23)


def test_saving_or_resuming_in_quiet_hours_waits_for_their_end(talks: Talks) -> None:
    subscription = subscribe(talks.cast.analyst, now=NOON, rhythm=Rhythm.AT_ONCE, breaks_quiet=Urgency.URGENT, **QUIET)
    assert change_subscription(subscription, now=EVENING, tells_nothing=False).next_due_at == OVER
    pause_subscription(subscription, now=EVENING)
    assert resume_subscription(subscription, now=EVENING).next_due_at == OVER
    assert change_subscription(subscription, now=EVENING, quiet_from=None, quiet_until=None).next_due_at == EVENING


def test_what_broke_the_quiet_hours_is_not_held_back_by_saving(talks: Talks) -> None:
    subscription = subscribe(talks.cast.analyst, now=NOON, rhythm=Rhythm.AT_ONCE, breaks_quiet=Urgency.URGENT, **QUIET)
    soon = EVENING + timedelta(seconds=10)
    Subscription.objects.filter(pk=subscription.pk).update(next_due_at=soon)
    assert change_subscription(subscription, now=EVENING, tells_nothing=False).next_due_at == soon


@pytest.mark.parametrize(
    ("hour", "minute", "due"),
    [
        (16, 30, NOON.replace(hour=17)),
        (17, 30, OVER),
        (20, 0, OVER),
        (22, 59, OVER),
        (23, 0, OVER + timedelta(hours=1)),
    ],
)
def test_an_hourly_digest_waits_for_the_end_of_quiet_hours(talks: Talks, hour: int, minute: int, due: datetime) -> None:
    at = NOON.replace(hour=hour, minute=minute)
    assert subscribe(talks.cast.analyst, now=at, rhythm=Rhythm.HOURLY, **QUIET).next_due_at == due


@pytest.mark.parametrize("rhythm", [Rhythm.DAILY, Rhythm.WEEKDAYS, Rhythm.WEEKLY])
def test_an_hour_that_was_chosen_is_not_moved_by_quiet_hours(talks: Talks, rhythm: Rhythm) -> None:
    subscription = subscribe(talks.cast.analyst, now=NOON, rhythm=rhythm, local_time=time(20), **QUIET)
    assert subscription.next_due_at is not None
    assert subscription.next_due_at.hour == 20


def test_ending_twice_is_ending_once(talks: Talks) -> None:
    subscription = end_subscription(subscribe(talks.cast.analyst, now=NOON), now=NOON)
    assert end_subscription(subscription, now=NOON + timedelta(days=1)).ended_at == NOON
