"""`rests_on_retracted`: of whatever has a status, the refs of sources under it that were taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from negotiations.models import Entry, Negotiation
from negotiations.services.act import Cite
from negotiations.services.condition import change_condition_status
from negotiations.services.correction import undo
from negotiations.services.dispute import change_dispute_status
from negotiations.services.incident import change_incident_status
from negotiations.services.marking import widen_marking
from negotiations.services.negotiation import change_negotiation_status, edit_negotiation
from negotiations.services.phase import change_phase_status
from negotiations.services.redaction import redact_entry
from negotiations.services.source import add_source, retract_source
from tests.factories import START, Talks, talks
from tests.services import facts

from .calls import LIST, STATE
from .conftest import signed_in

NEGOTIATION = "/api/v1/negotiations/two-shores/"
ITEMS = ("phases", "conditions", "disputes", "incidents")
SET, TAKEN_BACK = 3, 10


def on(days: int) -> str:
    return (START + timedelta(days=days)).isoformat().replace("+00:00", "Z")


def act_on(talks: Talks, days: int) -> Any:
    """An act that is told on the day it happens."""
    return talks.act(at=START + timedelta(days=days), recorded_at=START + timedelta(days=days))


@pytest.fixture
def small(db: None) -> Talks:
    """On day 3 one of each kind gets a status by what one source says; on day 10 that source is taken back."""
    found = talks(recorded_at=START)
    incident = facts.incident(found, act=act_on(found, 1))
    set_on = act_on(found, SET)
    change_phase_status(found.first, act=set_on, version=None, status="suspended")
    change_dispute_status(found.dispute, act=set_on, version=None, status="narrowed")
    change_incident_status(incident, act=set_on, version=None, status="preliminary_inquiry")
    found.set_status(found.withdrawal, "in_progress", at=set_on.effective_at, known=set_on.recorded_at)
    negotiation = Negotiation.objects.get(pk=found.negotiation.pk)
    change_negotiation_status(negotiation, act=set_on, version=None, status="stalled")
    retract_source(found.source, act=act_on(found, TAKEN_BACK), version=None)
    return found


def rows(client: Client, noun: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{NEGOTIATION}{noun}/{query}").json()["results"]
    return found


def flagged(client: Client, noun: str, query: str = "") -> list[list[str]]:
    """What is told of the rows whose status rests on retracted sources."""
    return [row["rests_on_retracted"] for row in rows(client, noun, query) if row["rests_on_retracted"]]


@pytest.mark.parametrize("noun", ITEMS)
def test_lists_and_items_name_them(small: Talks, anybody: Client, noun: str) -> None:
    first = next(row for row in rows(anybody, noun) if row["rests_on_retracted"])
    item = anybody.get(f"/api/v1/{noun}/{first['id']}/").json()
    assert (first["rests_on_retracted"], item["rests_on_retracted"]) == (["S1"], ["S1"])


@pytest.mark.parametrize("query", ["?", f"?as_of={on(12)}&"])
def test_negotiations_can_be_narrowed_to_them(small: Talks, anybody: Client, query: str) -> None:
    talks("far-shores", cast=small.cast, recorded_at=START)
    for asked, slugs in (("true", ["two-shores"]), ("false", ["far-shores"])):
        found = anybody.get(f"{LIST}{query}rests_on_retracted={asked}").json()["results"]
        assert [one["slug"] for one in found] == slugs


@pytest.mark.parametrize("query", ["?", f"?as_of={on(12)}&"])
@pytest.mark.parametrize("noun", ITEMS)
def test_lists_can_be_narrowed_to_them(small: Talks, anybody: Client, noun: str, query: str) -> None:
    every = {row["id"]: bool(row["rests_on_retracted"]) for row in rows(anybody, noun, query)}
    shaken, firm = (
        {row["id"] for row in rows(anybody, noun, f"{query}rests_on_retracted={one}")} for one in ("true", "false")
    )
    assert shaken == {key for key, rests in every.items() if rests} != set()
    assert firm == every.keys() - shaken


@pytest.mark.parametrize("noun", ITEMS)
def test_as_of_a_day_before_it_was_taken_back_it_stood(small: Talks, anybody: Client, noun: str) -> None:
    days = (on(SET), on(TAKEN_BACK - 1), on(TAKEN_BACK + 1))
    assert [bool(flagged(anybody, noun, f"?as_of={day}")) for day in days] == [False, False, True]


@pytest.mark.parametrize("noun", ITEMS)
def test_as_known_before_it_was_taken_back_it_stood(small: Talks, anybody: Client, noun: str) -> None:
    assert flagged(anybody, noun, f"?known_at={on(TAKEN_BACK - 1)}") == []


@pytest.mark.parametrize("query", ["", f"?as_of={on(TAKEN_BACK + 1)}", f"?known_at={on(TAKEN_BACK + 1)}"])
def test_the_negotiation_s_own_status_says_so_everywhere(small: Talks, anybody: Client, query: str) -> None:
    (line,) = anybody.get(LIST + query).json()["results"]
    alone, state = anybody.get(NEGOTIATION + query).json(), anybody.get(STATE + query).json()["negotiation"]
    assert [one["rests_on_retracted"] for one in (line, alone, state)] == [["S1"]] * 3


@pytest.mark.parametrize("query", [f"?as_of={on(TAKEN_BACK - 1)}", f"?known_at={on(TAKEN_BACK - 1)}"])
def test_and_nowhere_before(small: Talks, anybody: Client, query: str) -> None:
    (line,) = anybody.get(LIST + query).json()["results"]
    alone, state = anybody.get(NEGOTIATION + query).json(), anybody.get(STATE + query).json()["negotiation"]
    assert [one["rests_on_retracted"] for one in (line, alone, state)] == [[]] * 3


def test_a_day_means_the_end_of_that_day_in_each_negotiation(small: Talks, anybody: Client) -> None:
    # Taken back at nine in the morning; where it is still the day before, the day asked about has not come so far.
    other = talks("far-shores", cast=small.cast, recorded_at=START, time_zone="Pacific/Kiritimati")
    change_negotiation_status(other.negotiation, act=act_on(other, SET), version=None, status="stalled")
    retract_source(other.source, act=act_on(other, TAKEN_BACK), version=None)
    day = (START + timedelta(days=TAKEN_BACK - 1)).date()
    for asked, told in ((day, []), (day + timedelta(days=1), ["S1"])):
        found = anybody.get(f"{LIST}?known_at={asked}").json()["results"]
        assert [one["rests_on_retracted"] for one in found] == [told, told]


@pytest.mark.parametrize("noun", ["disputes", "incidents"])
def test_a_reader_who_may_not_see_the_source_is_told_of_none(db: None, anybody: Client, noun: str) -> None:
    found = talks()
    hidden = facts.source(found)
    cited = found.act(cites=(*found.act().cites, Cite(source=hidden, credibility="2")))
    change_dispute_status(found.dispute, act=cited, version=None, status="narrowed")
    change_incident_status(facts.incident(found), act=cited, version=None, status="preliminary_inquiry")
    retract_source(hidden, act=found.act(), version=None)
    member = Client()
    member.force_login(found.cast.mediator)
    assert [flagged(one, noun) for one in (anybody, member)] == [[], [[hidden.ref]]]


@pytest.fixture
def shore(db: None) -> Talks:
    """The withdrawal is under way, as one source says that was taken back since."""
    found = talks()
    found.set_status(found.withdrawal, "in_progress")
    retract_source(found.source, act=found.act(), version=None)
    return found


def withdrawal(client: Client) -> Any:
    return next(row for row in rows(client, "conditions") if row["ref"] == "C1")


def test_what_was_undone_rests_on_what_it_rested_on_before(shore: Talks, anybody: Client) -> None:
    better = add_source(act=shore.act(cites=()), negotiation=shore.negotiation, publisher="Post", title="Seen")
    cited = (Cite(source=better, credibility="2"),)
    change_condition_status(shore.withdrawal, act=shore.act(cites=cited), version=None, status="partly_met")
    assert withdrawal(anybody)["rests_on_retracted"] == []
    undo(Entry.objects.latest("pk"), act=shore.act(cites=()))
    assert withdrawal(anybody)["rests_on_retracted"] == ["S1"]


def test_a_redaction_of_the_reason_leaves_the_sources(shore: Talks, anybody: Client) -> None:
    entry = Entry.objects.get(verb="condition.status_changed")
    redact_entry(entry, act=shore.act(shore.cast.lead), second=shore.cast.mediator, ground="personal_data")
    assert withdrawal(anybody)["rests_on_retracted"] == ["S1"]


def test_a_disclosure_does_not_make_up_for_it(shore: Talks) -> None:
    hidden = shore.add_condition(marking="AMBER")
    shore.set_status(hidden, "in_progress")
    member = signed_in(shore, "mediator")
    assert flagged(member, "conditions", f"?q={hidden.title}") == [["S1"]]
    widen_marking(hidden, act=shore.act(shore.cast.lead), version=None, marking="CLEAR")
    assert flagged(member, "conditions", f"?q={hidden.title}") == [["S1"]]


@pytest.mark.parametrize("noun", ["disputes", "incidents", "conditions"])
def test_a_document_that_names_a_narrower_source_is_as_narrow(db: None, noun: str) -> None:
    found = talks()
    hidden = facts.source(found)
    cited = found.act(cites=(*found.act().cites, Cite(source=hidden, credibility="2")))
    change_dispute_status(found.dispute, act=cited, version=None, status="narrowed")
    change_incident_status(facts.incident(found), act=cited, version=None, status="preliminary_inquiry")
    change_condition_status(found.withdrawal, act=cited, version=None, status="in_progress")
    client = signed_in(found, "mediator")
    retract_source(hidden, act=found.act(), version=None)
    listed = client.get(f"{NEGOTIATION}{noun}/").json()
    first = next(row for row in listed["results"] if row["rests_on_retracted"])
    item = client.get(f"/api/v1/{noun}/{first['id']}/").json()
    file = client.get(f"{NEGOTIATION}{noun}/?format=csv")
    assert (listed["marking"], item["marking"], file["TLP"]) == ("AMBER", "AMBER", "TLP:AMBER")
    assert client.get(f"{NEGOTIATION}{noun}/?fields=ref").json()["marking"] == "CLEAR"


def test_after_the_end_of_coverage_every_answer_is_the_same(db: None, anybody: Client) -> None:
    found = talks(recorded_at=START)
    change_negotiation_status(found.negotiation, act=act_on(found, SET), version=None, status="stalled")
    negotiation = Negotiation.objects.get(pk=found.negotiation.pk)
    end = START + timedelta(days=SET + 1)
    edit_negotiation(negotiation, act=act_on(found, SET), version=None, coverage_end=end)
    retract_source(found.source, act=act_on(found, TAKEN_BACK), version=None)
    for query in (
        "",
        f"?as_of={on(SET)}",
        f"?as_of={on(SET + 3)}",
        f"?as_of={on(TAKEN_BACK + 1)}",
        f"?known_at={on(SET + 2)}",
    ):
        (line,) = anybody.get(LIST + query).json()["results"]
        alone, state = anybody.get(NEGOTIATION + query).json(), anybody.get(STATE + query).json()["negotiation"]
        told = [one["rests_on_retracted"] for one in (line, alone, state)]
        assert told in ([[]] * 3, [["S1"]] * 3), query
