"""A news day: one source and what it says, saved together or kept for later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from negotiations.models import Claim, Draft, Incident, Position, Source, User
from tests.factories import Talks

SignIn = Callable[[User], Client]
CAPTURE = "/n/two-shores/capture/"


def rows(*filled: dict[str, Any]) -> dict[str, Any]:
    """Rows as a browser sends them, the empty ones too."""
    every = [*filled, {}]
    sent = {f"row-{place}-{name}": value for place, row in enumerate(every) for name, value in row.items()}
    return {"row-TOTAL_FORMS": len(every), "row-INITIAL_FORMS": 0, **sent}


def source(**more: Any) -> dict[str, Any]:
    return {
        "url": "https://example.org/night",
        "publisher": "River Post",
        "title": "The night",
        "marking": "CLEAR",
        **more,
    }


def claim(shore: Talks, **more: Any) -> dict[str, Any]:
    facts = {"kind": "claim", "who": shore.north.public_id, "claim_kind": "fulfilled", "words": "All are home."}
    return {**facts, "at": "2026-01-05T10:00", "condition": shore.release.public_id, "marking": "CLEAR", **more}


def test_a_source_two_claims_a_position_and_an_incident_are_saved_at_once(shore: Talks, signed_in: SignIn) -> None:
    position = {
        "kind": "position",
        "who": shore.south.public_id,
        "stance": "rejects",
        "words": "Not yet.",
        "at": "2026-01-05T10:00",
    }
    position |= {"dispute": shore.dispute.public_id, "marking": "CLEAR"}
    incident = {
        "kind": "incident",
        "incident_type": "shooting",
        "words": "Shots",
        "at": "2026-01-05T10:00",
        "marking": "AMBER",
    }
    sent = source() | rows(claim(shore), claim(shore, words="Ten are."), position, incident)
    response = signed_in(shore.cast.analyst).post(CAPTURE, sent)
    assert response.status_code == 303
    made = Source.objects.get(title="The night")
    assert response["Location"].endswith(f"/sources/{made.ref}/")
    assert Claim.objects.filter(text__in=["All are home.", "Ten are."]).count() == 2
    assert Position.objects.get(summary="Not yet.").dispute == shore.dispute
    assert Incident.objects.get().marking == "AMBER"


def test_nothing_is_saved_where_one_row_is_refused(shore: Talks, signed_in: SignIn) -> None:
    met = {"kind": "status", "condition": shore.withdrawal.public_id, "status": "met", "words": "They left."}
    response = signed_in(shore.cast.analyst).post(CAPTURE, source() | rows(claim(shore), met))
    assert response.status_code == 422
    assert "They left." in response.content.decode()
    assert not Source.objects.filter(title="The night").exists()


def test_it_warns_of_a_source_that_is_here_already(shore: Talks, signed_in: SignIn) -> None:
    client, twice = signed_in(shore.cast.analyst), source(url="https://example.org/posts/")
    page = client.post(CAPTURE, twice | rows())
    assert page.status_code == 422
    assert shore.source.ref in page.content.decode()
    assert client.post(CAPTURE, twice | rows() | {"is_another": "on"}).status_code == 303


def test_a_source_of_the_negotiation_can_be_taken(shore: Talks, signed_in: SignIn) -> None:
    sent = {"known": shore.source.public_id} | rows(claim(shore))
    assert signed_in(shore.cast.analyst).post(CAPTURE, sent).status_code == 303
    assert Source.objects.count() == 1


def test_a_half_filled_capture_is_kept_as_a_draft(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    client.post(CAPTURE, source(publisher="") | rows(claim(shore, words="Half a thought")) | {"park": "1"})
    page = client.get(f"/drafts/{Draft.objects.get().public_id}/", follow=True).content.decode()
    assert "Half a thought" in page
    assert "The night" in page


def test_a_phone_hands_an_address_over(shore: Talks, signed_in: SignIn) -> None:
    page = signed_in(shore.cast.analyst).get("/capture/", {"text": "https://example.org/x", "title": "X"}, follow=True)
    assert 'value="https://example.org/x"' in page.content.decode()


def test_who_may_only_read_captures_nothing(shore: Talks, signed_in: SignIn) -> None:
    assert signed_in(shore.cast.reader).get(CAPTURE).status_code == 403
    assert signed_in(shore.cast.outsider).post(CAPTURE, source() | rows()).status_code == 403


def test_one_capture_sent_twice_is_saved_once(shore: Talks, signed_in: SignIn) -> None:
    client, sent = signed_in(shore.cast.analyst), source() | rows(claim(shore)) | {"once": "k" * 32}
    assert [client.post(CAPTURE, sent).status_code for _ in range(2)] == [303, 303]
    assert Source.objects.filter(title="The night").count() == 1
