"""`/marking/`: one address that widens, narrows or sets an embargo, each for who may."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from negotiations.models import Claim, Entry, MarkedItem
from tests.factories import START, Talks
from tests.services.facts import amber_claim, claim

from .conftest import signed_in
from .verb_cases import tag_of

URL = "/api/v1/claims/"


def mark(client: Client, item: MarkedItem, **sent: Any) -> HttpResponse:
    body = {"reason": "The source asked.", **sent}
    headers = {"if-match": tag_of(item)}
    return client.post(f"{URL}{item.public_id}/marking/", body, content_type="application/json", headers=headers)


def new_claim(small: Talks, client: Client, **sent: Any) -> HttpResponse:
    body = {
        "claimant": str(small.north.public_id), "kind": "fulfilled", "text": "Gone.", "said_at": START.isoformat(),
        "citations": [{"source": "S1"}], **sent,
    }  # fmt: skip
    return client.post("/api/v1/negotiations/two-shores/claims/", body, content_type="application/json")


def test_narrowing_is_told_and_answered(small: Talks, mediator: Client) -> None:
    response = mark(mediator, small.claim, marking="AMBER")
    assert (response.status_code, response.json()["marking"]) == (200, "AMBER")
    assert Entry.objects.filter(verb="marking.narrowed").exists()
    assert Client().get(f"{URL}{small.claim.public_id}/").status_code == 404


def test_only_the_lead_widens(small: Talks, mediator: Client) -> None:
    item = amber_claim(small)
    assert mark(mediator, item, marking="CLEAR").status_code == 403
    assert mark(signed_in(small, "lead"), item, marking="CLEAR").json()["marking"] == "CLEAR"


def test_only_the_lead_sets_an_embargo(small: Talks, mediator: Client) -> None:
    sent = {"marking": "CLEAR", "release_at": "2100-01-01T00:00:00Z"}
    item = amber_claim(small)
    assert mark(mediator, item, **sent).status_code == 403
    assert mark(signed_in(small, "lead"), item, **sent).status_code == 200
    assert Claim.objects.get(pk=item.pk).release_marking == "CLEAR"


def test_the_same_marking_and_no_reason_are_refused(small: Talks, mediator: Client) -> None:
    assert mark(mediator, small.claim, marking="CLEAR").json()["code"] == "marking_unchanged"
    assert list(mark(mediator, small.claim, marking="AMBER", reason=" ").json()["errors"]) == ["reason"]


def test_what_is_strict_stays_with_the_organisation_of_who_writes_it(small: Talks, mediator: Client) -> None:
    made = new_claim(small, mediator, marking="AMBER+STRICT")
    assert made.status_code == 201
    assert Claim.objects.get(public_id=made.json()["id"]).organisation == small.cast.harbour
    assert signed_in(small, "other_mediator").get(made["Location"]).status_code == 404
    assert signed_in(small, "lead").get(made["Location"]).status_code == 200


def test_what_is_red_names_its_readers(small: Talks, mediator: Client) -> None:
    made = new_claim(small, mediator, marking="RED", readers=["analyst"])
    assert made.status_code == 201
    seen = {name: signed_in(small, name).get(made["Location"]).status_code for name in ("analyst", "lead", "mediator")}
    assert seen == {"analyst": 200, "lead": 404, "mediator": 200}


def test_who_is_no_member_cannot_be_named(small: Talks, mediator: Client) -> None:
    answers = [new_claim(small, mediator, marking="RED", readers=[name]).json() for name in ("outsider", "nobody")]
    assert [list(answer["errors"]) for answer in answers] == [["readers.0"], ["readers.0"]]
    assert answers[0]["errors"] == answers[1]["errors"]


def test_a_version_that_was_not_ones_own_to_see_is_not_compared(small: Talks) -> None:
    """What was written in confidence before an item was widened stays with those who had it."""
    lead = signed_in(small, "lead")
    item = claim(small, marking="AMBER+STRICT", organisation=small.cast.harbour, text="CANARY")
    headers = {"if-match": '"v1"'}
    url = f"{URL}{item.public_id}/"
    lead.patch(url, {"text": "For all."}, content_type="application/json", headers=headers)
    mark(lead, item, marking="CLEAR")
    body = {"text": "Mine."}
    response = signed_in(small, "analyst").patch(url, body, content_type="application/json", headers=headers)
    assert (response.status_code, response.json()["conflict"]["fields"]) == (412, [])
    assert b"CANARY" not in response.content
