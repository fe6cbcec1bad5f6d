"""A file costs as many queries for twenty rows as for two, on every page that gives one."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import ExportJob
from tests.api.nouns import one_of_each
from tests.architecture.leaks.files import BRIEFS, LISTS, WHOLE
from tests.factories import Talks

BUDGET, BUDGET_OF_ALL, BUDGET_OF_BRIEF = 40, 45, 60
# Two readings of what is read once, and who told each difference.
BUDGET_OF_DIFF = 52
# What entries of every kind are about is read by its kind.
BUDGET_OF_CHANGES = 50
# The same, and by which desk each was told beside who told it.
BUDGET_OF_RECORD = 52
DIFFS = ("/n/two-shores/diff/?from=2025-10-01", "/api/v1/negotiations/two-shores/diff/?from=2025-10-01")
FILES = tuple(f"{page}{'&' if '?' in page else '?'}format=csv" for page in LISTS)


def counts(client: Client) -> dict[str, int]:
    found = {}
    for address in (*FILES, *WHOLE, *BRIEFS, "/n/two-shores/brief/", *DIFFS, f"{DIFFS[1]}&format=csv"):
        # What is kept between requests is known by the second one.
        client.get(address).getvalue()  # type: ignore[attr-defined]
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
            response.getvalue()  # type: ignore[attr-defined]
        assert response.status_code == 200, address
        found[address] = len(queries)
    return found


def test_twenty_rows_cost_as_many_queries_as_two(talks: Talks, db: None) -> None:
    client = Client()
    client.force_login(talks.cast.mediator)
    for number in range(1, 3):
        one_of_each(talks, number)
    few = counts(client)
    for number in range(3, 21):
        one_of_each(talks, number)
    many = counts(client)
    assert {address: (few[address], count) for address, count in many.items() if count > few[address]} == {}
    assert {address: count for address, count in few.items() if count > budget_of(address)} == {}


def budget_of(address: str) -> int:
    if "/diff/" in address:
        return BUDGET_OF_DIFF
    if "/record/?" in address:
        return BUDGET_OF_RECORD
    if "/changes/" in address:
        return BUDGET_OF_CHANGES
    if "/brief" in address:
        return BUDGET_OF_BRIEF
    return BUDGET if "two-shores" in address else BUDGET_OF_ALL


def test_twenty_wanted_files_cost_as_many_queries_as_two(talks: Talks, db: None) -> None:
    client = Client()
    client.force_login(talks.cast.mediator)
    found = []
    for rows in (2, 18):
        ExportJob.objects.bulk_create(
            ExportJob(
                user=talks.cast.mediator, negotiation=talks.negotiation, state="ready", expires_at="2999-01-01T00:00Z"
            )
            for _number in range(rows)
        )
        client.get("/me/exports/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/me/exports/").status_code == 200
        found.append(len(queries))
    assert found[0] == found[1] <= 20
