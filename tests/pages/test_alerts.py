"""A person's alerts: plain sentences, a form that keeps what was typed, resting and ending."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from negotiations.models import Delivery, Subscription, User
from negotiations.rules.codes import Marking, Role
from negotiations.services.membership import change_membership, end_membership
from negotiations.services.saved_view import save_view
from negotiations.services.subscription import end_subscription, subscribe, watch
from tests.factories import Talks
from tests.factories import talks as build

SignIn = Callable[[User], Client]
LIST, NEW = "/me/alerts/", "/me/alerts/new/"
NOON = "2026-11-30T12:00:00+00:00"
SENT = {
    "about": "negotiation:two-shores",
    "ref": "",
    "least_urgency": "notable",
    "channel": "inbox",
    "rhythm": "weekdays",
    "local_time": "07:45",
    "weekday": "0",
    "time_zone": "Africa/Cairo",
}
NIGHT = {"quiet_from": "22:00", "quiet_until": "07:00"}


def make(client: Client, **sent: Any) -> Any:
    return client.post(NEW, {**SENT, **sent})


def text(client: Client, page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", client.get(page).content.decode()))


@time_machine.travel(NOON, tick=False)
def test_it_says_in_a_sentence_what_is_told_when_and_how(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    assert make(client).status_code == 303
    told = text(client, LIST)
    assert "Talks of the two shores" in told
    assert "Notable changes, Monday to Friday at 07:45 (Cairo), in the inbox." in told
    assert "next: Tue 1 Dec, 07:45" in told


def test_only_a_digest_says_that_nothing_changed(shore: Talks, signed_in: SignIn) -> None:
    answer = make(signed_in(shore.cast.analyst), rhythm="at_once", tells_nothing="on")
    assert answer.status_code == 422
    assert "Only a digest can say that nothing changed" in answer.content.decode()
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"rhythm": "at_once", "least_urgency": "urgent"}, "Urgent changes only, at once, in the inbox."),
        ({"rhythm": "weekly", "weekday": "6"}, "Notable changes, every Sunday at 07:45 (Cairo), in the inbox."),
        ({"kinds": ["incidents", "sources"]}, "Notable changes (Incidents and Sources), Monday to Friday"),
        ({**NIGHT, "rhythm": "at_once"}, "Quiet from 22:00 to 07:00."),
        ({**NIGHT, "rhythm": "hourly", "breaks_quiet": "urgent"}, "broken by urgent changes."),
        ({"tells_nothing": "on"}, "; also when nothing changed."),
    ],
)
def test_every_wish_is_in_the_sentence(shore: Talks, signed_in: SignIn, sent: dict[str, Any], sentence: str) -> None:
    client = signed_in(shore.cast.analyst)
    assert make(client, **sent).status_code == 303
    assert sentence in text(client, LIST)


def test_quiet_hours_are_not_shown_where_the_hour_was_chosen(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    assert make(client, **NIGHT).status_code == 303
    assert "Quiet from" not in text(client, LIST)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"channel": "email"}, "Your account has no e-mail address yet"),
        ({"ref": "C99"}, "There is no such item there"),
        ({"about": "all", "ref": "C1"}, "There is no such item there"),
        ({"about": "negotiation:nowhere"}, "Select a valid choice"),
        ({"time_zone": "Moon/Base"}, "Select a valid choice"),
        ({"quiet_from": "22:00"}, "Give both the beginning and the end"),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "Quiet hours end at another time than they begin"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
    shore: Talks, signed_in: SignIn, sent: dict[str, Any], said: str
) -> None:
    refused = make(signed_in(shore.cast.analyst), local_time="06:15", **sent)
    page = refused.content.decode()
    assert (refused.status_code, said in page, 'value="06:15"' in page) == (422, True, True)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("ref", "noun"), [("C1", "condition"), ("d1", "dispute"), ("2", "phase"), ("phase 2", "phase")]
)
def test_one_item_is_named_by_its_ref(shore: Talks, signed_in: SignIn, ref: str, noun: str) -> None:
    assert make(signed_in(shore.cast.analyst), ref=ref).status_code == 303
    assert Subscription.objects.get().subject_type == noun


def test_a_hidden_item_is_as_unknown_as_none(shore: Talks, signed_in: SignIn) -> None:
    hidden = shore.add_condition(marking=Marking.AMBER)
    client = signed_in(shore.cast.reader)
    answers = [make(client, ref=ref).content.decode() for ref in (hidden.ref, "C-ZZZ")]
    assert all("There is no such item there" in answer for answer in answers)


def test_a_saved_view_can_be_told_of(shore: Talks, signed_in: SignIn) -> None:
    view = save_view(
        user=shore.cast.analyst, name="Held up", page="conditions", query="", negotiation=shore.negotiation
    )
    client = signed_in(shore.cast.analyst)
    assert make(client, about=f"view:{view.public_id}").status_code == 303
    assert "The view “Held up”" in text(client, LIST)


def test_deleting_a_view_ends_its_alerts_and_keeps_what_they_told(shore: Talks, signed_in: SignIn) -> None:
    person, client = shore.cast.analyst, signed_in(shore.cast.analyst)
    view = save_view(user=person, name="Held up", page="conditions", query="", negotiation=shore.negotiation)
    row = subscribe(person, now=timezone.now(), view=view, channel="inbox")
    told = Delivery.objects.create(
        subscription=row, user=person, channel="inbox", window=1, state="sent", due_at=timezone.now()
    )
    assert "The alert on it ends with it" in text(client, "/views/")
    client.post(f"/views/{view.public_id}/delete/")
    listed = text(client, "/views/")
    assert ("1 alert on it is ended" in listed, "No saved views yet" in listed) == (True, True)
    row.refresh_from_db()
    assert (row.ended_at is None, row.next_due_at) == (False, None)
    assert f"/inbox/{told.public_id}/" in client.get("/inbox/").content.decode()
    assert all("The view “Held up”" in text(client, page) for page in ("/inbox/", "/me/alerts/deliveries/"))
    assert "Held up" not in client.get(NEW).content.decode()
    assert client.get(f"/views/{view.public_id}/").status_code == 404
    save_view(user=person, name="Held up", page="conditions", query="")


@pytest.mark.parametrize(("person", "rhythm"), [("lead", "at_once"), ("analyst", "daily"), ("outsider", "daily")])
def test_a_new_form_begins_with_what_suits_the_role(shore: Talks, signed_in: SignIn, person: str, rhythm: str) -> None:
    page = signed_in(getattr(shore.cast, person)).get(NEW).content.decode()
    assert f'<option value="{rhythm}" selected>' in page


def test_the_defaults_are_those_of_the_seat_in_the_negotiation(shore: Talks, signed_in: SignIn) -> None:
    other, reader = build("other-shores", cast=shore.cast), shore.cast.reader
    seat = reader.memberships.get(negotiation=other.negotiation)
    change_membership(
        seat, act=other.act(shore.cast.lead), version=seat.version, role=Role.MEDIATOR, clearance=seat.clearance
    )
    client = signed_in(reader)
    rhythms = [
        re.findall(r'<option value="(\w+)" selected>', client.get(f"{NEW}{about}").content.decode())
        for about in ("?about=two-shores", "?about=other-shores", "")
    ]
    assert ["at_once" in one for one in rhythms] == [False, True, True]


def test_a_form_sent_twice_makes_one(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    assert [make(client, once="k" * 32).status_code for _ in range(2)] == [303, 303]
    assert Subscription.objects.count() == 1


def test_it_is_changed(shore: Talks, signed_in: SignIn) -> None:
    client, row = signed_in(shore.cast.analyst), kept(shore)
    page = f"{LIST}{row.public_id}/"
    assert "Talks of the two shores" in text(client, page)
    assert client.post(page, {**SENT, "rhythm": "daily", "local_time": "09:00"}).status_code == 303
    row.refresh_from_db()
    assert (row.rhythm, row.local_time, row.negotiation) == ("daily", time(9), shore.negotiation)


def test_of_two_tabs_the_second_is_told_and_keeps_what_was_typed(shore: Talks, signed_in: SignIn) -> None:
    client, row = signed_in(shore.cast.analyst), kept(shore)
    page = f"{LIST}{row.public_id}/"
    (opened,) = version_on(client.get(page))
    assert client.post(page, {**SENT, "version": opened, "local_time": "09:00"}).status_code == 303
    late = client.post(page, {**SENT, "version": opened, "local_time": "06:15"})
    told = late.content.decode()
    assert (late.status_code, "at 09:00" in told, 'value="06:15"' in told) == (409, True, True)
    row.refresh_from_db()
    assert row.local_time == time(9)
    (saved,) = version_on(late)
    assert client.post(page, {**SENT, "version": saved, "local_time": "06:15"}).status_code == 303


def version_on(page: Any) -> list[str]:
    return re.findall(r'name="version" value="(\d+)"', page.content.decode())


def test_verbs_chosen_by_a_program_stay_where_the_kinds_stay(shore: Talks, signed_in: SignIn) -> None:
    row = kept(shore, verbs=["condition.status_changed"])
    client = signed_in(shore.cast.analyst)
    client.post(f"{LIST}{row.public_id}/", {**SENT, "kinds": ["conditions"]})
    row.refresh_from_db()
    assert row.verbs == ["condition.status_changed"]


def test_it_rests_goes_on_and_ends(shore: Talks, signed_in: SignIn) -> None:
    client, row = signed_in(shore.cast.analyst), kept(shore)
    client.post(f"{LIST}{row.public_id}/pause/")
    assert "rests" in text(client, LIST)
    client.post(f"{LIST}{row.public_id}/resume/")
    row.refresh_from_db()
    assert row.paused_at is None
    client.post(f"{LIST}{row.public_id}/end/")
    assert "No alerts yet" in text(client, LIST)
    assert client.get(f"{LIST}{row.public_id}/").status_code == 404


@pytest.mark.parametrize("step", ["", "preview/", "letter/", "pause/", "resume/", "end/"])
def test_somebody_elses_is_not_there(shore: Talks, signed_in: SignIn, step: str) -> None:
    row = kept(shore)
    client = signed_in(shore.cast.lead)
    method = client.post if step in ("pause/", "resume/", "end/") else client.get
    assert method(f"{LIST}{row.public_id}/{step}").status_code == 404


def test_what_is_no_longer_seen_is_called_nothing(shore: Talks, signed_in: SignIn) -> None:
    hidden = shore.add_condition("Open the ferry", marking=Marking.AMBER)
    watch(shore.cast.analyst, hidden, now=timezone.now())
    seat = shore.cast.analyst.memberships.get()
    end_membership(seat, act=shore.act(shore.cast.lead), version=seat.version)
    told = text(signed_in(shore.cast.analyst), LIST)
    assert "Something that is not there for you any more" in told
    assert "Open the ferry" not in told


def test_more_alerts_ask_no_more_questions(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    for hour in range(2):
        everything(shore, time(hour))
    few = asked(client)
    for hour in range(2, 6):
        everything(shore, time(hour))
    assert asked(client) == few
    assert few <= 24


def test_the_very_same_again_is_refused_with_the_way_to_the_one_that_is_there(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    assert make(client).status_code == 303
    there = Subscription.objects.get()
    answer = make(client)
    assert answer.status_code == 409
    shown = answer.content.decode()
    said = "You have this alert already: notable changes, Monday to Friday at 07:45 (Cairo), in the inbox."
    assert said in shown
    assert f'href="{LIST}{there.public_id}/"' in shown
    assert Subscription.objects.count() == 1
    assert make(client, local_time="08:00").status_code == 303


def test_a_change_into_the_very_same_is_refused(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    first = kept(shore, local_time=time(7))
    other = kept(shore, local_time=time(8))
    page = f"{LIST}{other.public_id}/"
    wishes = {**SENT, "rhythm": "daily", "local_time": "07:00", "time_zone": first.time_zone}
    answer = client.post(page, wishes)
    assert answer.status_code == 409
    assert f'href="{LIST}{first.public_id}/"' in answer.content.decode()
    assert Subscription.objects.get(pk=other.pk).local_time == time(8)


def test_the_list_is_paged(shore: Talks, signed_in: SignIn) -> None:
    for minute in range(26):
        kept(shore, local_time=time(7, minute))
    client = signed_in(shore.cast.analyst)
    assert "Page 1 of 2" in text(client, LIST)
    assert "Page 2 of 2" in text(client, f"{LIST}?page=2")


def kept(shore: Talks, **wishes: Any) -> Subscription:
    return subscribe(shore.cast.analyst, now=timezone.now(), negotiation=shore.negotiation, channel="inbox", **wishes)


def everything(shore: Talks, at: time) -> None:
    kept(shore, local_time=at)
    for subject in (shore.second, shore.withdrawal, shore.dispute):
        end_subscription(kept(shore), now=timezone.now())
        subscribe(shore.cast.analyst, now=timezone.now(), subject=subject, channel="inbox", local_time=at)


def asked(client: Client) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(LIST).status_code == 200
    return len(seen)
