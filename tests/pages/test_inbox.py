"""The in-app inbox: what was told is shown under the reader's rights of now, and read by saying so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from negotiations.models import AccessLogRow, Delivery, Entry, Stream, Subscription, User
from negotiations.rules.codes import AlertChannel, ConditionStatus, DeliveryState, Marking
from negotiations.selectors import inbox
from negotiations.services.correction import correct
from negotiations.services.membership import change_membership
from negotiations.services.subscription import subscribe
from tests.digests.world import edition_of
from tests.factories import Talks, talks

SignIn = Callable[[User], Client]
INBOX = "/inbox/"


def told(shore: Talks, person: User | None = None, **facts: Any) -> Delivery:
    """A message about everything that was recorded so far."""
    person = person or shore.cast.analyst
    about = {"negotiation": shore.negotiation, "channel": AlertChannel.INBOX, "least_urgency": "routine"}
    wish = Subscription.objects.filter(user=person).first() or subscribe(person, now=timezone.now(), **about)
    head = Stream.objects.get(negotiation=shore.negotiation).head
    number = Delivery.objects.count() + 1
    values = {"state": DeliveryState.SENT, "due_at": timezone.now(), "ranges": {str(shore.negotiation.pk): [0, head]}}
    return Delivery.objects.create(
        subscription=wish, user=person, channel=AlertChannel.INBOX, window=number, **{**values, **facts}
    )


def page_of(message: Delivery) -> str:
    return f"{INBOX}{message.public_id}/"


def test_the_top_bar_counts_what_was_not_read(shore: Talks, signed_in: SignIn) -> None:
    client, message = signed_in(shore.cast.analyst), told(shore)
    assert "Inbox: 1 message not read" in client.get("/").content.decode()
    client.post(f"{page_of(message)}read/")
    assert "not read" not in client.get("/").content.decode()


def test_opening_a_message_shows_its_entries_and_changes_nothing(shore: Talks, signed_in: SignIn) -> None:
    client, message = signed_in(shore.cast.analyst), told(shore)
    assert "Withdraw to the agreed line" in client.get(page_of(message)).content.decode()
    message.refresh_from_db()
    assert message.read_at is None


def test_it_says_where_it_stands_and_what_puts_right_what_was_sent_first(shore: Talks, signed_in: SignIn) -> None:
    shore.set_status(shore.release, ConditionStatus.IN_PROGRESS)
    correct(Entry.objects.latest("pk"), act=shore.act(), version=None, status=ConditionStatus.PARTLY_MET)
    page = signed_in(shore.cast.analyst).get(page_of(told(shore))).content.decode()
    order = ("Where it stands now", ">Corrections<", "Partly met", ">Changes<", "corrected later")
    places = [page.find(words) for words in order]
    assert (min(places) >= 0, places) == (True, sorted(places))


def changes_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("C1") : page.index("All changes")]))


def test_what_went_to_and_fro_is_told_net_with_how_often(shore: Talks, signed_in: SignIn) -> None:
    for status in (ConditionStatus.IN_PROGRESS, ConditionStatus.PARTLY_MET, ConditionStatus.REPORTED_MET):
        shore.set_status(shore.withdrawal, status)
    told_net = changes_of(signed_in(shore.cast.analyst).get(page_of(told(shore))).content.decode())
    assert "Not assessed → Reported met · 3 changes" in told_net
    assert "Partly met" not in told_net


def test_what_is_as_it_was_says_so(shore: Talks, signed_in: SignIn) -> None:
    shore.set_status(shore.withdrawal, ConditionStatus.IN_PROGRESS)
    start = Stream.objects.get(negotiation=shore.negotiation).head
    for status in (ConditionStatus.PARTLY_MET, ConditionStatus.IN_PROGRESS):
        shore.set_status(shore.withdrawal, status)
    message = told(shore, ranges={str(shore.negotiation.pk): [start, start + 2]})
    told_net = changes_of(signed_in(shore.cast.analyst).get(page_of(message)).content.decode())
    assert "In progress · as before, after 2 changes" in told_net


def test_a_late_move_stays_a_line_of_its_own(shore: Talks, signed_in: SignIn) -> None:
    now = timezone.now()
    shore.set_status(shore.withdrawal, ConditionStatus.PARTLY_MET, at=now - timedelta(days=1))
    shore.set_status(shore.withdrawal, ConditionStatus.IN_PROGRESS, at=now - timedelta(days=2))
    page = signed_in(shore.cast.analyst).get(page_of(told(shore))).content.decode()
    assert changes_of(page).count("Not assessed →") == 2
    assert "2 changes" not in page


def test_a_correction_says_why(shore: Talks, signed_in: SignIn) -> None:
    shore.set_status(shore.withdrawal, ConditionStatus.IN_PROGRESS)
    act = shore.act(reason="It was another line.")
    correct(Entry.objects.latest("pk"), act=act, version=None, status=ConditionStatus.PARTLY_MET)
    assert "It was another line." in signed_in(shore.cast.analyst).get(page_of(told(shore))).content.decode()


def test_it_shows_what_the_reader_may_see_now(shore: Talks, signed_in: SignIn) -> None:
    shore.add_condition("Open the ferry", marking=Marking.AMBER)
    client, message = signed_in(shore.cast.analyst), told(shore)
    assert "Open the ferry" in client.get(page_of(message)).content.decode()
    seat = shore.cast.analyst.memberships.get()
    change_membership(
        seat, act=shore.act(shore.cast.lead), version=seat.version, role="analyst", clearance=Marking.GREEN
    )
    page = client.get(page_of(message)).content.decode()
    assert "Open the ferry" not in page
    assert "Withdraw to the agreed line" in page


def test_it_says_how_many_more_there_are(shore: Talks, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    message = told(shore)
    assert "more</span>" not in signed_in(shore.cast.analyst).get(page_of(message)).content.decode()
    count = shore.negotiation.entries.count()
    monkeypatch.setattr(inbox, "MOST", 2)
    page = signed_in(shore.cast.analyst).get(page_of(message)).content.decode()
    assert re.search(r"and (\d+) more", page).group(1) == str(count - 2)  # type: ignore[union-attr]


def test_the_access_log_hears_of_what_was_shown(shore: Talks, signed_in: SignIn) -> None:
    shore.add_condition("Open the ferry", marking=Marking.AMBER)
    signed_in(shore.cast.analyst).get(page_of(told(shore)))
    assert AccessLogRow.objects.filter(user=shore.cast.analyst, marking=Marking.AMBER).exists()


def test_what_was_not_read_comes_first(shore: Talks, signed_in: SignIn) -> None:
    first, second = told(shore), told(shore)
    client = signed_in(shore.cast.analyst)
    client.post(f"{page_of(second)}read/")
    page = client.get(INBOX).content.decode()
    assert page.index(str(first.public_id)) < page.index(str(second.public_id))


def test_each_line_says_what_its_message_tells_first(shore: Talks, signed_in: SignIn) -> None:
    ferry = shore.add_condition("Open the ferry")
    shore.set_status(shore.withdrawal, ConditionStatus.BREACHED)
    shore.add_condition("Open the bridge")
    told(shore, edition=edition_of(*Entry.objects.order_by("pk").values_list("pk", flat=True)))
    told(shore, edition=edition_of(*Entry.objects.filter(subject_id=ferry.public_id).values_list("pk", flat=True)))
    page = text_of(signed_in(shore.cast.analyst))
    assert "C1 Withdraw to the agreed line · Breached" in page
    assert f"{ferry.ref} Open the ferry · Condition added" in page


def test_a_line_says_the_measure_that_a_correction_changed(shore: Talks, signed_in: SignIn) -> None:
    shore.set_status(shore.release, ConditionStatus.PARTLY_MET, value=12)
    correct(Entry.objects.latest("pk"), act=shore.act(), version=None, value=11)
    told(shore, edition=edition_of(Entry.objects.latest("pk").pk))
    assert "C2 Release the detainees · 12 → 11 people" in text_of(signed_in(shore.cast.analyst))


def test_a_line_says_what_the_reader_may_see_now_and_the_access_log_hears(shore: Talks, signed_in: SignIn) -> None:
    hidden = shore.add_condition("Open the ferry", marking=Marking.AMBER)
    told(shore, edition=edition_of(*Entry.objects.filter(subject_id=hidden.public_id).values_list("pk", flat=True)))
    client = signed_in(shore.cast.analyst)
    assert "Open the ferry" in text_of(client)
    assert AccessLogRow.objects.filter(user=shore.cast.analyst, marking=Marking.AMBER).exists()
    seat = shore.cast.analyst.memberships.get()
    change_membership(
        seat, act=shore.act(shore.cast.lead), version=seat.version, role="analyst", clearance=Marking.GREEN
    )
    assert "Open the ferry" not in text_of(client)


def test_more_lines_that_say_what_is_told_first_ask_no_more_questions(shore: Talks, signed_in: SignIn) -> None:
    client, costs = signed_in(shore.cast.analyst), []
    for many in (2, 9):
        while Delivery.objects.count() < many:
            added = shore.add_condition("Open a bridge")
            own = Entry.objects.filter(subject_id=added.public_id)
            told(shore, edition=edition_of(*own.values_list("pk", flat=True)))
        costs.append(asked(client, INBOX))
    assert costs[0] == costs[1] <= 40


def text_of(client: Client) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", client.get(INBOX).content.decode()).split())


def test_all_that_was_on_the_page_is_marked_and_what_came_since_is_not(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    old, until = told(shore), timezone.now()
    new = told(shore, made_at=until + timezone.timedelta(seconds=1))
    client.post(f"{INBOX}read/", {"until": until.isoformat()})
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.read_at is None, new.read_at is None) == (False, True)
    assert client.post(f"{INBOX}read/", {"until": "yesterday"}).status_code == 303


@pytest.mark.parametrize("step", ["", "read/"])
def test_somebody_elses_message_is_not_there(shore: Talks, signed_in: SignIn, step: str) -> None:
    message = told(shore)
    client = signed_in(shore.cast.lead)
    method = client.post if step else client.get
    assert method(f"{page_of(message)}{step}").status_code == 404
    assert str(message.public_id) not in client.get(INBOX).content.decode()


@pytest.mark.parametrize("state", [state for state in DeliveryState if state != DeliveryState.SENT])
def test_only_what_arrived_is_in_it(shore: Talks, signed_in: SignIn, state: DeliveryState) -> None:
    message = told(shore, state=state)
    assert signed_in(shore.cast.analyst).get(page_of(message)).status_code == 404


def test_more_messages_and_entries_ask_no_more_questions(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.analyst)
    message = told(shore)
    few = [asked(client, page) for page in (INBOX, page_of(message))]
    for number in range(6):
        shore.add_condition(f"Open bridge {number}")
        message = told(shore)
    assert [asked(client, page) for page in (INBOX, page_of(message))] == few
    assert max(few) <= 48


def test_twenty_messages_over_ten_negotiations_ask_no_more_than_two_over_two(shore: Talks, signed_in: SignIn) -> None:
    client, person = signed_in(shore.cast.analyst), shore.cast.analyst
    subscribe(person, now=timezone.now(), channel=AlertChannel.INBOX, least_urgency="routine")
    shores, costs = [shore], []
    for negotiations, messages in ((2, 2), (10, 20)):
        shores += [talks(f"shore-{number}", cast=shore.cast) for number in range(len(shores), negotiations)]
        while Delivery.objects.count() < messages:
            message = told(shore, ranges={str(one.negotiation.pk): [0, 1000] for one in shores})
        costs.append([asked(client, page) for page in (INBOX, page_of(message))])
    page = client.get(page_of(message)).content.decode()
    assert all(f"/n/{one.negotiation.slug}/" in page for one in shores)
    assert costs[0] == costs[1]


def asked(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)
