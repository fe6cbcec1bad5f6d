"""An answer kept under an idempotency key is not told again once its caller may have lost what is in it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from negotiations.models import Claim, Entry
from negotiations.services.act import Act
from negotiations.services.marking import narrow_marking
from negotiations.services.membership import change_membership
from negotiations.services.redaction import redact_entry
from tests.factories import Talks

from .conftest import signed_in
from .test_writing_twice import claim, send


@pytest.fixture
def lead(small: Talks) -> Act:
    return Act(actor=small.cast.lead, reason="A person is named.", no_source_reason="A decision of the desk.")


def told(small: Talks, client: Client) -> Claim:
    assert send(client, claim(small, text="CANARY")).status_code == 201
    return Claim.objects.latest("pk")


def again(small: Talks, client: Client) -> HttpResponse:
    response = send(client, claim(small, text="CANARY"))
    assert response["Idempotent-Replayed"] == "true"
    return response


def assert_nothing_told(response: HttpResponse) -> None:
    assert (response.status_code, response.content) == (204, b"")
    assert "Location" not in response
    assert Claim.objects.count() == 2


def test_redacted_words_do_not_come_back(small: Talks, mediator: Client, lead: Act) -> None:
    made = told(small, mediator)
    entry = Entry.objects.select_related("payload", "negotiation").get(subject_id=made.public_id)
    redact_entry(entry, act=lead, second=small.cast.mediator, ground="safety")
    assert_nothing_told(again(small, mediator))


def test_what_was_narrowed_does_not_come_back(small: Talks, lead: Act) -> None:
    analyst = signed_in(small, "analyst")
    narrow_marking(told(small, analyst), act=lead, version=None, marking="AMBER")
    assert_nothing_told(again(small, analyst))


def test_a_seat_that_changed_brings_nothing_back(small: Talks, mediator: Client, lead: Act) -> None:
    told(small, mediator)
    seat = small.negotiation.memberships.get(user=small.cast.mediator)
    change_membership(seat, act=lead, version=None, role="analyst", clearance="GREEN")
    assert_nothing_told(again(small, mediator))


def test_otherwise_it_is_told_again(small: Talks, mediator: Client) -> None:
    told(small, mediator)
    assert again(small, mediator).status_code == 201
