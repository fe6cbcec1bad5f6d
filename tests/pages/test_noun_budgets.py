"""The page of a noun asks as many questions of the database for many rows as for a few."""

from __future__ import annotations

from django.test import Client

from negotiations.services.instrument import add_clause
from negotiations.services.proposal import table_version
from tests.factories import START, Talks
from tests.services import facts

from .test_query_budget import asked

BUDGET = {
    "text": 50, "disputes": 50, "disputes/D1": 65, "positions": 50, "messages": 50, "meetings/M1": 60,
    "incidents": 50, "incidents/I1": 60, "sources": 50, "sources/S1": 60, "outlook": 50,
}  # fmt: skip


def grow(shore: Talks) -> None:
    """Two more of each kind of statement, with notes where there can be some."""
    for _again in range(2):
        add_clause(act=shore.act(), instrument=facts.instrument(shore), number="1", text="The bridge opens.")
        meeting, incident = facts.meeting(shore), facts.incident(shore)
        proposal = facts.proposal(shore, dispute=shore.dispute, meeting=meeting)
        table_version(proposal, act=shore.act(), text="The other, then one side.", tabled_at=START)
        facts.message(shore, marking="CLEAR", dispute=shore.dispute, meeting=meeting)
        facts.assessment(shore)
        facts.source(shore, marking="CLEAR")
        for item in (meeting, incident, shore.source, shore.dispute):
            facts.note(shore, subject=item)


def test_more_rows_ask_no_more_questions(shore: Talks, client: Client) -> None:
    client.force_login(shore.cast.mediator)
    grow(shore)
    before = {page: asked(client, f"/n/two-shores/{page}/") for page in BUDGET}
    grow(shore)
    after = {page: asked(client, f"/n/two-shores/{page}/") for page in BUDGET}
    assert {page: count for page, count in after.items() if count > before[page]} == {}
    assert {page: count for page, count in before.items() if count > BUDGET[page]} == {}
