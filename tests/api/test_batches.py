"""POST /negotiations/{slug}/batch/: many verbs, all or nothing, each refusal at its place."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from negotiations.history.verify import faults
from negotiations.models import Claim, Condition, Entry, Source
from tests.factories import START, Talks

from .conftest import signed_in

BATCH = "/api/v1/negotiations/two-shores/batch/"


def send(client: Client, *operations: dict[str, Any], **headers: str) -> HttpResponse:
    return client.post(BATCH, {"operations": list(operations)}, content_type="application/json", headers=headers)


def add_source(**sent: Any) -> dict[str, Any]:
    return {"verb": "source.added", "as": "report", "body": {"publisher": "Gazette", "title": "Act 1", **sent}}


def claim(small: Talks, **sent: Any) -> dict[str, Any]:
    body = {"claimant": str(small.north.public_id), "kind": "fulfilled", "text": "Done.", "said_at": START.isoformat()}
    return {"verb": "claim.made", "body": {**body, "citations": [{"source": "$report"}], **sent}}


def assess(small: Talks, **operation: Any) -> dict[str, Any]:
    body = {"status": "in_progress", "reason": "Moving.", "citations": [{"source": "S1"}]}
    item = str(small.withdrawal.public_id)
    return {"verb": "condition.status_changed", "item": item, "if_match": '"v1"', "body": body, **operation}


def test_later_operations_refer_to_what_earlier_ones_made(small: Talks, mediator: Client) -> None:
    response = send(mediator, add_source(), claim(small), assess(small))
    assert response.status_code == 200, response.content
    made, claimed, assessed = response.json()["results"]
    assert (made["type"], made["ref"], made["version"]) == ("source", "S2", 1)
    assert (assessed["version"], assessed["etag"]) == (2, '"v2"')
    assert mediator.get(claimed["url"]).status_code == 200
    entry = Entry.objects.get(verb="claim.made", actor=small.cast.mediator)
    assert entry.citations.get().source == Source.objects.get(ref="S2")
    assert [str(fault) for fault in faults()] == []


def test_what_a_batch_has_made_needs_no_version(small: Talks, mediator: Client) -> None:
    edit = {"verb": "source.edited", "item": "$report", "body": {"reliability": "A"}}
    again = assess(small, body={"status": "partly_met", "reason": "Half.", "citations": [{"source": "S1"}]})
    del again["if_match"]
    assert send(mediator, add_source(), edit, assess(small), again).status_code == 200
    assert Condition.objects.get(pk=small.withdrawal.pk).version == 3


def test_one_refusal_undoes_all_and_names_its_place(small: Talks, mediator: Client) -> None:
    before = Entry.objects.count()
    response = send(mediator, add_source(), claim(small, kind="?"), assess(small))
    assert (response.status_code, response.json()["operation"]) == (400, 1)
    assert list(response.json()["errors"]) == ["operations.1.body.kind"]
    assert (Entry.objects.count(), Source.objects.count(), Claim.objects.count()) == (before, 1, 1)


def test_a_rule_refuses_at_its_place_too(small: Talks, mediator: Client) -> None:
    met = assess(small, body={"status": "met", "reason": "Said so.", "citations": [{"source": "S1"}]})
    response = send(mediator, add_source(), met)
    assert (response.status_code, response.json()["operation"]) == (422, 1)
    assert response.json()["code"] == "evidence_refused"


@pytest.mark.parametrize(
    ("tag", "status", "code"), [("", 428, "precondition_required"), ('"v9"', 412, "version_conflict")]
)
def test_a_change_of_what_was_there_says_of_what_version(
    small: Talks, mediator: Client, tag: str, status: int, code: str
) -> None:
    response = send(mediator, add_source(), assess(small, if_match=tag) if tag else without_tag(small))
    assert (response.status_code, response.json()["code"], response.json()["operation"]) == (status, code, 1)


def without_tag(small: Talks) -> dict[str, Any]:
    operation = assess(small)
    del operation["if_match"]
    return operation


def test_each_operation_asks_for_its_own_right(small: Talks, mediator: Client) -> None:
    outlook = {"verb": "assessment.made", "body": {}}
    response = send(mediator, add_source(), outlook)
    assert (response.status_code, response.json()["operation"]) == (403, 1)
    assert not Source.objects.filter(ref="S2").exists()


def test_what_is_hidden_is_as_unknown_as_what_is_not_there(small: Talks, mediator: Client) -> None:
    from tests.services.facts import strict_claim

    hidden = strict_claim(small)
    client = signed_in(small, "other_mediator")
    names = (str(hidden.public_id), "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d")
    answers = [send(client, {"verb": "claim.withdrawn", "item": name, "body": {}}).json() for name in names]
    for answer in answers:
        del answer["request_id"]
    assert answers[0] == answers[1]
    assert answers[0]["status"] == 404


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        ({"verb": "nothing.done", "body": {}}, "operations.0.verb"),
        ({"verb": "claim.made"}, "operations.0.body"),
        ({"verb": "claim.made", "body": {}, "more": 1}, "operations.0.more"),
        ({"verb": "claim.withdrawn", "item": "$nobody", "body": {}}, "operations.0.item"),
        ({"verb": "claim.made", "body": {"conditions": ["$nobody"]}}, "operations.0.body.conditions.0"),
        ("claim.made", "operations.0"),
    ],
)
def test_wrong_operations_are_named(small: Talks, mediator: Client, operation: Any, path: str) -> None:
    response = send(mediator, operation)
    assert response.status_code == 400
    assert path in response.json()["errors"], response.json()


def test_it_takes_a_hundred_and_no_more(small: Talks, mediator: Client) -> None:
    assert send(mediator, *[{"verb": "x", "body": {}}] * 101).status_code == 400
    assert send(mediator).status_code == 400


def test_a_batch_sent_twice_under_one_key_is_written_once(small: Talks, mediator: Client) -> None:
    first, second = (send(mediator, add_source(), **{"idempotency-key": "k"}) for _ in range(2))
    assert (first.content, second["Idempotent-Replayed"]) == (second.content, "true")
    assert Source.objects.count() == 2


@pytest.mark.parametrize(("name", "status"), [("reader", 403), ("outsider", 403)])
def test_who_may_write_nothing_is_refused(small: Talks, name: str, status: int) -> None:
    assert send(signed_in(small, name), add_source()).status_code == status
    assert send(Client(), add_source()).status_code == 401
