"""A finding that waits for a second person: shown to members, decided by another editor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from negotiations.models import ProposedFinding, User
from negotiations.services.act import Act
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.proposed_finding import confirm_finding
from tests.factories import Talks

from .conftest import address

SignIn = Callable[[User], Client]


@pytest.fixture
def proposed(shore: Talks) -> ProposedFinding:
    """The mediator's staff proposes that the withdrawal is breached."""
    edit_negotiation(shore.negotiation, act=shore.act(shore.cast.lead), version=None, two_person_rule=True)
    found: Any = shore.set_status(shore.withdrawal, "breached")
    assert isinstance(found, ProposedFinding)
    return found


def step(proposed: ProposedFinding, name: str) -> str:
    return f"/n/two-shores/write/proposedfinding/{proposed.public_id}/{name}/"


def decide(client: Client, proposed: ProposedFinding, name: str, reason: str = "") -> Any:
    return client.post(step(proposed, name), {"version": proposed.version, "reason": reason})


def test_the_page_says_what_is_proposed_by_whom(shore: Talks, proposed: ProposedFinding, signed_in: SignIn) -> None:
    page = signed_in(shore.cast.analyst).get(address(shore.withdrawal)).content.decode()
    for words in ("Breached", "waits for a second person", "Mediator", "Reported today.", step(proposed, "confirm")):
        assert words in page


def test_the_proposer_is_offered_no_decision(shore: Talks, proposed: ProposedFinding, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    page = client.get(address(shore.withdrawal)).content.decode()
    assert "waits for a second person" in page
    assert step(proposed, "confirm") not in page
    assert decide(client, proposed, "confirm").status_code == 403


@pytest.mark.parametrize("name", ["", "outsider", "reader"])
def test_nobody_else_hears_of_it(shore: Talks, proposed: ProposedFinding, client: Client, name: str) -> None:
    if name:
        client.force_login(getattr(shore.cast, name))
    for page in (address(shore.withdrawal), "/", "/n/two-shores/", "/n/two-shores/record/"):
        html = client.get(page).content.decode()
        assert "second person" not in html
        assert str(proposed.public_id) not in html
    if name:
        assert client.get(step(proposed, "confirm")).status_code == 404


def test_a_second_person_confirms(shore: Talks, proposed: ProposedFinding, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.lead)
    assert client.get(step(proposed, "confirm")).status_code == 200
    response = decide(client, proposed, "confirm")
    shore.withdrawal.refresh_from_db()
    assert (response.status_code, response["Location"]) == (303, address(shore.withdrawal))
    assert shore.withdrawal.status == "breached"
    page = client.get(address(shore.withdrawal)).content.decode()
    assert "waits for a second person" not in page
    assert "Mediator, confirmed by Lead" in page


def test_everybody_else_reads_a_desk(shore: Talks, proposed: ProposedFinding, client: Client) -> None:
    confirm_finding(proposed, act=Act(actor=shore.cast.lead), version=None)
    page = client.get(address(shore.withdrawal)).content.decode()
    assert "Breached" in page
    assert "confirmed by" not in page


def test_it_is_declined_with_a_reason(shore: Talks, proposed: ProposedFinding, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    assert decide(client, proposed, "decline").status_code == 422
    assert decide(client, proposed, "decline", "The count was of another day.").status_code == 303
    proposed.refresh_from_db()
    assert (proposed.state, proposed.decided_by) == ("declined", shore.cast.analyst)


def test_what_is_void_says_so_and_is_only_declined(shore: Talks, proposed: ProposedFinding, signed_in: SignIn) -> None:
    shore.set_status(shore.withdrawal, "in_progress")
    client = signed_in(shore.cast.lead)
    page = client.get(address(shore.withdrawal)).content.decode()
    assert "void: the condition has changed since" in page
    assert step(proposed, "confirm") not in page
    assert decide(client, proposed, "confirm").status_code == 422


def test_the_first_page_asks_the_second_person(shore: Talks, proposed: ProposedFinding, signed_in: SignIn) -> None:
    assert "Waits for a second person" in signed_in(shore.cast.lead).get("/").content.decode()
    assert "Waits for a second person" not in signed_in(shore.cast.mediator).get("/").content.decode()


def test_the_past_knows_no_proposal(shore: Talks, proposed: ProposedFinding, signed_in: SignIn) -> None:
    page = signed_in(shore.cast.lead).get(address(shore.withdrawal), {"as_of": "2025-10-20"}).content.decode()
    assert "waits for a second person" not in page
