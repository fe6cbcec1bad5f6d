"""`changes/`, `corrections/` and `seen/`: what a follower is told, and nothing that is hidden."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import Entry
from negotiations.services.correction import correct
from negotiations.services.marking import narrow_marking
from negotiations.services.phase import change_phase_status
from negotiations.services.source import add_source, retract_source
from tests.factories import START, Talks

from .conftest import signed_in
from .test_description import checker, description
from .two_shores import DAY, HERE, on, small, told

__all__ = ["description", "small"]


@pytest.mark.parametrize("address", ["diff/", "changes/?since=30d", "corrections/"])
def test_a_hidden_write_moves_no_byte(small: Talks, anybody: Client, address: str) -> None:
    address += "" if "?" in address else f"?{'to' if address == 'diff/' else 'as_of'}={on(30)}"
    before = told(anybody, address)
    hidden = small.add_condition("Known to few", marking="AMBER", at=START + 4 * DAY)
    small.set_status(hidden, "in_progress", at=START + 5 * DAY)
    last = Entry.objects.filter(subject_id=hidden.public_id).latest("seq")
    correct(last, act=small.act(at=START + 5 * DAY), version=None, status="partly_met")
    assert told(anybody, address)["results"] == before["results"]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("diff/?from=2999-01-01", "as_of_future"),
        ("diff/?known_to=x", "known_at_unreadable"),
        ("diff/?noun=x", "invalid_noun"),
        ("diff/?as_of=2025-12-08", "unknown_parameter"),
        ("diff/?since=visit", "no_last_visit"),
        ("diff/?with=next", "invalid_with"),
        ("diff/?with=previous&from=2025-10-12", "unknown_parameter"),
        ("diff/?with=previous&to=2999-01-01", "as_of_future"),
        ("changes/?since=visit", "no_last_visit"),
        ("changes/?since=soon", "as_of_unreadable"),
        ("changes/?verb=x", "invalid_verb"),
        ("corrections/?verb=x", "invalid_verb"),
    ],
)
def test_it_refuses_what_cannot_be_asked(small: Talks, anybody: Client, address: str, code: str) -> None:
    response = anybody.get(HERE + address)
    assert (response.status_code, response.json()["code"]) == (400, code)


def test_changes_are_narrowed_to_what_is_tied_to_an_item(small: Talks, anybody: Client) -> None:
    verbs = {row["verb"] for row in told(anybody, f"changes/?about={small.withdrawal.public_id}")["results"]}
    assert {"condition.status_changed", "claim.made", "gate.asserted", "dispute.opened"} <= verbs
    assert "party.seated" not in verbs
    assert told(anybody, f"changes/?about={small.negotiation.public_id}")["results"] == []


def test_what_a_party_says_is_about_it(small: Talks, anybody: Client) -> None:
    verbs = {row["verb"] for row in told(anybody, f"changes/?about={small.southern.public_id}")["results"]}
    assert {"party.seated", "claim.made", "position.stated", "condition.added"} <= verbs


def test_marking_as_seen_begins_the_next_visit(small: Talks) -> None:
    client = signed_in(small, "mediator")
    newest = told(client, "changes/?limit=1")["newest"]
    sent = client.post(f"{HERE}seen/", {"upto": newest}, content_type="application/json")
    assert (sent.status_code, sent.json()["upto"]) == (200, newest)
    small.set_status(small.release, "in_progress")
    assert [row["verb"] for row in told(client, "changes/?since=visit")["results"]] == ["condition.status_changed"]


def test_what_was_taken_away_is_marked_by_what_was_told_of_it(small: Talks) -> None:
    client = signed_in(small, "outsider")
    client.post(f"{HERE}seen/", {"upto": told(client, "changes/")["newest"]}, content_type="application/json")
    narrow_marking(small.claim, act=small.act(small.cast.lead), version=None, marking="AMBER")
    page = told(client, "changes/?since=visit")
    assert (page["results"], page["newest"]) == ([], page["lost"][0]["id"])
    sent = client.post(f"{HERE}seen/", {"upto": page["newest"]}, content_type="application/json")
    assert (sent.status_code, sent.json()["upto"]) == (200, page["newest"])
    assert told(client, "changes/?since=visit")["lost"] == []


def test_nobody_in_particular_marks_nothing(small: Talks, anybody: Client) -> None:
    newest = told(anybody, "changes/?limit=1")["results"][0]["id"]
    sent = anybody.post(f"{HERE}seen/", {"upto": newest}, content_type="application/json")
    assert sent.status_code == 401


def test_what_is_hidden_cannot_be_marked(small: Talks) -> None:
    hidden = small.add_condition("Known to few", marking="AMBER")
    key = Entry.objects.get(subject_id=hidden.public_id).public_id
    client = signed_in(small, "outsider")
    sent = client.post(f"{HERE}seen/", {"upto": str(key)}, content_type="application/json")
    assert sent.status_code == 404


def test_what_was_taken_from_a_reader_is_told_neutrally(small: Talks, anybody: Client) -> None:
    narrow_marking(small.claim, act=small.act(small.cast.lead), version=None, marking="AMBER")
    found = told(anybody, "changes/?since=24h")
    assert [row["subject"]["id"] for row in found["lost"]] == [str(small.claim.public_id)]
    assert told(signed_in(small, "mediator"), "changes/?since=24h")["lost"] == []


def test_a_correction_tells_what_was_said_before(small: Talks, anybody: Client) -> None:
    last = Entry.objects.get(verb="condition.status_changed")
    correct(last, act=small.act(at=START + 3 * DAY), version=None, status="partly_met")
    (row,) = told(anybody, "corrections/")["results"]
    assert row["changes"]["status"] == ["in_progress", "partly_met"]
    assert (row["before"]["id"], row["entry"]["verb"]) == (str(last.public_id), "entry.corrected")
    assert told(anybody, "corrections/?verb=entry.undone")["results"] == []
    assert told(anybody, f"corrections/?known_at={on(12)}")["results"] == []


def test_a_status_says_that_its_source_was_taken_back(small: Talks, anybody: Client) -> None:
    assert told(anybody, "state/")["conditions"][0]["rests_on_retracted"] == []
    retract_source(small.source, act=small.act(at=START + 20 * DAY, recorded_at=START + 21 * DAY), version=None)
    assert told(anybody, "state/")["conditions"][0]["rests_on_retracted"] == ["S1"]
    assert told(anybody, f"state/?as_of={on(25)}&known_at={on(20)}")["conditions"][0]["rests_on_retracted"] == []
    assert [one["ref"] for one in told(anybody, "conditions/?rests_on_retracted=true")["results"]] == ["C1", "C2"]
    other = add_source(act=small.act(), negotiation=small.negotiation, publisher="Bay Post", title="Count")
    assert other.ref == "S2"


def test_a_phase_says_that_its_source_was_taken_back(small: Talks, anybody: Client) -> None:
    change_phase_status(small.second, act=small.act(at=START + DAY), version=None, status="negotiating_terms")
    assert [one["rests_on_retracted"] for one in told(anybody, "state/")["phases"]] == [[], []]
    retract_source(small.source, act=small.act(at=START + 20 * DAY, recorded_at=START + 21 * DAY), version=None)
    for address in ("state/", "phases/", f"state/?as_of={on(25)}"):
        found = told(anybody, address)
        assert (found.get("phases") or found["results"])[1]["rests_on_retracted"] == ["S1"]
    assert told(anybody, f"phases/2/?as_of={on(25)}&known_at={on(20)}")["rests_on_retracted"] == []
    for asked, numbers in (("true", [1, 2]), ("false", [])):
        assert [one["number"] for one in told(anybody, f"phases/?rests_on_retracted={asked}")["results"]] == numbers


def test_documents_are_as_described(small: Talks, description: dict[str, Any], mediator: Client) -> None:
    check = checker(description)
    check("DiffPage", told(mediator, f"diff/?from={on(-1)}&to={on(4)}"))
    check("ChangesPage", told(mediator, "changes/?since=30d"))
    check("CorrectionsPage", told(mediator, "corrections/"))


@pytest.mark.parametrize("address", [f"diff/?from={on(-1)}", "changes/", "corrections/"])
def test_more_rows_ask_no_more_questions(small: Talks, anybody: Client, address: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            told(anybody, address)
        return len(seen)

    def grow(number: int) -> None:
        one = small.add_condition(f"Open bridge {number}")
        small.set_status(one, "in_progress", at=START + 3 * DAY)
        last = Entry.objects.filter(subject_id=one.public_id).latest("seq")
        correct(last, act=small.act(at=START + 3 * DAY), version=None, status="partly_met")

    grow(0)
    few = asked()
    for number in range(1, 9):
        grow(number)
    assert asked() == few
