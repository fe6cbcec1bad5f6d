"""`diff/`, `changes/`, `corrections/` and `seen/`: what a follower is told, and nothing that is hidden."""

from __future__ import annotations

from csv import DictReader
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import Entry
from negotiations.services.condition import check_condition, edit_condition
from negotiations.services.correction import correct
from negotiations.services.dispute import edit_dispute
from negotiations.services.gate import assert_gate
from negotiations.services.link import add_link
from negotiations.services.marking import narrow_marking
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.phase import change_phase_status
from negotiations.services.source import add_source, retract_source
from tests.factories import START, Talks, talks

from .conftest import signed_in
from .test_description import checker, description

__all__ = ["description"]
DAY = timedelta(days=1)
HERE = "/api/v1/negotiations/two-shores/"


def on(days: int) -> str:
    return (START + days * DAY).isoformat().replace("+00:00", "Z")


@pytest.fixture
def small(db: None) -> Talks:
    """Known from its beginning; its withdrawal was under way on day 3, which became known on day 10."""
    found = talks(recorded_at=START)
    found.set_status(found.withdrawal, "in_progress", at=START + 3 * DAY, known=START + 10 * DAY)
    return found


def told(client: Client, address: str) -> Any:
    response = client.get(HERE + address)
    assert response.status_code == 200, response.content
    return response.json()


def test_a_difference_names_fields_entries_and_sources(small: Talks, anybody: Client) -> None:
    found = told(anybody, f"diff/?from={on(1)}&to={on(4)}&noun=condition")
    (row,) = found["results"]
    assert (row["ref"], row["how"], row["changes"]["status"]) == ("C1", "changed", ["not_assessed", "in_progress"])
    (entry,) = row["entries"]
    assert (entry["verb"], entry["reason"]) == ("condition.status_changed", "Reported today.")
    assert [source["ref"] for source in entry["sources"]] == ["S1"]


def test_relations_are_named_beside_their_ids(small: Talks, anybody: Client) -> None:
    act = small.act(at=START + 5 * DAY)
    assert_gate(act=act, phase=small.second, condition=small.release, authority="actors", asserted_by=[small.north])
    add_link(act=act, condition=small.withdrawal, other=small.release, type="requires")
    gate, link = (
        told(anybody, f"diff/?from={on(4)}&to={on(6)}&noun={noun}")["results"][0] for noun in ("gate", "link")
    )
    assert gate["changes"]["phase"] == [None, str(small.second.public_id)]
    assert gate["named"]["phase"] == ["", f"2 {small.second.title}"]
    assert gate["named"]["asserted_by"] == ["", small.north.name]
    assert link["named"]["other"] == ["", f"C2 {small.release.title}"]
    file = anybody.get(f"{HERE}diff/?from={on(4)}&to={on(6)}&noun=gate&format=csv").getvalue().decode()  # type: ignore[attr-defined]
    rows = {row["field"]: row["after_named"] for row in DictReader(StringIO(file))}
    assert (rows["phase"], rows["authority"]) == (f"2 {small.second.title}", "")


def test_its_permalink_asks_for_the_same(small: Talks, anybody: Client) -> None:
    found = told(anybody, f"diff/?to={on(4)}&known_from={on(9)}")
    assert len(found["results"]) == 1
    assert anybody.get(found["permalink"]).json()["results"] == found["results"]


def test_pages_follow_one_another(small: Talks, anybody: Client) -> None:
    whole = told(anybody, f"diff/?from={on(-1)}&to={on(4)}")["results"]
    page, seen = told(anybody, f"diff/?from={on(-1)}&to={on(4)}&limit=5"), []
    while True:
        seen += page["results"]
        if page["next"] is None:
            break
        page = anybody.get(page["next"]).json()
    assert [row["id"] for row in seen] == [row["id"] for row in whole]


def test_pages_and_interface_tell_the_same(small: Talks, anybody: Client) -> None:
    rows = told(anybody, f"diff/?from={on(-1)}&to={on(4)}&limit=100")["results"]
    page = anybody.get("/n/two-shores/diff/", {"from": on(-1), "to": on(4)}).content.decode()
    assert all(f'id="d-{row["id"]}"' in page for row in rows)
    assert page.count('id="d-') == len(rows)


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


def test_the_earlier_attempt_stands_beside_this_one(small: Talks, anybody: Client) -> None:
    assert anybody.get(f"{HERE}diff/?with=previous").status_code == 404
    earlier = talks("first-shores", cast=small.cast, recorded_at=START)
    act = small.act(small.cast.lead)
    edit_negotiation(small.negotiation, act=act, version=None, preceded_by=earlier.negotiation)
    edit_condition(small.release, act=small.act(), version=None, corresponds_to=earlier.release, target=25)
    found = told(anybody, "diff/?with=previous")
    rows = {row["after"]["ref"]: row for row in found["results"] if row["after"]}
    assert (found["earlier"], rows["C2"]["changes"]) == ("first-shores", {"target": [20, 25]})
    assert [row["how"] for row in found["results"] if row["after"] is None] == ["removed"]
    file = anybody.get(f"{HERE}diff/?with=previous&format=csv").getvalue().decode()
    told_in = [row for row in DictReader(StringIO(file)) if row["ref"] == "C2"]
    assert [(row["field"], row["required_before"], row["required"]) for row in told_in] == [("target", "20", "25")]


def test_a_difference_is_a_file_as_well(small: Talks, anybody: Client) -> None:
    response = anybody.get(f"{HERE}diff/?from={on(1)}&to={on(4)}&format=csv")
    assert 'filename="two-shores-diff_TLP-CLEAR_2025-10-14' in response["Content-Disposition"]
    rows = list(DictReader(StringIO(response.getvalue().decode())))
    status = next(row for row in rows if row["field"] == "status")
    assert (status["ref"], status["before"], status["after"]) == ("C1", "not_assessed", "in_progress")
    assert (status["verb"], status["reason"]) == ("condition.status_changed", "Reported today.")
    assert (status["from"], status["as_of"]) == (on(1).replace("Z", "+00:00"), on(4).replace("Z", "+00:00"))
    assert anybody.get(f"{HERE}diff/?format=xlsx")["Content-Type"].endswith("sheet")
    assert anybody.get(f"{HERE}diff/?format=csv&limit=5").json()["code"] == "unknown_parameter"


def test_each_row_of_a_file_names_the_entry_that_changed_its_field(small: Talks, anybody: Client) -> None:
    act = small.act(at=START + 4 * DAY, reason="Counted once more.")
    edit_condition(small.release, act=act, version=None, target=25)
    look = small.act(at=START + 5 * DAY, reason="Still so.", cites=())
    check_condition(small.release, act=look, version=None, where="River Post")
    file = anybody.get(f"{HERE}diff/?from={on(3)}&to={on(6)}&format=csv").getvalue().decode()  # type: ignore[attr-defined]
    rows = {row["field"]: row for row in DictReader(StringIO(file)) if row["ref"] == "C2"}
    told_of = {name: (row["verb"], row["reason"], row["sources"]) for name, row in rows.items()}
    assert told_of["target"] == ("condition.edited", "Counted once more.", "S1 River Post")
    assert told_of["checked_at"] == ("condition.checked", "Still so.", "")


def test_a_file_of_a_difference_bears_the_narrowest_marking_in_it(small: Talks) -> None:
    small.add_condition("Known to few", marking="AMBER", at=START + 2 * DAY)
    address = f"{HERE}diff/?from={on(1)}&to={on(4)}&format=csv"
    assert signed_in(small, "mediator").get(address)["TLP"] == "TLP:AMBER"
    assert signed_in(small, "outsider").get(address)["TLP"] == "TLP:CLEAR"


def test_it_bears_the_marking_of_an_end_that_it_names(small: Talks) -> None:
    hidden = small.add_condition("Known to few")
    for day, tied in ((5, hidden), (7, small.withdrawal)):
        edit_dispute(small.dispute, act=small.act(at=START + day * DAY), version=None, conditions=[tied])
    narrow_marking(hidden, act=small.act(small.cast.lead, at=START + 8 * DAY), version=None, marking="AMBER")
    address = f"diff/?from={on(4)}&to={on(6)}&noun=dispute"
    found = told(signed_in(small, "mediator"), address)
    assert (found["results"][0]["named"]["conditions"][1], found["marking"]) == (f"{hidden.ref} Known to few", "AMBER")
    assert signed_in(small, "mediator").get(f"{HERE}{address}&format=csv")["TLP"] == "TLP:AMBER"
    assert told(signed_in(small, "outsider"), address)["marking"] == "CLEAR"


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
