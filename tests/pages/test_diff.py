"""What differs between two moments, in words: who told it, why and on what source."""

from __future__ import annotations

import json
import re
from csv import DictReader
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.services.condition import check_condition, edit_condition
from negotiations.services.gate import assert_gate, edit_gate
from negotiations.services.link import add_link
from negotiations.services.marking import narrow_marking
from negotiations.services.negotiation import edit_negotiation
from tests.factories import START, Talks, talks

DAY = timedelta(days=1)
DIFF = "/n/two-shores/diff/"
BUDGET = 30


def on(days: int) -> str:
    return (START + days * DAY).isoformat()


@pytest.fixture
def shore(db: None) -> Talks:
    """Known from its beginning; its withdrawal was under way on day 3, which became known on day 10."""
    found = talks(recorded_at=START)
    found.set_status(found.withdrawal, "in_progress", at=START + 3 * DAY, known=START + 10 * DAY)
    return found


def page_of(client: Client, **asked: Any) -> str:
    names = {"start": "from"}
    response = client.get(DIFF, {names.get(name, name): value for name, value in asked.items()})
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_what_changed_who_told_it_and_why(shore: Talks, client: Client) -> None:
    page = page_of(client, start=on(1), to=on(4))
    assert "1 changed" in page
    assert "In progress" in page
    assert "Reported today." in page
    assert "River Post" in page


def test_two_clocks_of_one_moment_differ_by_what_became_known(shore: Talks, client: Client) -> None:
    assert "Nothing you may see differs" in page_of(client, start=on(4), known_from=on(5), to=on(4), known_to=on(9))
    page = page_of(client, start=on(4), known_from=on(9), to=on(4), known_to=on(10))
    assert "1 changed" in page
    assert "as known on" in page


def test_only_known_from_compares_the_same_moment(shore: Talks, client: Client) -> None:
    assert "1 changed" in page_of(client, to=on(4), known_from=on(9))


def test_what_is_new_is_told_as_added_and_backwards_as_not_there(shore: Talks, client: Client) -> None:
    shore.add_condition("Open the ferry", at=START + 5 * DAY)
    assert "1 added" in page_of(client, start=on(4), to=on(6), noun="condition")
    assert "1 not there any more" in page_of(client, start=on(6), to=on(4), noun="condition")


def test_another_phase_is_told_as_moved(shore: Talks, client: Client) -> None:
    edit_condition(shore.release, act=shore.act(at=START + 5 * DAY), version=None, phase=shore.second)
    page = page_of(client, start=on(4), to=on(6))
    assert "1 moved" in page
    assert "Phase" in page


def test_it_is_narrowed_by_kind(shore: Talks, client: Client) -> None:
    shore.open_dispute("Who opens first")
    assert "Who opens first" not in page_of(client, start=on(-1), to=on(4), noun="condition")
    assert "Who opens first" in page_of(client, start=on(-1), to=on(4), noun="dispute")


def test_a_hidden_difference_moves_no_byte(shore: Talks, client: Client) -> None:
    query = {"from": on(1), "to": on(30)}
    before = client.get(DIFF, query).content
    hidden = shore.add_condition("Known to few", marking="AMBER", at=START + 5 * DAY)
    shore.set_status(hidden, "in_progress", at=START + 6 * DAY)
    assert client.get(DIFF, query).content == before
    client.force_login(shore.cast.mediator)
    assert "Known to few" in client.get(DIFF, query).content.decode()


def test_rights_are_those_of_now(shore: Talks, client: Client) -> None:
    narrow_marking(shore.withdrawal, act=shore.act(shore.cast.lead, at=START + 20 * DAY), version=None, marking="AMBER")
    assert "Withdraw to the agreed line" not in page_of(client, start=on(1), to=on(4))


def test_a_file_has_a_row_for_each_field(shore: Talks, client: Client) -> None:
    response = client.get(DIFF, {"from": on(1), "to": on(4), "format": "csv"})
    assert 'filename="two-shores-diff_TLP-CLEAR_' in response["Content-Disposition"]
    assert (
        "condition,C1,Withdraw to the agreed line,changed,Status,Not assessed,In progress"
        in response.getvalue().decode()
    )


def words_of(page: str, noun: str) -> str:
    """What a page says of all of a kind, without its marks."""
    (found,) = re.findall(rf"<h2 id=.noun-\d+.>{noun}</h2>(.*?)</section>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_a_gate_says_which_phase_and_who_asserts_it(shore: Talks, client: Client) -> None:
    act = shore.act(at=START + 5 * DAY)
    gate = assert_gate(
        act=act, phase=shore.second, condition=shore.release, authority="actors", asserted_by=[shore.north]
    )
    told = words_of(page_of(client, start=on(4), to=on(6)), "Gates")
    assert f"Phase 2 {shore.second.title} Required by Named actors" in told
    assert f"Asserted by {shore.north.name}" in told
    edit_gate(gate, act=shore.act(at=START + 7 * DAY), version=None, asserted_by=[shore.south])
    told = words_of(page_of(client, start=on(6), to=on(8)), "Gates")
    assert f"Asserted by {shore.north.name} → is now {shore.south.name}" in told


def test_a_link_says_of_what_kind_and_to_what(shore: Talks, client: Client) -> None:
    link = add_link(act=shore.act(at=START + 5 * DAY), condition=shore.withdrawal, other=shore.release, type="requires")
    told = words_of(page_of(client, start=on(4), to=on(6)), "Links")
    assert f"Kind Requires Other condition C2 {shore.release.title}" in told
    assert "Requires" in words_of(page_of(client, start=on(6), to=on(4)), "Links")
    file = client.get(DIFF, {"from": on(4), "to": on(6), "noun": "link", "format": "csv"}).getvalue()  # type: ignore[attr-defined]
    rows = {row["field"]: row["after"] for row in DictReader(StringIO(file.decode("utf-8-sig")))}
    assert rows == {"Kind": "Requires", "Other condition": f"C2 {shore.release.title}"}
    assert link.type == "requires"


def test_the_end_of_a_link_that_is_hidden_is_not_named(shore: Talks, client: Client) -> None:
    hidden = shore.add_condition("Known to few", at=START + 5 * DAY)
    add_link(act=shore.act(at=START + 5 * DAY), condition=shore.withdrawal, other=hidden, type="requires")
    narrow_marking(hidden, act=shore.act(shore.cast.lead, at=START + 6 * DAY), version=None, marking="AMBER")
    assert "Known to few" not in page_of(client, start=on(4), to=on(7))


COMPARED = {"from": "2025-10-14", "known_from": "2025-10-19", "to": "2025-10-14", "known_to": "2025-10-21"}


def test_a_file_names_both_moments_as_known_when(shore: Talks, client: Client) -> None:
    response = client.get(DIFF, {**COMPARED, "format": "csv"})
    name = "two-shores-diff_TLP-CLEAR_2025-10-14T2059Z_known-2025-10-21T2059Z_from-2025-10-14T2059Z_known-2025-10-19"
    assert f'filename="{name}T2059Z_' in response["Content-Disposition"]
    clocks = [response[name][:10] for name in ("As-Of", "Known-At", "Compared-As-Of", "Compared-Known-At")]
    assert clocks == ["2025-10-14", "2025-10-21", "2025-10-14", "2025-10-19"]
    (row,) = DictReader(StringIO(response.getvalue().decode("utf-8-sig")))  # type: ignore[attr-defined]
    assert [row[name][:10] for name in COMPARED] == list(COMPARED.values())


def test_the_envelope_names_both_moments_as_known_when(shore: Talks, client: Client) -> None:
    found = json.loads(client.get(DIFF, {**COMPARED, "format": "json"}).getvalue())  # type: ignore[attr-defined]
    assert [found[name][:10] for name in ("from", "known_from", "as_of", "known_at")] == list(COMPARED.values())


@pytest.mark.parametrize("later", [1, 7])
def test_each_row_of_a_file_names_the_entry_that_changed_its_field(shore: Talks, client: Client, later: int) -> None:
    act = shore.act(at=START + 4 * DAY, reason="Counted once more.")
    edit_condition(shore.release, act=act, version=None, target=25)
    for day in range(later):
        look = shore.act(at=START + (5 + day) * DAY, reason="Still so.")
        check_condition(shore.release, act=look, version=None, where="River Post")
    file = client.get(DIFF, {"from": on(3), "to": on(20), "format": "csv"}).getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    reasons = {row["field"]: row["why"] for row in DictReader(StringIO(file)) if row["ref"] == "C2"}
    assert (reasons["Target"], reasons["Checked at"]) == ("Counted once more.", "Still so.")


def test_the_moment_of_the_page_is_the_second_of_the_two(shore: Talks, client: Client) -> None:
    asked = {"from": on(1), "to": on(20)}
    assert page_of(client, **asked, as_of=on(2)) != page_of(client, **asked)
    assert "Nothing you may see differs" in page_of(client, **asked, as_of=on(2))
    file = client.get(DIFF, {"as_of": on(4), "known_at": on(11), "format": "csv"}).getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    clocks = {(row["to"][:10], row["known_to"][:10]) for row in DictReader(StringIO(file))}
    assert clocks == {(on(4)[:10], on(11)[:10])}


@pytest.mark.parametrize(
    "asked",
    [
        *({"from": "2999-01-01"}, {"known_to": "x"}, {"since": "visit"}, {"to": "0-0-0"}),
        *({"noun": "x"}, {"noun": "x", "format": "csv"}, {"with": "next"}),
    ],
)
def test_it_refuses_what_cannot_be_asked(shore: Talks, client: Client, asked: dict[str, str]) -> None:
    assert client.get(DIFF, asked).status_code == 400


def test_since_sets_both_clocks_back(shore: Talks, client: Client) -> None:
    shore.set_status(shore.release, "in_progress")
    assert "1 changed" in page_of(client, since="24h")


def test_more_differences_ask_no_more_questions(shore: Talks, client: Client) -> None:
    shore.add_condition("Open bridge 0", at=START + 5 * DAY)
    few = asked(client)
    for number in range(9):
        one = shore.add_condition(f"Open bridge {number}", at=START + 5 * DAY)
        shore.set_status(one, "in_progress", at=START + 5 * DAY)
    assert asked(client) == few <= BUDGET


def asked(client: Client) -> int:
    # What is kept between requests is known by the second one.
    page_of(client, start=on(1), to=on(6))
    with CaptureQueriesContext(connection) as seen:
        page_of(client, start=on(1), to=on(6))
    return len(seen)


def test_the_earlier_attempt_stands_beside_this_one(shore: Talks, client: Client) -> None:
    earlier = talks("first-shores", cast=shore.cast, recorded_at=START)
    edit_negotiation(shore.negotiation, act=shore.act(shore.cast.lead), version=None, preceded_by=earlier.negotiation)
    edit_condition(
        shore.release, act=shore.act(), version=None, corresponds_to=earlier.release, target=25, title="Release all"
    )
    page = client.get(f"{DIFF}?with=previous").content.decode()
    assert "<del><bdi>20" in page
    assert "<ins><bdi>25" in page
    assert "no such condition" in page


def test_the_attempt_before_is_compared_at_any_moment(shore: Talks, client: Client) -> None:
    earlier = talks("first-shores", cast=shore.cast, recorded_at=START)
    edit_negotiation(
        shore.negotiation, act=shore.act(shore.cast.lead, at=START), version=None, preceded_by=earlier.negotiation
    )
    before, after = (
        client.get(DIFF, {"with": "previous", "to": on(4), "known_to": on(known)}).content.decode() for known in (9, 11)
    )
    assert ("In progress" in before, "In progress" in after) == (False, True)
    assert client.get(DIFF, {"with": "previous", "to": "2999-01-01"}).status_code == 400


def test_without_an_earlier_attempt_there_is_no_such_page(shore: Talks, client: Client) -> None:
    assert client.get(f"{DIFF}?with=previous").status_code == 404
