"""Whether alerts add up, for administrators alone, who see counts and addresses and no content."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from negotiations.models import Delivery, Subscription, Suppression, User
from negotiations.rules.codes import AlertChannel, DeliveryState, SuppressionCause
from negotiations.services.subscription import subscribe
from tests.factories import Talks

SignIn = Callable[[User], Client]
PAGE = "/operations/alerts/"


@pytest.fixture
def administrator(shore: Talks, signed_in: SignIn) -> Client:
    return signed_in(User.objects.create_superuser("administrator"))


def due(shore: Talks, state: DeliveryState = DeliveryState.SENT, **facts: Any) -> Delivery:
    """One delivery of the analyst's, counted by the subscription that made it."""
    person = shore.cast.analyst
    wish = Subscription.objects.filter(user=person).first() or subscribe(
        person, now=timezone.now(), negotiation=shore.negotiation, channel=AlertChannel.INBOX
    )
    wish.last_window += 1
    wish.save(update_fields=["last_window"])
    return Delivery.objects.create(
        subscription=wish, user=person, channel=AlertChannel.EMAIL, window=wish.last_window, state=state,
        due_at=timezone.now(), **facts,
    )  # fmt: skip


def text(client: Client) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(PAGE).content.decode()))


@pytest.mark.parametrize("person", ["", "lead", "analyst", "outsider"])
def test_it_is_not_there_for_anybody_else(shore: Talks, client: Client, person: str) -> None:
    if person:
        client.force_login(getattr(shore.cast, person))
    row = due(shore, DeliveryState.FAILED)
    assert client.get(PAGE).status_code == 404
    for step in ("again", "give-up", "let-be"):
        assert client.post(f"{PAGE}{row.public_id}/{step}/").status_code == 404
    row.refresh_from_db()
    assert row.state == DeliveryState.FAILED


def test_what_adds_up_says_so(shore: Talks, administrator: Client) -> None:
    due(shore)
    due(shore, DeliveryState.WAITING)
    told = text(administrator)
    assert "Everything that was due by e-mail and in the inbox is accounted for" in told
    assert "By e-mail and in the inbox: 2 due, 1 settled, 1 on their way." in told


def test_one_that_vanished_is_missed(shore: Talks, administrator: Client) -> None:
    due(shore)
    due(shore).delete()
    assert "1 delivery is not accounted for" in text(administrator)


def test_it_shows_no_content(shore: Talks, administrator: Client) -> None:
    due(shore, DeliveryState.FAILED, address="analyst@example.org", trouble="refused 550")
    told = text(administrator)
    assert "analyst@example.org" in told
    assert "The mail server refused it for good (550)" in told
    assert "Withdraw" not in told.replace("Withdraw an", "")


def test_what_failed_is_sent_again_under_the_same_id(shore: Talks, administrator: Client) -> None:
    row = due(shore, DeliveryState.FAILED, attempts=8, message_id="<one@example.org>", trouble="refused 550")
    for _ in range(2):
        assert administrator.post(f"{PAGE}{row.public_id}/again/").status_code == 303
    row.refresh_from_db()
    assert (row.state, row.attempts, row.message_id) == (DeliveryState.WAITING, 0, "<one@example.org>")


def test_what_is_given_up_stays_and_says_so(shore: Talks, administrator: Client) -> None:
    row = due(shore, DeliveryState.FAILED)
    administrator.post(f"{PAGE}{row.public_id}/give-up/")
    row.refresh_from_db()
    assert (row.state, row.trouble) == (DeliveryState.WITHHELD, "given_up")
    assert "Everything that was due by e-mail and in the inbox is accounted for" in text(administrator)


def unknown(shore: Talks) -> Delivery:
    facts = {"address": "analyst@example.org", "trouble": "cut_off", "message_id": "<one@example.org>"}
    return due(shore, DeliveryState.UNKNOWN, settled_at=timezone.now(), marking="GREEN", **facts)


def test_what_may_have_arrived_waits_for_a_decision(shore: Talks, administrator: Client) -> None:
    unknown(shore)
    told = text(administrator)
    assert "analyst@example.org" in told
    assert "Sending was cut off before the answer was kept" in told
    assert "TLP:GREEN" in told
    assert "Nothing waits for you" not in told


def test_what_may_have_arrived_is_sent_again_under_the_same_id(shore: Talks, administrator: Client) -> None:
    row = unknown(shore)
    for _ in range(2):
        assert administrator.post(f"{PAGE}{row.public_id}/again/").status_code == 303
    row.refresh_from_db()
    assert (row.state, row.trouble, row.message_id) == (DeliveryState.WAITING, "", "<one@example.org>")


def test_what_is_left_at_that_still_counts_as_unknown(shore: Talks, administrator: Client) -> None:
    row = unknown(shore)
    for step in ("let-be", "let-be", "again"):
        administrator.post(f"{PAGE}{row.public_id}/{step}/")
    row.refresh_from_db()
    assert (row.state, row.trouble) == (DeliveryState.UNKNOWN, "let_be")
    assert "Nothing waits for you" in text(administrator)


def test_nothing_else_is_left_at_that(shore: Talks, administrator: Client) -> None:
    rows = {state: due(shore, state) for state in DeliveryState if state != DeliveryState.UNKNOWN}
    for state, row in rows.items():
        administrator.post(f"{PAGE}{row.public_id}/let-be/")
        row.refresh_from_db()
        assert (row.state, row.trouble) == (state, "")


DECIDED = [state for state in DeliveryState if state not in (DeliveryState.FAILED, DeliveryState.UNKNOWN)]


@pytest.mark.parametrize("state", DECIDED)
def test_what_did_not_fail_is_not_sent_again(shore: Talks, administrator: Client, state: DeliveryState) -> None:
    row = due(shore, state)
    for step in ("again", "give-up"):
        administrator.post(f"{PAGE}{row.public_id}/{step}/")
    row.refresh_from_db()
    assert row.state == state


def test_an_address_is_sent_to_again(shore: Talks, administrator: Client) -> None:
    row = Suppression.objects.create(address="gone@example.org", cause=SuppressionCause.BOUNCED)
    assert "gone@example.org" in text(administrator)
    administrator.post(f"{PAGE}addresses/{row.pk}/lift/")
    assert "No address is left out" in text(administrator)


def test_more_deliveries_ask_no_more_questions(shore: Talks, administrator: Client) -> None:
    for state in DeliveryState:
        due(shore, state)
    few = asked(administrator)
    for state in [*DeliveryState] * 4:
        due(shore, state)
    assert asked(administrator) == few
    assert few <= 24


def asked(client: Client) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(PAGE).status_code == 200
    return len(seen)
