"""The first page: narrowed and ordered by its address, kept under a name, read as a file."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest
from django.test import Client

from negotiations.models import SavedView, User
from negotiations.services.negotiation import change_negotiation_status
from tests.factories import Talks, talks

SignIn = Callable[[User], Client]


def keep(client: Client, name: str = "Mine", query: str = "mediator=E&page=2&format=csv", **more: str) -> None:
    client.post("/views/keep/", {"page": "dashboard", "name": name, "query": query, **more})


@pytest.mark.parametrize("sort", ["", "deadline", "changes", "checked", "rubbish"])
def test_it_can_be_ordered(shore: Talks, client: Client, sort: str) -> None:
    assert "Talks of the two shores" in client.get("/", {"sort": sort}).content.decode()


def test_filters_in_the_address_narrow_it(shore: Talks, client: Client) -> None:
    assert "Nothing matches these filters" in client.get("/", {"stale": "1"}).content.decode()
    assert "Nothing matches these filters" not in client.get("/", {"mediator": "E"}).content.decode()


def test_the_file_holds_what_the_filters_leave(shore: Talks, client: Client) -> None:
    talks("other-shores", cast=shore.cast)
    rows = list(csv.reader(client.get("/", {"format": "csv", "mediator": "E"}).getvalue().decode().splitlines()))
    assert {row[0] for row in rows[1:]} == {"other-shores", "two-shores"}
    assert (
        len(list(csv.reader(client.get("/", {"format": "csv", "status": "x"}).getvalue().decode().splitlines()))) == 1
    )


def test_a_view_keeps_the_filters_but_not_the_page(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    keep(client)
    view = SavedView.objects.get()
    assert client.get(f"/views/{view.public_id}/").headers["Location"] == "/?mediator=E"
    assert "Mine" in client.get("/").content.decode()


def test_a_view_is_its_owners_alone(shore: Talks, signed_in: SignIn) -> None:
    keep(signed_in(shore.cast.analyst))
    client = signed_in(shore.cast.lead)
    view = SavedView.objects.get()
    assert client.get(f"/views/{view.public_id}/").status_code == 404
    assert client.post(f"/views/{view.public_id}/delete/").status_code == 404


def test_a_view_is_renamed_and_deleted(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    keep(client)
    client.post(f"/views/{SavedView.objects.get().public_id}/rename/", {"name": "Ours"})
    assert SavedView.objects.get().name == "Ours"
    client.post(f"/views/{SavedView.objects.get().public_id}/delete/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "\x00", "Mine"])
def test_a_name_is_needed_and_given_once(shore: Talks, signed_in: SignIn, name: str) -> None:
    client = signed_in(shore.cast.analyst)
    keep(client)
    keep(client, name=name)
    assert SavedView.objects.count() == 1


def test_no_view_of_a_hidden_negotiation_is_kept(shore: Talks, signed_in: SignIn) -> None:
    talks("quiet-shores", cast=shore.cast, published=False)
    client = signed_in(shore.cast.outsider)
    asked = {"page": "conditions", "name": "Quiet", "negotiation": "quiet-shores"}
    assert client.post("/views/keep/", asked).status_code == 404
    assert client.post("/views/keep/", {**asked, "negotiation": "no-such"}).status_code == 404


@pytest.mark.parametrize(("status", "is_followed"), [("stalled", True), ("concluded", False)])
def test_what_is_closed_is_not_followed_live(shore: Talks, client: Client, status: str, is_followed: bool) -> None:
    assert shore.negotiation.coverage_end is None
    change_negotiation_status(shore.negotiation, act=shore.act(), version=None, status=status)
    assert ("followed live" in client.get("/").content.decode()) is is_followed
