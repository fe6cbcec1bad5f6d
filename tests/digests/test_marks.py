"""Marks say how far each delivery is, so that whoever finds one can tell what may be done with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from negotiations.digests.deliver import deliver_due
from negotiations.digests.departure import departures
from negotiations.digests.editions import Editions
from negotiations.digests.marks import LEASE, Leaving, claim, release, settle_and_begin, settle_lost
from negotiations.digests.windows import close_windows
from negotiations.models import Delivery, Subscription
from negotiations.rules.codes import DeliveryState
from tests.factories import Talks

from .world import DAY, DUE, NOON, only, states, subscribed


def leave(worker: str, delivery: int, now: datetime) -> bool:
    with departures(worker, {}) as go:
        return go(delivery, now)


@pytest.mark.django_db(transaction=True)
def test_leaving_is_marked_where_another_session_planned_the_statement() -> None:
    now = timezone.now()
    assert not leave("worker", -1, now)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert not leave("worker", -1, now)


def test_a_claim_that_was_left_is_taken_up_again(due: Subscription) -> None:
    assert [one.pk for one in claim("dead", DUE)] == [only(due).pk]
    assert deliver_due(clock=lambda: DUE + LEASE / 2) == 0
    assert deliver_due(clock=lambda: DUE + 2 * LEASE) == 1
    assert len(mail.outbox) == 1


def begun(worker: str, *deliveries: Delivery) -> None:
    """Marked as about to leave by a worker that has claimed them."""
    leaving = [Leaving(one.pk, f"<{one.public_id}@example.org>", one.user.email, "CLEAR", (1,)) for one in deliveries]
    assert settle_and_begin(worker, (), leaving, DUE, Editions()) == {one.pk for one in deliveries}


def test_what_was_being_handed_over_when_its_worker_died_is_unknown(due: Subscription) -> None:
    (delivery,) = claim("dead", DUE)
    begun("dead", delivery)
    assert leave("dead", delivery.pk, DUE)
    assert deliver_due(clock=lambda: DUE + 2 * LEASE) == 0
    assert (states(due), only(due).trouble, mail.outbox) == ([DeliveryState.UNKNOWN], "cut_off", [])


def test_of_what_left_before_only_the_last_is_unknown_and_what_had_not_left_is_sent(talks: Talks) -> None:
    """Any answer but a good one is kept at once, so those before the last were taken."""
    for person in ("analyst", "mediator", "lead"):
        subscribed(talks, person, now=NOON)
    talks.set_status(talks.release, "in_progress")
    close_windows(DUE)
    first, second, third = claim("dead", DUE)
    begun("dead", first, second, third)
    assert leave("dead", first.pk, DUE)
    assert leave("dead", second.pk, DUE)
    assert deliver_due(clock=lambda: DUE + 2 * LEASE) == 1
    found = dict(Delivery.objects.values_list("pk", "state"))
    assert (found[first.pk], found[second.pk]) == (DeliveryState.SENT, DeliveryState.UNKNOWN)
    assert [one.to for one in mail.outbox] == [[third.user.email]]


def test_where_the_database_fell_since_it_may_have_left_unmarked(due: Subscription) -> None:
    (delivery,) = claim("dead", DUE)
    begun("dead", delivery)
    Delivery.objects.update(begun_at=datetime(2000, 1, 1, tzinfo=UTC))
    assert settle_lost(DUE + 2 * LEASE) == 1
    assert states(due) == [DeliveryState.UNKNOWN]


def test_nobody_hands_over_what_another_worker_has_taken_up(due: Subscription) -> None:
    (delivery,) = claim("slow", DUE)
    claim("quick", DUE + 2 * LEASE)
    leaving = Leaving(delivery.pk, "<a@b>", due.user.email, "CLEAR", (1,))
    assert settle_and_begin("slow", (), [leaving], DUE + 2 * LEASE, Editions()) == frozenset()
    assert not leave("slow", delivery.pk, DUE + 2 * LEASE)


def test_what_had_not_left_within_its_time_belongs_to_whoever_takes_it_up(due: Subscription) -> None:
    (delivery,) = claim("slow", DUE)
    begun("slow", delivery)
    assert deliver_due(clock=lambda: DUE + 2 * LEASE) == 1
    assert not leave("slow", delivery.pk, DUE + 2 * LEASE)
    assert len(mail.outbox) == 1


def test_two_workers_share_what_is_due(talks: Talks) -> None:
    for person in ("analyst", "mediator", "lead"):
        subscribed(talks, person, now=NOON)
    talks.set_status(talks.release, "in_progress")
    close_windows(DUE)
    first, second = claim("one", DUE, batch=2), claim("two", DUE, batch=2)
    assert (len(first), len(second)) == (2, 1)
    assert not {one.pk for one in first} & {one.pk for one in second}


def test_a_worker_that_stops_gives_back_what_it_has_not_begun(due: Subscription) -> None:
    claim("stopping", DUE)
    assert release("stopping", DUE) == 1
    assert states(due) == [DeliveryState.WAITING]
    assert settle_lost(DUE + 30 * DAY) == 0
