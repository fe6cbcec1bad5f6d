"""Wherever the status of a condition stands, it says when what it rests on was taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from negotiations.models import Entry, User
from negotiations.services.condition import edit_condition
from negotiations.services.dispute import change_dispute_status
from negotiations.services.instrument import add_clause
from negotiations.services.link import add_link
from negotiations.services.negotiation import change_negotiation_status
from negotiations.services.source import retract_source
from tests.factories import START, Talks, talks
from tests.services import facts

FLAG = "rests on a retracted source"
SignIn = Callable[[User], Client]


@pytest.fixture
def shaken(shore: Talks) -> Talks:
    """The status of the withdrawal rests on a source taken back since; a clause, a dispute and a condition name it."""
    clause = add_clause(act=shore.act(at=START), instrument=facts.instrument(shore), number="4", text="Forces leave.")
    edit_condition(shore.withdrawal, act=shore.act(at=START), version=None, clause=clause, owner=shore.cast.mediator)
    add_link(act=shore.act(at=START), condition=shore.release, other=shore.withdrawal, type="requires")
    retract_source(shore.source, act=shore.act(), version=None)
    return shore


def listed(page: str) -> str:
    """The last item of a list that names the withdrawal."""
    return [item for item in page.split("<li") if ">C1</span>" in item][-1].split("</li>")[0]


@pytest.mark.parametrize("place", ["text", "disputes/D1", "conditions/C2"])
def test_pages_that_list_the_condition_say_so(shaken: Talks, client: Client, place: str) -> None:
    assert FLAG in listed(client.get(f"/n/two-shores/{place}/").content.decode())


def test_what_is_mine_to_check_says_so(shaken: Talks, signed_in: SignIn) -> None:
    page = signed_in(shaken.cast.mediator).get("/").content.decode()
    assert FLAG in listed(page[page.index("Yours to check") :].split("</section>")[0])


@pytest.fixture
def ended(db: None, signed_in: SignIn) -> Talks:
    """Followed until day 60; its first source was taken back long after that."""
    found = talks(coverage_end=START + timedelta(days=60))
    client = signed_in(found.cast.mediator)
    client.post("/n/two-shores/seen/", {"upto": str(Entry.objects.latest("pk").public_id)})
    retract_source(found.source, act=found.act(found.cast.lead), version=None)
    return found


@pytest.mark.parametrize("place", ["conditions", "conditions/C1", "sources", "corrections", "changes", "record"])
def test_what_is_taken_back_after_the_end_of_coverage_is_told_at_once(ended: Talks, client: Client, place: str) -> None:
    page = client.get(f"/n/two-shores/{place}/").content.decode().casefold()
    assert "retracted" in page[page.index("<main") :]


def test_programs_are_told_it_as_well(ended: Talks, client: Client) -> None:
    rows = client.get("/api/v1/negotiations/two-shores/conditions/").json()["results"]
    assert [row["rests_on_retracted"] for row in rows if row["ref"] == "C1"] == [["S1"]]
    log = client.get("/api/v1/negotiations/two-shores/corrections/").json()["results"]
    assert [row["entry"]["verb"] for row in log] == ["source.retracted"]


def test_as_it_was_then_it_still_stood(ended: Talks, client: Client) -> None:
    page = client.get("/n/two-shores/conditions/C1/", {"as_of": "2025-10-20"}).content.decode()
    assert FLAG not in page


def test_marking_it_as_seen_clears_the_count(ended: Talks, signed_in: SignIn) -> None:
    client = signed_in(ended.cast.mediator)
    page = client.get("/n/two-shores/changes/", {"since": "visit"}).content.decode()
    assert '>1<span class="vh"> change not seen yet' in page
    client.post("/n/two-shores/seen/", {"upto": page.split('name="upto" value="')[1].split('"')[0]})
    assert "not seen yet" not in client.get("/n/two-shores/changes/").content.decode()


@pytest.mark.parametrize("place", ["incidents", "incidents/I1", "conditions/C1"])
def test_the_status_of_an_incident_says_so_as_well(shore: Talks, client: Client, place: str) -> None:
    facts.incident(shore)
    retract_source(shore.source, act=shore.act(), version=None)
    page = client.get(f"/n/two-shores/{place}/").content.decode()
    assert FLAG in page.split("Shots at the line")[-1] + page.split("<h1")[1][:600]


@pytest.mark.parametrize("place", ["/n/two-shores/", "/n/two-shores/disputes/", "/n/two-shores/record/", "/"])
def test_the_status_of_the_negotiation_says_so_as_well(shore: Talks, client: Client, place: str) -> None:
    change_negotiation_status(shore.negotiation, act=shore.act(), version=None, status="stalled")
    retract_source(shore.source, act=shore.act(), version=None)
    page = client.get(place).content.decode()
    assert FLAG in page.split('"tag">Stalled<')[1][:400]


@pytest.mark.parametrize("place", ["disputes", "disputes/D1"])
def test_the_status_of_a_dispute_says_so_as_well(shore: Talks, client: Client, place: str) -> None:
    change_dispute_status(shore.dispute, act=shore.act(), version=None, status="narrowed")
    retract_source(shore.source, act=shore.act(), version=None)
    page = client.get(f"/n/two-shores/{place}/").content.decode()
    assert "Withdraw to the agreed line" not in page[: page.index(FLAG)]


def test_what_was_taken_back_bears_nothing_out_any_more(shore: Talks, client: Client) -> None:
    before, after = (evidence(shore, client, is_retracted=one) for one in (False, True))
    assert ("1 independent source" in before, "0 independent sources" in after) == (True, True)
    assert (">retracted<" in before, ">retracted<" in after) == (False, True)


def evidence(shore: Talks, client: Client, *, is_retracted: bool) -> str:
    if is_retracted:
        retract_source(shore.source, act=shore.act(), version=None)
    page = client.get("/n/two-shores/conditions/C1/").content.decode()
    return page[page.index('id="evidence"') :].split("</section>")[0]
