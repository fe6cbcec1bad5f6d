"""Watching with one click: a button beside what can be watched, and the side bar that follows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from negotiations.models import Entry, Subscription, User
from negotiations.rules.codes import Marking
from negotiations.services.last_look import mark_seen
from negotiations.services.membership import end_membership
from negotiations.services.subscription import subscribe
from tests.factories import Talks

from .conftest import address

SignIn = Callable[[User], Client]
WATCH = "/n/two-shores/watch/"


def pages(shore: Talks) -> dict[str, str]:
    return {
        "overview": "/n/two-shores/",
        "roadmap": "/n/two-shores/roadmap/",
        "condition": address(shore.withdrawal),
        "dispute": f"/n/two-shores/disputes/{shore.dispute.ref}/",
    }


def subjects(shore: Talks) -> dict[str, str]:
    return {
        "overview": "",
        "roadmap": f"phase:{shore.second.public_id}",
        "condition": f"condition:{shore.withdrawal.public_id}",
        "dispute": f"dispute:{shore.dispute.public_id}",
    }


def send(client: Client, subject: str, what: str = "watch") -> Any:
    return client.post(WATCH, {"subject": subject, "what": what})


@pytest.mark.parametrize("page", ["overview", "roadmap", "condition", "dispute"])
def test_one_click_watches_and_another_stops(shore: Talks, signed_in: SignIn, page: str) -> None:
    client, subject = signed_in(shore.cast.analyst), subjects(shore)[page]
    assert f'name="subject" value="{subject}"><button class="btn btn-s" name="what" value="watch"' in html(
        client, shore, page
    )
    done = send(client, subject)
    assert (done.status_code, done["Location"].split("#")[0]) == (303, pages(shore)[page])
    assert Subscription.objects.get(ended_at__isnull=True).user == shore.cast.analyst
    assert f'name="subject" value="{subject}"><button class="btn btn-s" name="what" value="stop"' in html(
        client, shore, page
    )
    send(client, subject, "stop")
    assert not Subscription.objects.filter(ended_at__isnull=True).exists()


def test_stopping_says_which_alerts_go_on(shore: Talks, signed_in: SignIn) -> None:
    client, person = signed_in(shore.cast.analyst), shore.cast.analyst
    send(client, "")
    subscribe(person, now=timezone.now(), negotiation=shore.negotiation, channel="inbox", rhythm="hourly")
    send(client, "", "stop")
    said = html(client, shore, "overview")
    assert "1 alert of your own on it goes on" in said
    assert '<a href="/me/alerts/">' in said[said.index("goes on") :][:120]
    assert Subscription.objects.get(ended_at__isnull=True).rhythm == "hourly"


def html(client: Client, shore: Talks, page: str) -> str:
    return client.get(pages(shore)[page]).content.decode()


def test_watching_twice_is_watching_once(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    send(client, "")
    send(client, "")
    assert Subscription.objects.count() == 1


def test_nobody_in_particular_finds_no_button(shore: Talks, client: Client) -> None:
    for page in pages(shore):
        assert "/watch/" not in html(client, shore, page)
    assert send(client, "").status_code == 302
    assert not Subscription.objects.exists()


def test_the_past_is_not_watched(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    assert "/watch/" not in client.get("/n/two-shores/", {"as_of": "2025-11-01"}).content.decode()


def test_what_one_may_not_see_is_not_there_to_watch(shore: Talks, signed_in: SignIn) -> None:
    hidden = shore.add_condition(marking=Marking.AMBER)
    client = signed_in(shore.cast.reader)
    assert send(client, f"condition:{hidden.public_id}").status_code == 404
    assert [send(client, name).status_code for name in ("condition:x", "claim:1", "condition")] == [404, 404, 404]
    assert not Subscription.objects.exists()


def test_the_side_bar_follows_what_is_watched(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.outsider)
    assert "Followed here" in html(client, shore, "overview")
    send(client, f"condition:{shore.withdrawal.public_id}")
    side = re.search(r'aria-label="Watching".*?</nav>', html(client, shore, "overview"), re.DOTALL)
    assert side is not None
    assert address(shore.withdrawal) in side[0]


def test_it_counts_what_is_new_of_a_watched_item(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    send(client, f"condition:{shore.withdrawal.public_id}")
    seen_by(shore.cast.analyst, shore)
    shore.set_status(shore.withdrawal, "in_progress")
    shore.set_status(shore.release, "in_progress")
    side = re.search(r'aria-label="Watching".*?</nav>', html(client, shore, "overview"), re.DOTALL)
    assert side is not None
    assert re.findall(r'class="push xs">(\d+)<', side[0]) == ["2", "1"]


def seen_by(person: User, shore: Talks) -> None:
    newest = Entry.objects.filter(negotiation=shore.negotiation).latest("seq")
    mark_seen(user=person, negotiation=shore.negotiation, upto=newest, now=timezone.now(), ends_visit=True)


def test_an_item_that_became_hidden_leaves_the_side_bar(shore: Talks, signed_in: SignIn) -> None:
    hidden = shore.add_condition("Open the ferry", marking=Marking.AMBER)
    client = signed_in(shore.cast.analyst)
    send(client, f"condition:{hidden.public_id}")
    seat = shore.cast.analyst.memberships.get()
    end_membership(seat, act=shore.act(shore.cast.lead), version=seat.version)
    assert "Open the ferry" not in html(client, shore, "overview")
