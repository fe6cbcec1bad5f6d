"""One page has every source a reader may see, whatever negotiation it stands in."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from negotiations.models import SavedView, User
from negotiations.rules.codes import Marking
from tests.factories import Talks
from tests.services import facts

from .test_query_budget import asked

SignIn = Callable[[User], Client]


def test_it_lists_sources_with_their_negotiation(shore: Talks, client: Client) -> None:
    facts.source(shore, marking="CLEAR", title="Report of the ferry")
    page = client.get("/sources/").content.decode()
    assert "Report of the ferry" in page
    assert 'href="/n/two-shores/sources/"' in page


def test_what_is_hidden_moves_no_byte(shore: Talks, client: Client) -> None:
    before = client.get("/sources/").content
    facts.source(shore, marking=Marking.AMBER, title="Known to few")
    assert client.get("/sources/").content == before


def test_it_narrows_by_negotiation_and_gives_a_file(shore: Talks, client: Client) -> None:
    assert "Nothing matches these filters" in client.get("/sources/", {"negotiation": "elsewhere"}).content.decode()
    lines = client.get("/sources/", {"negotiation": "two-shores", "format": "csv"}).getvalue().decode().splitlines()
    assert lines[0].lstrip("\ufeff").startswith("negotiation,ref,title")
    assert lines[1].startswith("two-shores,")


def test_it_can_be_kept_as_a_view(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    asked_for = {"page": "sources", "name": "Graded A", "query": "reliability=A", "negotiation": ""}
    answer = client.post("/views/keep/", asked_for)
    assert answer["Location"] == "/sources/?reliability=A"
    assert SavedView.objects.get().negotiation is None


def test_the_dashboard_kept_from_a_negotiation_is_the_dashboard(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    asked_for = {"page": "dashboard", "name": "Mine", "query": "", "negotiation": "two-shores"}
    assert client.post("/views/keep/", asked_for)["Location"] == "/"
    assert client.get(f"/views/{SavedView.objects.get().public_id}/")["Location"] == "/"


def test_more_sources_ask_no_more_questions(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    facts.source(shore, marking="CLEAR")
    before = asked(client, "/sources/")
    for _again in range(5):
        facts.source(shore, marking="CLEAR")
    assert asked(client, "/sources/") <= before
