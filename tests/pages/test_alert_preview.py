"""The next digest before it is sent: its words on a page, the letter behind a policy of its own, and nothing sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from negotiations.models import Delivery, Subscription, SubscriptionPlace, User
from negotiations.services.subscription import subscribe
from tests.factories import Talks

SignIn = Callable[[User], Client]


@pytest.fixture
def alert(shore: Talks) -> Subscription:
    """The analyst's, with a status that has moved since."""
    person = shore.cast.analyst
    row = subscribe(person, now=timezone.now(), negotiation=shore.negotiation, channel="inbox", rhythm="daily")
    shore.set_status(shore.withdrawal, "in_progress")
    return row


def page(alert: Subscription, step: str = "preview") -> str:
    return f"/me/alerts/{alert.public_id}/{step}/"


def test_it_shows_what_would_be_sent_and_sends_nothing(shore: Talks, alert: Subscription, signed_in: SignIn) -> None:
    before = list(SubscriptionPlace.objects.values_list("seq", flat=True))
    shown = signed_in(shore.cast.analyst).get(page(alert)).content.decode()
    assert "Withdraw to the agreed line" in shown
    assert "As mail programs show it" in shown
    assert list(SubscriptionPlace.objects.values_list("seq", flat=True)) == before
    assert (Delivery.objects.count(), mail.outbox) == (0, [])


def test_the_letter_runs_nothing_and_is_kept_by_nobody(shore: Talks, alert: Subscription, signed_in: SignIn) -> None:
    letter = signed_in(shore.cast.analyst).get(page(alert, "letter"))
    assert "Withdraw to the agreed line" in letter.content.decode()
    policy = letter.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; ")
    assert "allow-scripts" not in policy
    assert letter.headers["Cache-Control"] == "private, no-store"


def test_where_nothing_happened_it_says_so(shore: Talks, signed_in: SignIn) -> None:
    quiet = subscribe(shore.cast.analyst, now=timezone.now(), negotiation=shore.negotiation, channel="inbox")
    client = signed_in(shore.cast.analyst)
    assert "Nothing to send" in client.get(page(quiet)).content.decode()
    assert client.get(page(quiet, "letter")).status_code == 404
