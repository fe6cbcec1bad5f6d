"""What changed since a moment: visible entries alone, in words, and how far somebody has read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from negotiations.models import Entry, LastLook, User
from negotiations.rules.codes import ConditionStatus, Marking
from negotiations.services.condition import edit_condition
from negotiations.services.correction import correct
from negotiations.services.marking import narrow_marking
from tests.factories import START, Talks

CHANGES = "/n/two-shores/changes/"
SignIn = Callable[[User], Client]


def newest(shore: Talks) -> str:
    return str(Entry.objects.filter(negotiation=shore.negotiation).latest("seq").public_id)


def mark_seen(client: Client, shore: Talks, **more: str) -> None:
    client.post("/n/two-shores/seen/", {"upto": newest(shore), **more})


def listed(page: Any) -> str:
    """What stands under the filters, which name every item there is."""
    return str(page.content.decode().partition('id="f-noun"')[2].partition("</form>")[2])


def test_it_says_from_what_to_what(shore: Talks, client: Client) -> None:
    edit_condition(shore.withdrawal, act=shore.act(at=START), version=None, title="Withdraw behind the river")
    found = client.get(CHANGES, {"since": "24h"}).content.decode()
    assert "<del><bdi>Withdraw to the agreed line</bdi></del>" in found
    assert "<ins><bdi>Withdraw behind the river</bdi></ins>" in found


@pytest.mark.parametrize("place", ["changes/", "record/", "conditions/C2/"])
def test_a_number_put_right_is_no_move_from_a_status_to_the_same(shore: Talks, client: Client, place: str) -> None:
    shore.set_status(shore.release, ConditionStatus.PARTLY_MET, value=7)
    correct(Entry.objects.latest("seq"), act=shore.act(), version=None, value=6)
    main = re.sub("<[^>]+>", " ", client.get(f"/n/two-shores/{place}").content.decode().split("<main")[1])
    words = " ".join(main.split())
    assert "7 → 6 people" in words
    assert "Partly met → Partly met" not in words


@pytest.mark.parametrize("since", ["", "visit", "24h", "7d", "30d", "2025-10-10"])
def test_any_start_is_understood(shore: Talks, client: Client, since: str) -> None:
    assert client.get(CHANGES, {"since": since}).status_code == 200


@pytest.mark.parametrize(
    ("since", "says"),
    [("rubbish", "such as 2025-12-08"), ("\x00", "such as 2025-12-08"), ("2999-01-01", "cannot lie in the future")],
)
def test_a_start_that_is_none_is_refused_in_words(shore: Talks, client: Client, since: str, says: str) -> None:
    response = client.get(CHANGES, {"since": since})
    assert (response.status_code, says in response.content.decode()) == (400, True)


def test_it_is_narrowed_by_kind(shore: Talks, client: Client) -> None:
    found = listed(client.get(CHANGES, {"since": "24h", "noun": "dispute"}))
    assert "Where the line runs" in found
    assert "Withdraw to the agreed line" not in found


def test_what_was_taken_away_is_counted_and_marked_as_seen_too(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.outsider)
    mark_seen(client, shore)
    narrow_marking(shore.claim, act=shore.act(shore.cast.lead), version=None, marking=Marking.AMBER)
    assert '>1<span class="vh"> change not seen yet' in client.get("/").content.decode()
    page = client.get(CHANGES, {"since": "visit"}).content.decode()
    assert "Not open to you any more" in page
    key = page.split('name="upto" value="')[1].split('"')[0]
    assert not Entry.objects.filter(public_id=key).exists()
    client.post("/n/two-shores/seen/", {"upto": key})
    assert "Not open to you any more" not in client.get(CHANGES, {"since": "visit"}).content.decode()
    assert "not seen yet" not in client.get("/").content.decode()


def test_another_span_or_day_keeps_what_narrows_it(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    mark_seen(client, shore)
    asked = {"since": "2025-10-10", "noun": "dispute", "after": "far"}
    page = client.get(CHANGES, asked).content.decode()
    for code in ("visit", "24h", "7d", "30d"):
        assert f'href="?since={code}&amp;noun=dispute"' in page
    form = page[: page.index('id="since-day"')].rsplit("<form", 1)[1]
    assert '<input type="hidden" name="noun" value="dispute">' in form
    assert 'name="since" value="2025-10-10"' in page


def test_marking_as_seen_keeps_what_narrows_it(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    sent = {"upto": newest(shore), "query": "since=24h&noun=dispute&after=far&as_of=2025-10-14"}
    assert client.post("/n/two-shores/seen/", sent)["Location"] == f"{CHANGES}?since=visit&noun=dispute"


def test_a_hidden_change_is_no_change(shore: Talks, client: Client) -> None:
    before = client.get(CHANGES, {"since": "24h"}).content
    shore.add_condition("Hidden bridge", marking=Marking.AMBER)
    assert client.get(CHANGES, {"since": "24h"}).content == before


def test_names_are_for_members_alone(shore: Talks, client: Client, signed_in: SignIn) -> None:
    assert 'name="person"' not in client.get(CHANGES, {"since": "24h"}).content.decode()
    assert 'name="person"' in signed_in(shore.cast.mediator).get(CHANGES, {"since": "24h"}).content.decode()


def test_older_changes_follow_without_gap_or_repetition(shore: Talks, client: Client) -> None:
    for number in range(60):
        shore.add_condition(f"Bridge number {number:02}")
    first = client.get(CHANGES, {"since": "24h", "noun": "condition"})
    rest = client.get(
        CHANGES
        + first.content.decode().split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    )
    pages = [listed(one) for one in (first, rest)]
    assert all(sum(f"Bridge number {number:02}" in page for page in pages) == 1 for number in range(60))


def test_marked_as_seen_nothing_is_new(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    mark_seen(client, shore)
    assert "No changes in this time" in client.get(CHANGES, {"since": "visit"}).content.decode()


def test_what_came_after_is_counted_in_the_side_bar(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    mark_seen(client, shore)
    shore.add_condition("New bridge")
    assert '>1<span class="vh"> change not seen yet' in client.get("/").content.decode()


def test_staying_on_the_page_keeps_what_the_visit_came_to_see(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    mark_seen(client, shore)
    shore.set_status(shore.withdrawal, ConditionStatus.IN_PROGRESS)
    mark_seen(client, shore, passive="1")
    found = client.get("/n/two-shores/").content.decode()
    assert "Changed since your last visit" in found
    assert "not seen yet" not in found


def test_the_place_never_moves_back(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    mark_seen(client, shore)
    reached = LastLook.objects.get().seq
    first = Entry.objects.filter(negotiation=shore.negotiation).earliest("seq")
    client.post("/n/two-shores/seen/", {"upto": str(first.public_id)})
    assert LastLook.objects.get().seq == reached


def test_nobody_marks_by_an_entry_they_may_not_see(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.reader)
    shore.add_condition("Hidden bridge", marking=Marking.AMBER)
    mark_seen(client, shore)
    assert LastLook.objects.get().seq == 0


def test_everything_is_marked_as_seen_from_the_first_page(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    client.post("/seen/", {"upto": newest(shore)})
    assert LastLook.objects.get().seq == Entry.objects.filter(negotiation=shore.negotiation).latest("seq").seq


def test_without_a_session_nothing_is_kept(shore: Talks, client: Client) -> None:
    mark_seen(client, shore)
    assert not LastLook.objects.exists()


def test_a_past_moment_shows_what_was_known_of_it(shore: Talks, client: Client) -> None:
    shore.set_status(shore.withdrawal, ConditionStatus.IN_PROGRESS, at=START + timedelta(days=9))
    asked = (START + timedelta(days=3)).date().isoformat()
    assert "In progress" not in client.get(CHANGES, {"as_of": asked, "since": "2020-01-01"}).content.decode()


def test_what_one_told_oneself_is_no_news(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    mark_seen(client, shore)
    shore.set_status(shore.withdrawal, ConditionStatus.IN_PROGRESS)
    assert "not seen yet" not in client.get("/").content.decode()
