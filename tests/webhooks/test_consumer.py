"""Each entry makes one delivery for each webhook that asks for it and may be sent it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from negotiations.models import Entry, User, WebhookDelivery
from negotiations.rules.codes import DeliveryState, RedactionGround, Urgency
from negotiations.services.correction import undo
from negotiations.services.marking import narrow_marking
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.outbox import sweep
from negotiations.services.redaction import redact_entry
from negotiations.services.subscription import pause_subscription
from negotiations.services.webhook import end_webhook, pause_webhook
from tests.factories import Talks
from tests.factories import talks as build
from tests.services import facts

from .conftest import Add, latest, tell

NOW = datetime.now(UTC)
pytestmark = pytest.mark.django_db


def made() -> list[tuple[str, str]]:
    rows = WebhookDelivery.objects.order_by("pk").values_list("webhook__user__username", "entry__verb")
    return [(name, str(verb)) for name, verb in rows]


def sent(entry: Entry) -> None:
    WebhookDelivery.objects.filter(entry=entry).update(state=DeliveryState.SENT)


def test_one_delivery_for_each_webhook_however_often_it_is_told(talks: Talks, add: Add) -> None:
    add("reader")
    add("outsider")
    facts.claim(talks)
    tell(latest(talks), latest(talks))
    tell(latest(talks))
    assert made() == [("reader", "claim.made"), ("outsider", "claim.made")]


@pytest.mark.parametrize(
    ("marking", "told"),
    [
        ("CLEAR", ["reader", "analyst", "outsider"]),
        ("GREEN", ["reader", "analyst"]),
        ("AMBER", []),
        ("AMBER+STRICT", []),
        ("RED", []),
    ],
)
def test_what_may_not_be_sent_leaves_no_trace(talks: Talks, add: Add, marking: str, told: list[str]) -> None:
    for name in ("reader", "analyst", "outsider"):
        add(name)
    act = talks.act(readers=(talks.cast.analyst,)) if marking == "RED" else None
    facts.claim(talks, act=act, marking=marking, organisation=talks.cast.harbour)
    tell(latest(talks))
    assert [name for name, _verb in made()] == told


def allow_amber(talks: Talks) -> None:
    edit_negotiation(talks.negotiation, act=talks.act(talks.cast.lead), version=None, mails_amber=True)


def test_amber_goes_where_the_lead_allows_it_and_to_who_may_read_it(talks: Talks, add: Add) -> None:
    allow_amber(talks)
    for name in ("reader", "analyst", "outsider"):
        add(name)
    facts.amber_claim(talks)
    tell(latest(talks))
    facts.strict_claim(talks)
    tell(latest(talks))
    assert made() == [("analyst", "claim.made")]


def test_what_was_not_asked_for_is_not_sent(talks: Talks, add: Add) -> None:
    elsewhere = build("far-shores", cast=talks.cast)
    add(negotiation=elsewhere.negotiation)
    add(verbs=["position.stated"])
    add(least_urgency=Urgency.URGENT)
    facts.claim(talks)
    tell(latest(talks))
    assert made() == []


def test_the_registrys_entries_are_nobodys(talks: Talks, add: Add) -> None:
    add("lead")
    tell(*Entry.objects.filter(negotiation=None))
    assert made() == []


def test_a_paused_webhook_gathers_and_an_ended_one_does_not(talks: Talks, add: Add) -> None:
    pause_webhook(add("reader"), now=NOW)
    end_webhook(add("analyst"), now=NOW)
    pause_subscription(add("outsider").subscriptions.get(), now=NOW)
    User.objects.filter(pk=add("mediator").user_id).update(is_active=False)
    facts.claim(talks)
    tell(latest(talks))
    assert made() == [("reader", "claim.made")]


def test_who_was_sent_an_entry_is_sent_its_correction_whatever_they_asked_for(talks: Talks, add: Add) -> None:
    add("reader", verbs=["condition.status_changed"])
    add("outsider", verbs=["position.stated"])
    talks.set_status(talks.release, "in_progress")
    entry = latest(talks)
    tell(entry)
    sent(entry)
    undo(entry, act=talks.act())
    tell(latest(talks))
    assert [name for name, _verb in made()] == ["reader", "reader"]


def test_who_was_sent_words_is_told_that_they_were_destroyed(talks: Talks, add: Add) -> None:
    add("reader", verbs=["claim.made"])
    facts.claim(talks)
    entry = latest(talks)
    tell(entry)
    sent(entry)
    told = redact_entry(
        entry, act=talks.act(talks.cast.lead), second=talks.cast.mediator, ground=RedactionGround.SAFETY
    )
    tell(*told)
    assert ("reader", "entry.redacted") in made()


def test_only_who_was_sent_something_is_told_that_it_was_taken_away(talks: Talks, add: Add) -> None:
    add("reader", verbs=["claim.made"])
    claim = facts.claim(talks)
    entry = latest(talks)
    tell(entry)
    sent(entry)
    add("outsider")
    narrow_marking(claim, act=talks.act(talks.cast.lead), version=None, marking="AMBER")
    tell(latest(talks))
    assert made() == [("reader", "claim.made"), ("reader", "marking.narrowed")]


def test_the_outbox_tells_the_webhooks(talks: Talks, add: Add) -> None:
    sweep()
    add("reader")
    facts.claim(talks)
    sweep()
    assert made() == [("reader", "claim.made")]


def test_queries_do_not_grow_with_webhooks_that_ask_for_something_else(
    talks: Talks, add: Add, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    elsewhere = build("far-shores", cast=talks.cast)
    for _each in range(10):
        add(negotiation=elsewhere.negotiation)
    facts.claim(talks)
    with django_assert_max_num_queries(2):
        make = latest(talks)
        tell(make)
