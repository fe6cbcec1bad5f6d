"""`diff/`: what differs between two moments, with who, why and on what source; as documents and as files."""

from __future__ import annotations

from csv import DictReader
from io import StringIO

from django.test import Client

from negotiations.services.condition import check_condition, edit_condition
from negotiations.services.dispute import edit_dispute
from negotiations.services.gate import assert_gate
from negotiations.services.link import add_link
from negotiations.services.marking import narrow_marking
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.source import retract_source
from tests.factories import START, Talks, talks

from .conftest import signed_in
from .two_shores import DAY, HERE, on, small, told

__all__ = ["small"]


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


def test_what_was_filed_after_the_end_of_coverage_counts_at_its_end(small: Talks, anybody: Client) -> None:
    edit_negotiation(
        small.negotiation,
        act=small.act(small.cast.lead, at=START + 4 * DAY),
        version=None,
        coverage_end=START + 5 * DAY,
    )
    retract_source(small.source, act=small.act(at=START + 20 * DAY, recorded_at=START + 20 * DAY), version=None)
    (row,) = told(anybody, f"diff/?from={on(4)}&noun=source")["results"]
    assert (row["ref"], row["entries"][0]["verb"]) == ("S1", "source.retracted")
    assert told(anybody, f"diff/?noun=source&known_from={on(21)}")["results"] == []
    assert told(anybody, f"diff/?from={on(3)}&to={on(4)}&noun=source")["results"] == []


def test_since_a_visit_begins_with_what_was_seen_and_not_with_the_press(small: Talks) -> None:
    client = signed_in(small, "mediator")
    newest = told(client, "changes/?limit=1")["newest"]
    small.set_status(small.release, "in_progress")
    client.post(f"{HERE}seen/", {"upto": newest}, content_type="application/json")
    assert [row["ref"] for row in told(client, "diff/?since=visit&noun=condition")["results"]] == ["C2"]
    assert [row["subject"]["id"] for row in told(client, "changes/?since=visit")["results"]] == [
        str(small.release.public_id)
    ]


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
