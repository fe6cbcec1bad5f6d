"""The log of a webhook forgets what serves nobody after a stated time, and nothing that somebody is still owed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from negotiations.access.viewer import viewer_for
from negotiations.models import WebhookAttempt, WebhookDelivery
from negotiations.rules.codes import DeliveryState
from negotiations.selectors.webhooks import deliveries_of
from negotiations.services.correction import correct
from negotiations.services.webhook import end_webhook
from negotiations.services.webhook_delivery import replay, send_test
from negotiations.tasks import forget
from negotiations.webhooks import forgetting
from negotiations.webhooks.deliver import deliver_due
from negotiations.webhooks.forgetting import forget_webhook_log
from tests.factories import Talks

from .conftest import Add, latest, tell, told
from .receiver import Receiver

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
LONG_AFTER = NOW + timedelta(days=31)


@pytest.fixture
def taken(talks: Talks, add: Add, there: Receiver) -> WebhookDelivery:
    """An entry that a receiver took."""
    add("lead", url=there.url)
    delivery = told(talks)
    assert deliver_due() == 1
    delivery.refresh_from_db()
    return delivery


def kept(**facts: Any) -> list[int]:
    return list(WebhookDelivery.objects.filter(**facts).order_by("pk").values_list("pk", flat=True))


def test_nothing_is_forgotten_before_its_time(taken: WebhookDelivery) -> None:
    send_test(taken.webhook, now=NOW)
    deliver_due()
    assert forget_webhook_log(NOW + timedelta(days=29)) == 0
    assert WebhookAttempt.objects.count() == 2


def test_single_attempts_are_forgotten_and_their_outcome_stays(taken: WebhookDelivery) -> None:
    assert forget_webhook_log(LONG_AFTER) == 1
    saved = WebhookDelivery.objects.get()
    assert (saved.state, saved.attempts, WebhookAttempt.objects.count()) == (DeliveryState.SENT, 1, 0)


def test_what_was_tried_stays_in_the_log_of_an_owner_who_lost_sight_of_it(talks: Talks, taken: WebhookDelivery) -> None:
    forget_webhook_log(LONG_AFTER)
    nobody = viewer_for(talks.cast.outsider)
    assert [row.pk for row in deliveries_of(taken.webhook, viewer=nobody)] == [taken.pk]


def test_how_long_is_a_setting(taken: WebhookDelivery, settings: Settings) -> None:
    settings.WEBHOOK_LOG_DAYS = 90
    assert forget_webhook_log(LONG_AFTER) == 0
    assert forget_webhook_log(NOW + timedelta(days=91)) == 1


def test_a_correction_still_follows_whoever_was_sent_what_it_corrects(talks: Talks, taken: WebhookDelivery) -> None:
    """Even where they asked for nothing of the kind, and long after."""
    forget_webhook_log(LONG_AFTER)
    taken.webhook.subscriptions.update(verbs=["proposal.tabled"])
    assert taken.entry is not None
    correct(taken.entry, act=talks.act(talks.cast.lead), version=None, text="Put right.")
    tell(latest(talks))
    assert kept(state=DeliveryState.WAITING) != []


def test_an_entry_that_is_heard_of_twice_is_still_sent_once(taken: WebhookDelivery) -> None:
    forget_webhook_log(LONG_AFTER)
    assert taken.entry is not None
    tell(taken.entry)
    assert kept() == [taken.pk]


def test_copies_of_what_was_taken_are_forgotten(taken: WebhookDelivery) -> None:
    assert taken.entry is not None
    replay(taken.webhook, [taken.entry], now=NOW)
    deliver_due()
    forget_webhook_log(LONG_AFTER)
    assert kept() == [taken.pk]


def test_a_copy_that_alone_was_taken_stays(taken: WebhookDelivery) -> None:
    assert taken.entry is not None
    WebhookDelivery.objects.update(state=DeliveryState.FAILED)
    replay(taken.webhook, [taken.entry], now=NOW)
    deliver_due()
    forget_webhook_log(LONG_AFTER)
    assert len(kept()) == 2


def test_tests_and_what_nothing_of_was_told_are_forgotten(taken: WebhookDelivery) -> None:
    send_test(taken.webhook, now=NOW)
    deliver_due()
    WebhookDelivery.objects.filter(pk=taken.pk).update(state=DeliveryState.NOTHING)
    forget_webhook_log(LONG_AFTER)
    assert kept() == []


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.WITHHELD, DeliveryState.WAITING])
def test_what_did_not_arrive_waits_for_its_owner_for_good(taken: WebhookDelivery, state: DeliveryState) -> None:
    WebhookDelivery.objects.update(state=state)
    forget_webhook_log(LONG_AFTER)
    assert kept(state=state) == [taken.pk]


def test_attempts_of_what_is_on_its_way_stay(taken: WebhookDelivery) -> None:
    WebhookDelivery.objects.update(state=DeliveryState.WAITING, settled_at=None)
    assert forget_webhook_log(LONG_AFTER) == 0


def test_all_of_a_webhook_that_was_given_up_is_forgotten(taken: WebhookDelivery) -> None:
    end_webhook(taken.webhook, now=NOW)
    forget_webhook_log(NOW + timedelta(days=29))
    assert kept() == [taken.pk]
    forget_webhook_log(LONG_AFTER)
    assert kept() == []


def test_a_run_goes_batch_by_batch_and_ends(
    talks: Talks, taken: WebhookDelivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _more in range(4):
        told(talks)
    deliver_due()
    monkeypatch.setattr(forgetting, "BATCH", 2)
    monkeypatch.setattr(forgetting, "BATCHES", 2)
    assert forget_webhook_log(LONG_AFTER) == 4
    assert forget_webhook_log(LONG_AFTER) == 1


def test_the_task_of_the_clock_forgets(taken: WebhookDelivery) -> None:
    WebhookAttempt.objects.update(began_at=NOW - timedelta(days=31))
    forget()
    assert not WebhookAttempt.objects.exists()
