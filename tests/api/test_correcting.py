"""Entries by their address: corrected, undone, supported; by whom, and with which values."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from negotiations.models import Condition, Entry, Membership
from tests.factories import Talks
from tests.services.facts import strict_claim

from .conftest import signed_in
from .verb_cases import CITED, entry, tag_of


def send(client: Client, told: Entry, path: str, body: dict[str, Any], **headers: str) -> HttpResponse:
    url = f"/api/v1/entries/{told.public_id}/{path}/"
    return client.post(url, body, content_type="application/json", headers={"if-match": tag_of(told), **headers})


def correct(client: Client, told: Entry, **values: Any) -> HttpResponse:
    return send(client, told, "correct", {**CITED, "values": values})


def test_a_corrected_value_holds_and_the_entry_stays(small: Talks, mediator: Client) -> None:
    told = entry(small)
    response = correct(mediator, told, value=5)
    assert (response.status_code, response.json()["quantity"]["value"]) == (200, 5)
    assert Entry.objects.get(verb="entry.corrected").supersedes == told


def test_an_undone_change_is_as_it_was(small: Talks, mediator: Client) -> None:
    response = send(mediator, entry(small), "undo", {})
    assert (response.status_code, response.json()["status"]) == (200, "not_assessed")


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"value": "many"}, "values.value"),
        ({"status": "finished"}, "values.status"),
        ({"title": "Another"}, "values.title"),
        ({"marking": "RED"}, "values.marking"),
        ({"status_since": "2025-10-10T09:00:00Z"}, "values.status_since"),
        ({"verified_by_actor": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d"}, "values.verified_by_actor"),
        ({"reason": "x"}, "values.reason"),
    ],
)
def test_values_are_checked_like_those_of_the_verb(
    small: Talks, mediator: Client, values: dict[str, Any], path: str
) -> None:
    response = correct(mediator, entry(small), **values)
    assert (response.status_code, list(response.json()["errors"])) == (400, [path])


def test_a_corrected_status_rests_on_evidence_like_any_other(small: Talks, mediator: Client) -> None:
    assert correct(mediator, entry(small), status="met").json()["code"] == "evidence_refused"
    assert Condition.objects.get(pk=small.release.pk).status == "in_progress"


def test_nobody_raises_their_own_seat_by_a_correction(small: Talks, mediator: Client) -> None:
    seat = Membership.objects.get(negotiation=small.negotiation, user=small.cast.mediator)
    told = Entry.objects.get(subject_id=seat.public_id)
    assert correct(mediator, told, role="lead").status_code == 403
    seat.refresh_from_db()
    assert (seat.role, seat.version) == ("mediator", 1)


def test_a_correction_says_of_what_version(small: Talks, mediator: Client) -> None:
    told = entry(small)
    response = send(mediator, told, "correct", {**CITED, "values": {"value": 5}}, **{"if-match": '"v1"'})
    assert (response.status_code, response.json()["conflict"]["saved_version"]) == (412, 2)


def test_an_entry_about_what_is_hidden_is_not_there(small: Talks) -> None:
    hidden = Entry.objects.get(subject_id=strict_claim(small).public_id)
    client = signed_in(small, "other_mediator")
    assert [send(client, hidden, path, {}).status_code for path in ("correct", "undo", "citations")] == [404] * 3


def test_a_further_source_is_cited(small: Talks, mediator: Client) -> None:
    told = entry(small)
    response = send(mediator, told, "citations", {"source": "S1", "credibility": "1", "locator": "page 2"})
    assert response.status_code == 200
    assert told.citations.filter(locator="page 2").exists()
