"""The record as JSON Lines and Atom and the dates as iCalendar, for programs."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from xml.etree.ElementTree import fromstring

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from negotiations.exports.verify_export import verify
from negotiations.models import AccessLogRow
from negotiations.rules.codes import Marking, TokenScope
from negotiations.services.token import create_token
from negotiations.services.window import open_window
from tests.factories import START, Talks

from .nouns import ROOT

LINES, ATOM, DATES, ALL = f"{ROOT}record.jsonl", f"{ROOT}record.atom", f"{ROOT}calendar.ics", "/api/v1/calendar.ics"
NAMED = "{http://www.w3.org/2005/Atom}"


def window(small: Talks, title: str, marking: str = "CLEAR") -> None:
    open_window(
        act=small.act(), negotiation=small.negotiation, title=title, opens_at=START, marking=marking,
        closes_at=START + timedelta(days=3),
    )  # fmt: skip


def test_the_record_comes_with_what_proves_it(small: Talks, anybody: Client) -> None:
    small.open_dispute(marking="AMBER", title="Kept from you")
    response = anybody.get(LINES)
    body = response.getvalue()  # type: ignore[attr-defined]
    assert verify(BytesIO(body), response["Record-Link"]).entries > 10
    assert (response["TLP"], b"Kept from you" in body) == ("TLP:CLEAR", False)
    assert response["RateLimit-Limit"]
    assert 'rel="license"' in response["Link"]


def test_a_program_takes_along_what_its_owner_may_see(small: Talks) -> None:
    small.open_dispute(marking="AMBER", title="For members")
    _token, secret = create_token(small.cast.analyst, name="Archive", scope=TokenScope.READ)
    response = Client().get(LINES, headers={"authorization": f"Bearer {secret}"})
    assert b"For members" in response.getvalue()  # type: ignore[attr-defined]
    assert (response["TLP"], response["Cache-Control"]) == ("TLP:AMBER", "private, no-cache")
    assert AccessLogRow.objects.get().kind == "export"


def test_the_feed_is_that_of_the_pages_but_for_its_own_address(small: Talks, anybody: Client, mediator: Client) -> None:
    feed = fromstring(anybody.get(ATOM).content)
    page = fromstring(anybody.get("/n/two-shores/feed.atom").content)
    ids = [[one.text for one in found.iter(f"{NAMED}id")] for found in (feed, page)]
    assert ids[0] == ids[1]
    assert feed.find(f"{NAMED}link").get("href") == f"http://testserver{ATOM}"  # type: ignore[union-attr]
    small.open_dispute(marking="AMBER")
    assert mediator.get(ATOM).content == anybody.get(ATOM).content


def test_a_calendar_holds_dates_up_to_green(small: Talks, anybody: Client, mediator: Client) -> None:
    for marking in (Marking.CLEAR, Marking.GREEN, Marking.AMBER):
        window(small, f"A window of {marking}", marking)
    told = {
        (who, address): " ".join(
            str(one["SUMMARY"]) for one in Calendar.from_ical(client.get(address).content).walk("VEVENT")
        )
        for who, client in (("anybody", anybody), ("mediator", mediator))
        for address in (DATES, ALL)
    }
    assert {who for (who, _address), words in told.items() if "of GREEN" in words} == {"mediator"}
    assert not [words for words in told.values() if "of AMBER" in words]
    assert all("of CLEAR" in words for words in told.values())


@pytest.mark.parametrize("address", [ATOM, DATES, ALL])
def test_what_is_held_already_is_not_sent_again(small: Talks, anybody: Client, address: str) -> None:
    etag = anybody.get(address)["ETag"]
    assert anybody.get(address, headers={"if-none-match": etag}).status_code == 304
    small.set_status(small.withdrawal, "in_progress")
    window(small, "Another one")
    assert anybody.get(address, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("address", [LINES, ATOM, DATES, ALL])
def test_what_is_asked_too_much_is_refused_and_hidden_is_not_there(small: Talks, anybody: Client, address: str) -> None:
    refused = anybody.get(f"{address}?format=csv")
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_parameter")
    if address != ALL:
        assert anybody.get(address.replace("two-shores", "no-such-talks")).status_code == 404


def test_twenty_rows_cost_as_many_queries_as_two(small: Talks, mediator: Client) -> None:
    def counts() -> dict[str, int]:
        found = {}
        for address in (LINES, ATOM, DATES, ALL, f"{ROOT}windows/?format=csv", f"{ROOT}windows/?format=xlsx"):
            with CaptureQueriesContext(connection) as queries:
                mediator.get(address).getvalue()  # type: ignore[attr-defined]
            found[address] = len(queries)
        return found

    for number in range(2):
        window(small, f"Window {number}")
    counts()
    few = counts()
    for number in range(18):
        window(small, f"Window {2 + number}")
    assert counts() == few
    assert max(few.values()) <= 30, few
