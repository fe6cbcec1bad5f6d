"""POST /negotiations/ and seats: who opens, who leads, and what nobody learns by it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from negotiations.models import Membership, Negotiation, Organisation
from tests.factories import Talks

from .calls import LIST
from .conftest import signed_in


def open_one(client: Client, **sent: Any) -> HttpResponse:
    return client.post(LIST, {"title": "Three hills", "reason": "They talk.", **sent}, content_type="application/json")


def test_a_lead_opens_and_leads(small: Talks) -> None:
    lead = signed_in(small, "lead")
    response = open_one(lead)
    assert response.status_code == 201, response.content
    seat = Membership.objects.get(negotiation__slug=response.json()["slug"])
    assert (seat.user, seat.role, seat.clearance) == (small.cast.lead, "lead", "RED")
    assert seat.organisation == small.cast.harbour
    assert lead.get(response["Location"]).status_code == 200
    assert Client().get(response["Location"]).status_code == 404


def test_the_slug_tells_nothing_of_what_others_have_opened(small: Talks) -> None:
    lead = signed_in(small, "lead")
    slugs = [open_one(lead).json()["slug"] for _ in range(2)]
    assert len(set(slugs)) == 2
    assert all(slug.startswith("three-hills-") and len(slug) == len(slugs[0]) for slug in slugs)


@pytest.mark.parametrize(("name", "status"), [("mediator", 403), ("reader", 403), ("outsider", 403)])
def test_others_do_not_open(small: Talks, name: str, status: int) -> None:
    assert open_one(signed_in(small, name)).status_code == status
    assert open_one(Client()).status_code == 401
    assert Negotiation.objects.count() == 1


def test_an_administrator_opens_for_an_organisation_it_names(
    small: Talks, as_owner: Callable[[], AbstractContextManager[None]]
) -> None:
    with as_owner():
        call_command("appoint", small.cast.outsider.username, "--as", "staff")
    client = signed_in(small, "outsider")
    assert list(open_one(client).json()["errors"]) == ["organisation"]
    made = open_one(client, new_organisation={"name": "Hill Office"})
    assert (made.status_code, Organisation.objects.filter(name="Hill Office").count()) == (201, 1)


def test_a_lead_does_not_open_for_an_organisation_of_others(small: Talks) -> None:
    response = open_one(signed_in(small, "lead"), new_organisation={"name": "Lakeside Office"})
    assert list(response.json()["errors"]) == ["new_organisation"]


@pytest.mark.parametrize("sent", [{"time_zone": "Moon/Base"}, {"title": ""}, {"published": True}, {"slug": "x"}])
def test_wrong_fields_are_named(small: Talks, sent: dict[str, Any]) -> None:
    response = open_one(signed_in(small, "lead"), **sent)
    assert (response.status_code, list(response.json()["errors"])) == (400, list(sent))


def test_members_see_the_seats_and_nobody_else(small: Talks) -> None:
    url = f"{LIST}two-shores/memberships/"
    rows = signed_in(small, "analyst").get(url).json()["results"]
    assert [row["person"]["name"] for row in rows][:2] == ["Analyst", "Lead"]
    assert signed_in(small, "analyst").get(rows[0]["urls"]["self"]).status_code == 200
    assert signed_in(small, "outsider").get(url).status_code == 403
    assert signed_in(small, "outsider").get(rows[0]["urls"]["self"]).status_code == 404
    assert Client().get(url).status_code == 401
