"""What is due is handed over signed, tried again when it was not taken, and settled once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from standardwebhooks.webhooks import Webhook as Library
from standardwebhooks.webhooks import WebhookVerificationError

from negotiations.models import User, Webhook, WebhookAttempt, WebhookDelivery
from negotiations.rules.codes import DeliveryState
from negotiations.rules.networks import networks
from negotiations.services.webhook import add_webhook, pause_webhook, resume_webhook, rotate_secret
from negotiations.services.webhook_delivery import send_test
from negotiations.webhooks import deliver
from negotiations.webhooks.deliver import deliver_due
from negotiations.webhooks.posting import Outcome, Parcel, Sender
from tests.factories import Talks
from tests.services import facts

from .conftest import Add, latest, run_at, tell, told
from .receiver import Receiver, receiving, silence, status

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def commits(talks: Talks, django_capture_on_commit_callbacks: Any) -> Any:
    """What waits for a commit is done; the reader has an address."""
    User.objects.filter(pk=talks.cast.reader.pk).update(email="reader@example.org")
    return django_capture_on_commit_callbacks


def test_it_sends_the_row_of_the_record_with_its_cursor(talks: Talks, there: Receiver, client: Any) -> None:
    _webhook, secret = add_webhook(talks.cast.reader, now=NOW, name="Map", url=there.url)
    delivery = told(talks)
    assert deliver_due() == 1
    (got,) = there.got
    event = Library(secret).verify(got.body, got.headers)
    assert got.headers["webhook-id"] == str(delivery.public_id)
    assert (event["type"], event["data"]["marking"]) == ("claim.made", "CLEAR")
    client.force_login(talks.cast.reader)
    record = f"/api/v1/negotiations/{talks.negotiation.slug}/record/"
    row = client.get(f"{record}?limit=100").json()
    while row["next"]:
        row = client.get(row["next"]).json()
    assert event["data"]["record"] == row["results"][-1]
    assert event["data"]["cursor"] == row["latest"]
    assert client.get(record, {"after": event["data"]["cursor"]}).json()["results"] == []
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, 1)


def test_it_is_sent_once(talks: Talks, add: Add, there: Receiver) -> None:
    add(url=there.url)
    told(talks)
    assert [deliver_due(), deliver_due()] == [1, 0]
    tell(latest(talks))
    assert (deliver_due(), len(there.got)) == (0, 1)


def test_both_secrets_sign_while_one_is_changed(talks: Talks, there: Receiver) -> None:
    webhook, old = add_webhook(talks.cast.reader, now=NOW, name="Map", url=there.url)
    new = rotate_secret(webhook, now=NOW)
    told(talks)
    deliver_due()
    for secret in (old, new):
        Library(secret).verify(there.got[0].body, there.got[0].headers)
    told(talks)
    run_at(NOW + timedelta(hours=24, minutes=1))
    with time_machine.travel(NOW + timedelta(hours=24, minutes=2), tick=False):
        Library(new).verify(there.got[1].body, there.got[1].headers)
        with pytest.raises(WebhookVerificationError):
            Library(old).verify(there.got[1].body, there.got[1].headers)


def test_what_was_not_taken_is_tried_again_under_the_same_id(talks: Talks, add: Add) -> None:
    with receiving(status(500), status(503), status(200)) as there:
        add(url=there.url)
        delivery = told(talks)
        moment = datetime.now(UTC)
        for wait in (0, 10, 100):
            moment += timedelta(seconds=wait)
            run_at(moment)
    assert len({got.headers["webhook-id"] for got in there.got}) == 1
    stamps = [int(got.headers["webhook-timestamp"]) for got in there.got]
    assert stamps == sorted(set(stamps))
    assert len(stamps) == 3
    tries = WebhookAttempt.objects.filter(delivery=delivery).order_by("pk").values_list("status", "trouble")
    assert list(tries) == [(500, "status"), (503, "status"), (200, "")]
    assert Webhook.objects.get().failing_since is None


def test_before_its_time_nothing_is_tried_again(talks: Talks, add: Add) -> None:
    with receiving(status(500)) as there:
        add(url=there.url)
        told(talks)
        assert [deliver_due(), deliver_due()] == [1, 0]
        assert len(there.got) == 1


def test_it_honours_how_long_it_is_asked_to_wait(talks: Talks, add: Add) -> None:
    with receiving(status(429, "Retry-After: 3600"), status(200)) as there:
        add(url=there.url)
        told(talks)
        moment = datetime.now(UTC)
        assert run_at(moment) == 1
        assert run_at(moment + timedelta(minutes=59)) == 0
        assert run_at(moment + timedelta(minutes=61)) == 1
        assert len(there.got) == 2


def test_after_72_hours_it_waits_for_a_person_and_the_webhook_stays(talks: Talks, add: Add, commits: Any) -> None:
    with receiving(status(500)) as there, commits(execute=True):
        webhook = add(url=there.url)
        delivery = told(talks)
        moment = datetime.now(UTC)
        for _round in range(20):
            run_at(moment)
            moment += timedelta(hours=4)
        delivery.refresh_from_db()
        webhook.refresh_from_db()
    assert (delivery.state, len(there.got)) == (DeliveryState.FAILED, delivery.attempts)
    assert delivery.attempts > 8
    assert (webhook.paused_at, webhook.ended_at) == (None, None)
    subjects = [letter.subject for letter in mail.outbox]
    assert 2 <= subjects.count("A webhook of yours is failing") <= 4


def test_one_that_is_gone_is_paused_and_its_owner_told(talks: Talks, add: Add, commits: Any) -> None:
    with receiving(status(410), status(200)) as there:
        webhook = add(url=there.url)
        told(talks)
        with commits(execute=True):
            deliver_due()
        webhook.refresh_from_db()
        assert (webhook.paused_because, mail.outbox[-1].subject) == ("gone", "A webhook of yours was paused")
        told(talks)
        assert deliver_due() == 0
        resume_webhook(webhook)
        assert run_at(datetime.now(UTC) + timedelta(minutes=1)) == 2


def test_what_happened_during_a_pause_is_sent_afterwards(talks: Talks, add: Add, there: Receiver) -> None:
    webhook = add(url=there.url)
    pause_webhook(webhook, now=NOW)
    told(talks)
    assert deliver_due() == 0
    resume_webhook(webhook)
    assert (deliver_due(), len(there.got)) == (1, 1)


def test_a_slow_receiver_holds_up_itself_alone(talks: Talks, add: Add) -> None:
    with receiving(silence) as slow, receiving() as quick:
        for where in (slow, quick):
            add(url=where.url)
        for number in range(4):
            facts.claim(talks, text=f"Claim {number}.")
            tell(latest(talks))
        from_four = deliver_due_quickly()
    assert (from_four, len(slow.got), len(quick.got)) == (5, 1, 4)
    assert [got.event["data"]["record"]["changes"]["text"][1] for got in quick.got] == [
        f"Claim {number}." for number in range(4)
    ]
    states = WebhookDelivery.objects.filter(webhook__url=slow.url).values_list("state", flat=True)
    assert set(states) == {DeliveryState.WAITING}


def deliver_due_quickly() -> int:
    return deliver_due(Sender(allowed=networks(["127.0.0.0/8"]), patience_s=1))


def test_a_secret_that_cannot_be_opened_is_told_and_tried_again(talks: Talks, add: Add, there: Receiver) -> None:
    webhook = add(url=there.url)
    kept = webhook.secret
    Webhook.objects.update(secret="s1.AAAA")
    told(talks)
    moment = datetime.now(UTC)
    run_at(moment)
    assert (WebhookAttempt.objects.get().trouble, there.got) == ("secret", [])
    Webhook.objects.update(secret=kept)
    run_at(moment + timedelta(minutes=1))
    assert len(there.got) == 1


def test_a_test_tells_of_nothing(talks: Talks, add: Add, there: Receiver) -> None:
    send_test(add(url=there.url), now=NOW)
    deliver_due()
    assert there.got[0].event["type"] == "test"


def test_a_claim_that_ran_out_is_taken_up_again(talks: Talks, add: Add, there: Receiver) -> None:
    """As a worker leaves it that died while it handed something over."""
    add(url=there.url)
    delivery, moment = told(talks), datetime.now(UTC)
    WebhookDelivery.objects.update(
        state=DeliveryState.SENDING, claimed_by="dead", claimed_until=moment + timedelta(seconds=90), attempts=1
    )
    assert run_at(moment + timedelta(seconds=60)) == 0
    assert run_at(moment + timedelta(seconds=100)) == 1
    assert there.got[0].headers["webhook-id"] == str(delivery.public_id)


def test_one_that_cannot_be_made_holds_up_no_other(
    talks: Talks, add: Add, there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(url=there.url)
    add(url=there.url)
    poisoned = told(talks)
    ordinary = deliver.event_of

    def event_of(delivery: WebhookDelivery, *, now: datetime) -> Any:
        assert delivery.pk != poisoned.pk
        return ordinary(delivery, now=now)

    monkeypatch.setattr(deliver, "event_of", event_of)
    assert (deliver_due(), len(there.got)) == (1, 1)
    assert list(poisoned.tries.values_list("trouble", flat=True)) == ["interrupted"]


def test_a_fault_on_the_way_out_is_a_try_that_failed(talks: Talks, add: Add) -> None:
    class Faulty(Sender):
        def post(self, parcel: Parcel) -> Outcome:
            raise LookupError

    add()
    delivery = told(talks)
    assert deliver_due(Faulty()) == 1
    assert list(delivery.tries.values_list("trouble", flat=True)) == ["unreachable"]
