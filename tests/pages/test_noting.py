"""Pages over several negotiations tell the access log what they showed: each reader, item and day once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import AccessLogRow, User
from negotiations.rules.codes import Marking
from tests.factories import Talks
from tests.services import facts

SignIn = Callable[[User], Client]


def noted(shore: Talks) -> list[tuple[str, str, str, str]]:
    rows = AccessLogRow.objects.filter(negotiation=shore.negotiation, user=shore.cast.analyst)
    return [(row.kind, row.subject_type, str(row.subject_id), row.marking) for row in rows.order_by("pk")]


@pytest.mark.parametrize(("query", "kind"), [("", "read"), ("?format=csv", "export")])
@pytest.mark.parametrize("page", ["/", "/calendar/"])
def test_a_page_of_all_is_one_reading_of_each(
    shore: Talks, signed_in: SignIn, page: str, query: str, kind: str
) -> None:
    shore.add_condition(marking=Marking.AMBER)
    for _time in range(2):
        assert signed_in(shore.cast.analyst).get(page + query).status_code == 200
    assert noted(shore) == [(kind, "negotiation", str(shore.negotiation.public_id), "AMBER")]


@pytest.mark.parametrize(("query", "kind"), [("", "read"), ("?format=csv", "export")])
def test_each_narrow_source_of_the_list_is_a_reading(shore: Talks, signed_in: SignIn, query: str, kind: str) -> None:
    narrow = facts.source(shore, marking=Marking.AMBER)
    signed_in(shore.cast.analyst).get("/sources/" + query)
    assert noted(shore) == [(kind, "source", str(narrow.public_id), "AMBER")]


def test_what_was_found_in_confidence_is_a_reading(shore: Talks, signed_in: SignIn) -> None:
    claim = facts.amber_claim(shore)
    signed_in(shore.cast.analyst).get("/search/", {"q": claim.text.split()[0]})
    assert ("read", "claim", str(claim.public_id), "AMBER") in noted(shore)


def test_a_file_of_one_negotiation_was_taken_away(shore: Talks, signed_in: SignIn) -> None:
    shore.add_condition(marking=Marking.AMBER)
    signed_in(shore.cast.analyst).get("/n/two-shores/conditions/?format=csv")
    assert [row[:2] for row in noted(shore)] == [("export", "negotiation")]


def test_nobody_in_particular_is_noted(shore: Talks, client: Client) -> None:
    facts.source(shore, marking=Marking.AMBER)
    for page in ("/", "/calendar/", "/sources/", "/search/?q=report"):
        client.get(page)
    assert not AccessLogRow.objects.exists()


def test_many_narrow_items_are_one_statement(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    for number in range(5):
        facts.source(shore, marking=Marking.AMBER, title=f"Report {number}")
    with CaptureQueriesContext(connection) as seen:
        client.get("/sources/")
    assert len([one for one in seen if "INSERT" in one["sql"] and "accesslogrow" in one["sql"]]) == 1
    assert len(noted(shore)) == 5
