"""Webhooks with real workers: one that is killed in the middle loses nothing, and two at once send nothing twice."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from django.utils import timezone

from negotiations.models import User, Webhook, WebhookAttempt, WebhookDelivery
from negotiations.rules.codes import DeliveryState
from negotiations.services.webhook import add_webhook, end_webhook
from tests.factories import Talks
from tests.services import facts
from tests.webhooks.receiver import Receiver, receiving, silence, status

from .fleet import Fleet, wait_for

pytestmark = pytest.mark.serial
Add = Callable[[Receiver], Webhook]


@pytest.fixture
def add(shore: Talks, settings: Any) -> Iterator[Add]:
    """`add(there)`: a webhook of an outsider's for the negotiation; given up afterwards."""
    settings.LOCAL = True
    made: list[Webhook] = []
    owner = User.objects.get(pk=shore.cast.outsider.pk)

    def adder(there: Receiver) -> Webhook:
        webhook, _secret = add_webhook(
            owner, now=timezone.now(), name="Map", url=there.url, negotiation=shore.negotiation
        )
        made.append(webhook)
        return webhook

    yield adder
    for webhook in made:
        end_webhook(webhook, now=timezone.now())


def sent(webhook: Webhook) -> int:
    return WebhookDelivery.objects.filter(webhook=webhook, state=DeliveryState.SENT).count()


def test_a_worker_killed_while_it_hands_over_leads_to_the_same_message_again(
    fleet: Fleet, shore: Talks, add: Add
) -> None:
    with receiving(silence, status(204)) as there:
        webhook = add(there)
        facts.claim(shore)
        wait_for(lambda: len(there.got) == 1, between=fleet.revive)
        os.killpg(fleet.running["worker"][1].pid, signal.SIGKILL)
        wait_for(lambda: sent(webhook) == 1, between=fleet.revive)
    first, second = there.got
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    tries = WebhookAttempt.objects.filter(delivery__webhook=webhook).order_by("pk")
    assert list(tries.values_list("trouble", "status")) == [("interrupted", None), ("", 204)]


def test_two_workers_at_once_deliver_each_message_once(fleet: Fleet, shore: Talks, add: Add) -> None:
    fleet.work("second")
    try:
        with receiving() as here, receiving() as there:
            webhooks = [add(here), add(there)]
            for number in range(10):
                facts.claim(shore, text=f"Claim {number}.")
            wait_for(lambda: all(sent(webhook) == 10 for webhook in webhooks), between=fleet.revive)
            for receiver in (here, there):
                ids = Counter(got.headers["webhook-id"] for got in receiver.got)
                assert (len(ids), set(ids.values())) == (10, {1})
    finally:
        fleet.stop("second")


def test_a_flushed_broker_delays_and_loses_nothing(fleet: Fleet, shore: Talks, add: Add) -> None:
    with receiving() as there:
        webhook = add(there)
        facts.claim(shore)
        with redis.Redis.from_url(fleet.engines.settings["REDIS_URL"]) as client:
            client.flushall()
        wait_for(lambda: sent(webhook) == 1, between=fleet.revive)
        assert len(there.got) == 1
