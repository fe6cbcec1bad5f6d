"""Where a negotiation asks for two: a breach is proposed by one address and decided on by another person."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from negotiations.models import Condition, ProposedFinding
from tests.factories import Talks, talks

from .calls import change, post
from .conftest import signed_in


@pytest.fixture
def careful(db: None) -> Talks:
    return talks(two_person_rule=True)


def propose(careful: Talks) -> ProposedFinding:
    found = {"by": "third_party", "actor": str(careful.monitors.public_id)}
    mediator = signed_in(careful, "mediator")
    careful.set_status(careful.withdrawal, "in_progress")
    response = post(mediator, careful.withdrawal, change(status="breached", verification=found), version=2)
    assert response.status_code == 202, response.content
    return ProposedFinding.objects.get()


def decide(client: Client, proposed: ProposedFinding, how: str, **sent: Any) -> HttpResponse:
    url = f"/api/v1/proposed-findings/{proposed.public_id}/{how}/"
    return client.post(url, sent, content_type="application/json")


def test_what_is_only_proposed_is_answered_as_a_proposal(careful: Talks) -> None:
    found = {"by": "third_party", "actor": str(careful.monitors.public_id)}
    careful.set_status(careful.withdrawal, "in_progress")
    sent = change(status="breached", verification=found)
    answer = post(signed_in(careful, "mediator"), careful.withdrawal, sent, version=2)
    told, proposed = answer.json(), ProposedFinding.objects.get()
    assert (answer.status_code, told["id"], told["state"]) == (202, str(proposed.public_id), "proposed")
    assert (told["status"], told["condition"]["ref"], told["marking"]) == ("breached", careful.withdrawal.ref, "AMBER")
    assert (told["verification"]["actor"]["name"], told["by"]["name"]) == ("River Monitors", "Mediator")
    assert told["urls"]["confirm"].endswith(f"/proposed-findings/{proposed.public_id}/confirm/")
    assert Condition.objects.get(pk=careful.withdrawal.pk).status == "in_progress"


def test_what_needs_nobody_else_is_answered_with_the_condition(careful: Talks) -> None:
    answer = post(signed_in(careful, "mediator"), careful.withdrawal, change(status="in_progress"), version=1)
    assert (answer.status_code, answer.json()["status"]) == (200, "in_progress")


def test_a_second_person_confirms_and_the_status_changes(careful: Talks) -> None:
    response = decide(signed_in(careful, "analyst"), propose(careful), "confirm")
    assert (response.status_code, response.json()["status"]) == (200, "breached")


def test_nobody_confirms_their_own(careful: Talks) -> None:
    response = decide(signed_in(careful, "mediator"), propose(careful), "confirm")
    assert (response.status_code, response.json()["code"]) == (403, "second_person_needed")


def test_a_declined_finding_leaves_the_condition(careful: Talks) -> None:
    proposed = propose(careful)
    analyst = signed_in(careful, "analyst")
    assert list(decide(analyst, proposed, "decline").json()["errors"]) == ["reason"]
    assert decide(analyst, proposed, "decline", reason="Another post.").json()["status"] == "in_progress"
    assert Condition.objects.get(pk=careful.withdrawal.pk).version == 2


def test_who_may_not_see_it_finds_nothing(careful: Talks) -> None:
    proposed = propose(careful)
    assert [decide(signed_in(careful, name), proposed, "confirm").status_code for name in ("reader", "outsider")] == [
        404,
        404,
    ]
