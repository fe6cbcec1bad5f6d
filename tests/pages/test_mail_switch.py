"""The lead decides what mail may carry of TLP:AMBER, and says twice that it may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from negotiations.models import User
from tests.factories import Talks

SignIn = Callable[[User], Client]
PAGE = "/n/two-shores/write/negotiation/mails/"


def send(client: Client, shore: Talks, **sent: Any) -> Any:
    data = {"version": shore.negotiation.version, "mails_amber": "True", "reason": "All three offices agreed."}
    return client.post(PAGE, {**data, **sent})


def test_the_page_says_what_follows(shore: Talks, signed_in: SignIn) -> None:
    page = signed_in(shore.cast.lead).get(PAGE).content.decode()
    assert "on servers and devices that nobody here controls" in page
    assert "TLP:AMBER+STRICT and TLP:RED are never carried" in page


def test_it_is_not_opened_without_a_second_yes(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.lead)
    refused = send(client, shore)
    assert refused.status_code == 422
    assert "Say that they agree" in refused.content.decode()
    assert send(client, shore, agreed="on").status_code == 303
    shore.negotiation.refresh_from_db()
    assert shore.negotiation.mails_amber


def test_closing_it_needs_none(shore: Talks, signed_in: SignIn) -> None:
    assert send(signed_in(shore.cast.lead), shore, mails_amber="False").status_code == 303


@pytest.mark.parametrize(("person", "status"), [("mediator", 403), ("analyst", 403), ("outsider", 403)])
def test_it_is_the_leads_alone(shore: Talks, signed_in: SignIn, person: str, status: int) -> None:
    assert signed_in(getattr(shore.cast, person)).get(PAGE).status_code == status
