"""A person's webhooks on pages: added, shown once, looked after, and their log that tells nothing hidden."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from negotiations.models import Entry, Membership, Subscription, Webhook, WebhookAttempt, WebhookDelivery
from negotiations.rules.codes import DeliveryState
from negotiations.services.marking import narrow_marking
from negotiations.services.membership import end_membership
from negotiations.services.webhook import add_webhook, secrets_of
from negotiations.webhooks.consumer import make_deliveries
from tests.factories import Talks
from tests.factories import talks as build
from tests.services import facts

pytestmark = pytest.mark.django_db
HERE, URL = "/me/webhooks/", "https://hooks.example.org/in"
NEW = {"name": "Map", "url": URL, "about": "two-shores", "least_urgency": "routine"}
Told = Callable[..., Entry]


@pytest.fixture
def small() -> Talks:
    return build()


@pytest.fixture
def reader(small: Talks, client: Client, settings: Any) -> Client:
    settings.LOCAL = False
    client.force_login(small.cast.reader)
    return client


@pytest.fixture
def webhook(small: Talks) -> Webhook:
    made, _secret = add_webhook(
        small.cast.reader, now=datetime.now(UTC), name="Map", url=URL, negotiation=small.negotiation
    )
    return made


def told(small: Talks, **fields: Any) -> Any:
    claim = facts.claim(small, **fields)
    make_deliveries(Entry.objects.filter(negotiation=small.negotiation).latest("seq"))
    return claim


def test_a_webhook_is_added_and_its_secret_shown_once(reader: Client) -> None:
    made = reader.post(HERE, {**NEW, "kinds": ["incidents"]})
    assert made.status_code == 201
    (secret,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", made.content.decode())
    webhook = Webhook.objects.get()
    assert secrets_of(webhook, at=datetime.now(UTC)) == [secret]
    assert "incident.reported" in webhook.subscriptions.get().verbs
    for address in (HERE, f"{HERE}{webhook.public_id}/"):
        page = reader.get(address).content.decode()
        assert ("Map" in page, "whsec_" in page) == (True, False)


def test_a_form_sent_twice_makes_one_and_tells_its_secret_again(reader: Client) -> None:
    first, second = (reader.post(HERE, {**NEW, "once": "k" * 32}) for _ in range(2))
    assert (first.status_code, second.status_code, Webhook.objects.count()) == (201, 201, 1)
    assert secrets_in(first) == secrets_in(second) == secrets_of(Webhook.objects.get(), at=datetime.now(UTC))


def test_a_new_secret_is_made_once_by_one_form(reader: Client, webhook: Webhook) -> None:
    place = f"{HERE}{webhook.public_id}/"
    (key,) = set(re.findall(r'name="once" value="([^"]+)"', reader.get(place).content.decode()))
    first, second = (reader.post(f"{place}rotate/", {"once": key}) for _ in range(2))
    assert secrets_in(first) == secrets_in(second)
    webhook.refresh_from_db()
    assert len(secrets_of(webhook, at=datetime.now(UTC))) == 2


def test_no_other_secret_is_made_while_the_one_before_signs(reader: Client, webhook: Webhook) -> None:
    place = f"{HERE}{webhook.public_id}/"
    reader.post(f"{place}rotate/")
    webhook.refresh_from_db()
    before = webhook.secret
    refused = reader.post(f"{place}rotate/", follow=True).content.decode()
    assert ("still signs" in refused, "whsec_" in refused, "Make a new secret" in refused) == (True, False, False)
    webhook.refresh_from_db()
    assert webhook.secret == before
    Webhook.objects.update(previous_until=datetime.now(UTC))
    assert "Make a new secret" in reader.get(place).content.decode()
    assert len(secrets_in(reader.post(f"{place}rotate/"))) == 1


def secrets_in(page: Any) -> list[str]:
    return re.findall(r"whsec_[A-Za-z0-9+/=]+", page.content.decode())


@pytest.mark.parametrize(
    ("wrong", "told_why"),
    [
        ({"url": "http://hooks.example.org/"}, "begins with https"),
        ({"url": "https://192.168.1.1/"}, "private or reserved"),
        ({"name": " "}, "id_name_error"),
        ({"about": "no-such-talks"}, "id_about_error"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(reader: Client, wrong: dict[str, str], told_why: str) -> None:
    refused = reader.post(HERE, {**NEW, "name": "Atlas", **wrong})
    assert refused.status_code == 422
    assert told_why in refused.content.decode()
    assert (wrong.get("url") or URL) in refused.content.decode()
    assert not Webhook.objects.exists()


def test_it_is_changed_paused_resumed_rotated_and_given_up(reader: Client, webhook: Webhook) -> None:
    place = f"{HERE}{webhook.public_id}/"
    reader.post(place, {"name": "Atlas", "url": URL, "least_urgency": "urgent"})
    webhook.refresh_from_db()
    assert (webhook.name, webhook.subscriptions.get().least_urgency) == ("Atlas", "urgent")
    assert "The webhook rests" in reader.post(f"{place}pause/", follow=True).content.decode()
    assert "Resume it first" in reader.post(f"{place}test/", follow=True).content.decode()
    assert "The webhook goes on" in reader.post(f"{place}resume/", follow=True).content.decode()
    assert "whsec_" in reader.post(f"{place}rotate/").content.decode()
    assert "No webhook yet" in reader.post(f"{place}end/", follow=True).content.decode()
    assert reader.get(place).status_code == 404


def test_somebody_elses_webhook_is_not_there(small: Talks, client: Client, webhook: Webhook) -> None:
    client.force_login(small.cast.lead)
    place = f"{HERE}{webhook.public_id}/"
    assert client.get(place).status_code == 404
    assert {client.post(f"{place}{verb}/").status_code for verb in ("pause", "resume", "end", "rotate", "test")} == {
        404
    }


def test_the_log_shows_attempts_and_sends_again(small: Talks, reader: Client, webhook: Webhook) -> None:
    told(small)
    delivery = WebhookDelivery.objects.get()
    WebhookAttempt.objects.create(delivery=delivery, began_at=datetime.now(UTC), status=500, trouble="status")
    WebhookDelivery.objects.update(state=DeliveryState.FAILED)
    page = reader.get(f"{HERE}{webhook.public_id}/").content.decode()
    assert all(words in page for words in ("Claim made", "Failed", "1 attempt", "500"))
    reader.post(f"{HERE}{webhook.public_id}/deliveries/{delivery.public_id}/resend/")
    assert WebhookDelivery.objects.get().state == DeliveryState.WAITING


def test_the_log_names_nothing_that_its_owner_lost(small: Talks, reader: Client, webhook: Webhook) -> None:
    claim = told(small)
    WebhookAttempt.objects.create(delivery=WebhookDelivery.objects.get(), began_at=datetime.now(UTC), status=204)
    narrow_marking(claim, act=small.act(small.cast.lead), version=None, marking="AMBER")
    page = reader.get(f"{HERE}{webhook.public_id}/").content.decode()
    assert ("Claim made" in page, "You do not see it any more" in page) == (False, True)


def test_a_negotiation_that_its_owner_lost_is_not_named(client: Client) -> None:
    quiet = build("quiet-shores", published=False)
    webhook, _secret = add_webhook(
        quiet.cast.reader, now=datetime.now(UTC), name="Map", url=URL, negotiation=quiet.negotiation
    )
    seat = Membership.objects.get(user=quiet.cast.reader)
    end_membership(seat, act=quiet.act(quiet.cast.lead), version=None)
    client.force_login(quiet.cast.reader)
    for address in (HERE, f"{HERE}{webhook.public_id}/", f"/api/v1/webhooks/{webhook.public_id}/"):
        page = client.get(address).content.decode()
        assert ("two shores" in page, "quiet-shores" in page) == (False, False)


def test_a_stretch_is_sent_again(small: Talks, reader: Client, webhook: Webhook) -> None:
    facts.claim(small)
    facts.amber_claim(small)
    sent = {"replay-negotiation": "two-shores", "replay-since": "2020-01-01"}
    page = reader.post(f"{HERE}{webhook.public_id}/replay/", sent, follow=True).content.decode()
    assert "on their way again" in page
    assert not WebhookDelivery.objects.filter(entry__marking="AMBER").exists()
    today = datetime.now(UTC).date()
    for day in ("soon", str(today + timedelta(days=2)), "9999-12-31"):
        assert reader.post(f"{HERE}{webhook.public_id}/replay/", {**sent, "replay-since": day}).status_code == 422


def test_where_nothing_was_recorded_since_nothing_is_sent_again(reader: Client, webhook: Webhook) -> None:
    Subscription.objects.filter(webhook=webhook).update(verbs=["incident.reported"])
    sent = {"replay-negotiation": "two-shores", "replay-since": "2020-01-01"}
    refused = reader.post(f"{HERE}{webhook.public_id}/replay/", sent)
    assert (refused.status_code, "choose an earlier day" in refused.content.decode()) == (422, True)


def test_a_stretch_that_is_asked_for_twice_by_one_form_is_sent_once(
    small: Talks, reader: Client, webhook: Webhook
) -> None:
    facts.claim(small)
    page = reader.get(f"{HERE}{webhook.public_id}/").content.decode()
    once = page.split('name="once" value="')[1].split('"')[0]
    sent = {"replay-negotiation": "two-shores", "replay-since": "2020-01-01", "once": once}
    counts = set()
    for _each in range(2):
        assert reader.post(f"{HERE}{webhook.public_id}/replay/", sent).status_code == 302
        counts.add(WebhookDelivery.objects.count())
    assert len(counts) == 1


def test_queries_do_not_grow_with_the_log(
    small: Talks, reader: Client, webhook: Webhook, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for rows in (2, 20):
        for _each in range(rows):
            told(small)
        with django_assert_max_num_queries(24):
            reader.get(f"{HERE}{webhook.public_id}/")
