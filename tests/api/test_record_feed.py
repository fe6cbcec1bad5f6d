"""GET /record/: every entry its reader may see, in order, once, with tombstones in their place."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.test import Client

from negotiations.access.viewer import viewer_for
from negotiations.models import Entry
from negotiations.rules.marking import ANYBODY
from negotiations.services.act import Act, Cite
from negotiations.services.claim import make_claim
from negotiations.services.condition import edit_condition
from negotiations.services.marking import narrow_marking, widen_marking
from negotiations.services.membership import change_membership
from negotiations.services.negotiation import publish_negotiation
from negotiations.services.redaction import redact_entry
from negotiations.services.source import add_source
from tests.factories import START, Talks, talks

from .conftest import signed_in
from .following import RECORD, Follower

HIDDEN = "00000000-0000-4000-8000-000000000000"


def told(viewer: Any) -> list[str]:
    entries = Entry.objects.visible_to(viewer).filter(negotiation__slug="two-shores").order_by("seq")
    return [str(key) for key in entries.values_list("public_id", flat=True)]


def widen(small: Talks, item: Any, marking: str = "CLEAR") -> None:
    widen_marking(item, act=small.act(small.cast.lead), version=None, marking=marking)


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_it_gives_every_visible_entry_once_and_in_order(small: Talks, anybody: Client, limit: int) -> None:
    small.open_dispute(marking="AMBER")
    small.set_status(small.withdrawal, "in_progress")
    follower = Follower(anybody, limit=limit)
    follower.catch_up()
    assert follower.ids == told(ANYBODY)


@pytest.mark.parametrize("name", ["lead", "analyst", "reader", "outsider"])
def test_everybody_gets_what_they_may_see(small: Talks, name: str) -> None:
    small.open_dispute(marking="AMBER")
    follower = Follower(signed_in(small, name))
    follower.catch_up()
    assert follower.ids == told(viewer_for(getattr(small.cast, name)))


def test_an_entry_tells_what_why_and_on_which_source(small: Talks, anybody: Client) -> None:
    cite = Cite(source=small.source, credibility="2", quote="Columns left.", locator="p. 4")
    act = small.act(at=START, reason="Seen leaving.", cites=(cite,))
    edit_condition(small.release, act=act, version=None, title="Release all")
    row = Follower(anybody).catch_up()[-1]
    assert (row["verb"], row["subject"]) == (
        "condition.edited",
        {"type": "condition", "id": str(small.release.public_id)},
    )
    assert row["changes"] == {"title": ["Release the detainees", "Release all"]}
    assert (row["reason"], row["effective_at"], row["marking"]) == ("Seen leaving.", "2025-10-10T09:00:00Z", "CLEAR")
    (cited,) = row["citations"]
    assert (cited["source"]["ref"], cited["quote"], cited["supports"]) == ("S1", "Columns left.", row["id"])


def test_persons_are_for_members_and_desks_for_everybody(small: Talks, mediator: Client, anybody: Client) -> None:
    small.set_status(small.withdrawal, "in_progress")
    assert Follower(mediator).catch_up()[-1]["by"] == "Mediator"
    assert Follower(anybody).catch_up()[-1]["by"] == "Harbour Office"


def test_who_owns_something_is_told_to_members_only(small: Talks, mediator: Client, anybody: Client) -> None:
    edit_condition(small.release, act=small.act(), version=None, owner=small.cast.analyst)
    analyst = str(small.cast.analyst.public_id)
    assert Follower(mediator).catch_up()[-1]["changes"] == {"owner": [None, analyst]}
    assert Follower(anybody).catch_up()[-1]["changes"] == {"owner": [None, None]}


def test_a_relation_to_what_is_hidden_by_now_is_not_told(small: Talks, anybody: Client) -> None:
    other = small.add_condition()
    claim = make_claim(
        act=small.act(), negotiation=small.negotiation, claimant=small.north, kind="fulfilled", text="Done.",
        said_at=START, conditions=[small.withdrawal],
    )  # fmt: skip
    edit_condition(small.release, act=small.act(), version=None, corresponds_to=other)
    edit_condition(small.release, act=small.act(), version=None, corresponds_to=None)
    narrow_marking(other, act=small.act(), version=None, marking="AMBER")
    rows = Follower(anybody).catch_up()
    tomb = next(row for row in rows if row["type"] == "tombstone")
    rest = str([row for row in rows if row is not tomb])
    assert str(other.public_id) not in rest
    assert str(claim.public_id) in rest


def test_a_hidden_write_changes_no_byte(small: Talks, anybody: Client) -> None:
    latest = Follower(anybody)
    latest.catch_up()
    before = [anybody.get(RECORD, {"after": after}).content for after in ("", latest.latest)]
    small.open_dispute(marking="AMBER")
    assert [anybody.get(RECORD, {"after": after}).content for after in ("", latest.latest)] == before


def test_the_same_bytes_are_not_sent_again(small: Talks, anybody: Client) -> None:
    follower = Follower(anybody)
    follower.catch_up()
    asked = {"after": follower.latest}
    etag = anybody.get(RECORD, asked).headers["ETag"]
    assert anybody.get(RECORD, asked, headers={"if-none-match": etag}).status_code == 304
    small.set_status(small.withdrawal, "in_progress")
    assert anybody.get(RECORD, asked, headers={"if-none-match": etag}).status_code == 200


def test_an_empty_page_gives_the_cursor_back(small: Talks, anybody: Client) -> None:
    follower = Follower(anybody)
    follower.catch_up()
    page = anybody.get(RECORD, {"after": follower.latest}).json()
    assert (page["results"], page["latest"], page["next"]) == ([], follower.latest, None)


def test_next_leads_on_while_there_is_more(small: Talks, anybody: Client) -> None:
    first = anybody.get(RECORD, {"limit": 5}).json()
    second = anybody.get(first["next"]).json()
    assert [row["id"] for row in first["results"] + second["results"]] == told(ANYBODY)[:10]


def test_what_is_narrowed_leaves_a_tombstone_in_its_place(small: Talks, anybody: Client) -> None:
    follower = Follower(anybody)
    follower.catch_up()
    small.set_status(small.release, "in_progress")
    narrow_marking(small.claim, act=small.act(), version=None, marking="AMBER")
    small.set_status(small.withdrawal, "in_progress")
    change, tomb, other = follower.catch_up()
    assert (change["verb"], other["verb"]) == ("condition.status_changed",) * 2
    assert tomb["subject"] == {"type": "claim", "id": str(small.claim.public_id)}
    assert set(tomb) == {"type", "id", "subject", "inserted_at"}


def test_who_still_sees_it_gets_the_entry_and_no_tombstone(small: Talks, mediator: Client) -> None:
    narrow_marking(small.claim, act=small.act(), version=None, marking="AMBER")
    follower = Follower(mediator)
    follower.catch_up()
    assert "tombstone" not in follower.verbs
    assert "marking.narrowed" in follower.verbs


def test_each_narrowing_is_told_to_those_it_takes_from(small: Talks, anybody: Client) -> None:
    newsroom, office = signed_in(small, "reader"), signed_in(small, "other_mediator")
    narrow_marking(small.claim, act=small.act(), version=None, marking="GREEN")
    narrow_marking(small.claim, act=small.act(), version=None, marking="AMBER")
    narrow_marking(small.claim, act=small.act(), version=None, marking="AMBER+STRICT", organisation=small.cast.harbour)
    followers = [Follower(client) for client in (anybody, newsroom, office, signed_in(small, "lead"))]
    for follower in followers:
        follower.catch_up()
    assert [follower.verbs.count("tombstone") for follower in followers] == [1, 1, 1, 0]
    assert len({follower.rows[-1]["id"] for follower in followers[:3]}) == 3


def test_what_nobody_could_read_yet_leaves_no_tombstone(db: None, anybody: Client) -> None:
    quiet = talks(published=False)
    narrow_marking(quiet.claim, act=quiet.act(), version=None, marking="AMBER")
    publish_negotiation(quiet.negotiation, act=quiet.act(quiet.cast.lead), version=None)
    narrow_marking(quiet.dispute, act=quiet.act(), version=None, marking="AMBER")
    rows = Follower(anybody).catch_up()
    assert {row["subject"]["type"] for row in rows if row["type"] == "tombstone"} == {"dispute", "position"}


def test_what_is_widened_tells_all_of_itself(small: Talks, anybody: Client) -> None:
    hidden = small.open_dispute("Who opens first", marking="AMBER")
    follower = Follower(anybody)
    follower.catch_up()
    assert str(hidden.public_id) not in str(follower.rows)
    widen(small, hidden)
    (row,) = follower.catch_up()
    assert (row["verb"], row["changes"]["title"]) == ("marking.widened", [None, "Who opens first"])


def test_hidden_and_shown_again_is_told_as_both(small: Talks, anybody: Client) -> None:
    follower = Follower(anybody)
    follower.catch_up()
    narrow_marking(small.claim, act=small.act(), version=None, marking="AMBER")
    widen(small, small.claim)
    assert [row.get("verb", "tombstone") for row in follower.catch_up()] == ["tombstone", "marking.widened"]


def test_a_cursor_stands_though_its_entry_is_hidden_now(small: Talks, anybody: Client) -> None:
    follower = Follower(anybody)
    follower.catch_up()
    make_claim(
        act=small.act(), negotiation=small.negotiation, claimant=small.north, kind="fulfilled", text="Done.",
        said_at=START, conditions=[small.withdrawal],
    )  # fmt: skip
    (row,) = follower.catch_up()
    claim = small.negotiation.claims.get(public_id=row["subject"]["id"])
    narrow_marking(claim, act=small.act(), version=None, marking="AMBER")
    (tomb,) = follower.catch_up()
    assert tomb["type"] == "tombstone"
    small.set_status(small.withdrawal, "in_progress")
    assert [row["verb"] for row in follower.catch_up()] == ["condition.status_changed"]


def test_a_redaction_is_told_and_its_words_are_gone(small: Talks, anybody: Client) -> None:
    entry = Entry.objects.get(subject_id=small.claim.public_id)
    lead = small.cast.lead
    redact_entry(entry, act=Act(actor=lead, reason="Names a witness."), second=small.cast.analyst, ground="safety")
    rows = Follower(anybody).catch_up()
    emptied = next(row for row in rows if row["id"] == str(entry.public_id))
    redaction = next(row for row in rows if row["verb"] == "entry.redacted")
    assert (emptied["is_redacted"], emptied["changes"], emptied["reason"]) == (True, {}, "")
    assert redaction["supersedes"] == emptied["id"]
    assert "Posts remain" not in str(rows)


def test_a_narrow_citation_is_told_to_its_own_readers(small: Talks, mediator: Client, anybody: Client) -> None:
    quiet = add_source(
        act=small.act(cites=()), negotiation=small.negotiation, publisher="A diplomat", title="A talk", marking="AMBER"
    )
    cites = (Cite(source=small.source, credibility="2"), Cite(source=quiet, quote="Whispered."))
    edit_condition(small.release, act=small.act(cites=cites), version=None, title="Release all")
    assert "Whispered." not in str(Follower(anybody).catch_up())
    edited, cited = Follower(mediator).catch_up()[-2:]
    assert (cited["verb"], cited["citations"][0]["supports"]) == ("source.cited", edited["id"])


def test_a_cursor_holds_no_number(small: Talks, anybody: Client) -> None:
    follower = Follower(anybody)
    follower.catch_up()
    words = base64.urlsafe_b64decode(follower.latest.split(":")[0] + "==").decode()
    assert set(words.split('"')) & {"after", "scope"} == {"after", "scope"}
    assert told(ANYBODY)[-1] in words


@pytest.mark.parametrize("after", ["x", "x:y", "\x00", "é", "a" * 5000, HIDDEN])
def test_what_is_no_cursor_is_refused(small: Talks, anybody: Client, after: str) -> None:
    response = anybody.get(RECORD, {"after": after})
    assert (response.status_code, response.json()["code"]) == (400, "invalid_cursor")


def test_a_cursor_is_good_for_its_reader_and_record_only(small: Talks, anybody: Client, mediator: Client) -> None:
    talks("other-shores", cast=small.cast)
    follower = Follower(anybody)
    follower.catch_up()
    for client, address in ((mediator, RECORD), (anybody, RECORD.replace("two-shores", "other-shores"))):
        response = client.get(address, {"after": follower.latest})
        assert (response.status_code, response.json()["code"]) == (400, "invalid_cursor")


def test_who_may_see_more_begins_anew(small: Talks) -> None:
    follower = Follower(signed_in(small, "reader"))
    follower.catch_up()
    seat = small.negotiation.memberships.get(user=small.cast.reader)
    change_membership(seat, act=small.act(small.cast.lead), version=None, role="reader", clearance="AMBER")
    response = follower.client.get(RECORD, {"after": follower.latest})
    assert (response.status_code, response.json()["code"]) == (410, "cursor_outdated")
    again = Follower(follower.client)
    again.catch_up()
    assert again.ids == told(viewer_for(small.cast.reader))


@pytest.mark.parametrize("limit", ["0", "101", "x", "-1"])
def test_a_page_has_1_to_100_rows(small: Talks, anybody: Client, limit: str) -> None:
    assert anybody.get(RECORD, {"limit": limit}).json()["code"] == "invalid_limit"


def test_one_entry_is_found_by_its_id(small: Talks, anybody: Client) -> None:
    row = Follower(anybody).catch_up()[-1]
    document = anybody.get(f"{RECORD}{row['id']}/").json()
    assert {name: document[name] for name in row} == row
    assert document["license"] == "CC-BY-4.0"


def test_a_hidden_entry_is_not_there(small: Talks, anybody: Client) -> None:
    hidden = small.open_dispute(marking="AMBER")
    key = Entry.objects.get(subject_id=hidden.public_id).public_id
    there, nowhere = (anybody.get(f"{RECORD}{one}/") for one in (key, HIDDEN))
    assert (there.status_code, there.json()["detail"]) == (nowhere.status_code, nowhere.json()["detail"])
    assert there.status_code == 404


def test_an_entry_is_found_under_its_own_negotiation_only(small: Talks, anybody: Client) -> None:
    talks("other-shores", cast=small.cast)
    key = told(ANYBODY)[0]
    assert anybody.get(f"{RECORD}{key}/".replace("two-shores", "other-shores")).status_code == 404
