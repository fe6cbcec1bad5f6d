"""Atom and iCalendar: what is public for anybody, dates up to TLP:GREEN under a secret address of one's own."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client
from icalendar import Calendar

from negotiations.exports.proof import public_head
from negotiations.models import CalendarKey, Entry, Membership
from negotiations.services.act import Act
from negotiations.services.condition import edit_condition
from negotiations.services.correction import correct
from negotiations.services.marking import narrow_marking
from negotiations.services.membership import end_membership
from negotiations.services.window import open_window
from tests.factories import START, Talks
from tests.factories import talks as build

pytestmark = pytest.mark.django_db
FEED, DATES = "/n/two-shores/feed.atom", "/n/two-shores/calendar.ics"
ATOM = "{http://www.w3.org/2005/Atom}"


def window(talks: Talks, title: str, marking: str) -> None:
    open_window(
        act=talks.act(), negotiation=talks.negotiation, title=title, opens_at=START, marking=marking,
        closes_at=START + timedelta(days=3),
    )  # fmt: skip


def events(client: Client, address: str = DATES) -> dict[str, str]:
    """UIDs and what they are called, read back as a calendar program reads them."""
    found = Calendar.from_ical(client.get(address).content)
    return {str(one["UID"]): str(one["SUMMARY"]) for one in found.walk("VEVENT")}


def test_the_feed_tells_the_newest_public_entries(talks: Talks, client: Client) -> None:
    talks.set_status(talks.withdrawal, "in_progress")
    feed = fromstring(client.get(FEED).content)
    first = feed.findall(f"{ATOM}entry")[0]
    assert first.findtext(f"{ATOM}title") == (
        "Status of a condition changed: C1 Withdraw to the agreed line (Not assessed → In progress)"
    )
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Harbour Office"
    assert feed.findtext(f"{ATOM}rights") == "TLP:CLEAR · CC-BY-4.0"


def test_a_corrected_number_is_told_from_number_to_number(talks: Talks, client: Client) -> None:
    talks.set_status(talks.release, "partly_met", value=7)
    correct(Entry.objects.latest("seq"), act=talks.act(), version=None, value=6)
    first = fromstring(client.get(FEED).content).findall(f"{ATOM}entry")[0]
    assert first.findtext(f"{ATOM}title") == "Entry corrected: C2 Release the detainees (7 → 6 people)"


def test_whoever_asks_gets_the_same_feed(talks: Talks, client: Client) -> None:
    talks.open_dispute(title="For members", marking="AMBER")
    before = client.get(FEED).content
    client.force_login(talks.cast.lead)
    assert client.get(FEED).content == before
    assert b"For members" not in before


def test_what_was_narrowed_leaves_the_feed(talks: Talks, client: Client) -> None:
    assert b"Claim made" in client.get(FEED).content
    narrow_marking(talks.claim, act=talks.act(), version=None, marking="AMBER")
    assert b"Claim made" not in client.get(FEED).content


def test_the_same_feed_is_not_sent_again(talks: Talks, client: Client) -> None:
    etag = client.get(FEED)["ETag"]
    assert client.get(FEED, headers={"if-none-match": etag}).status_code == 304


def test_a_calendar_holds_dates_up_to_green(talks: Talks, client: Client) -> None:
    for marking in ("CLEAR", "GREEN", "AMBER"):
        window(talks, f"A window of {marking}", marking)
    assert "W1 A window of CLEAR · window" in events(client).values()
    client.force_login(talks.cast.lead)
    told = " ".join(events(client).values())
    assert ("of GREEN" in told, "of AMBER" in told) == (True, False)


def test_a_date_that_moves_keeps_its_uid(talks: Talks, client: Client) -> None:
    before = set(events(client))
    edit_condition(talks.withdrawal, act=talks.act(), version=None, due_offset=timedelta(days=40))
    assert set(events(client)) == before


@pytest.mark.parametrize("address", ["/n/known/calendar.ics", "/api/v1/negotiations/known/calendar.ics"])
def test_a_calendar_tells_the_dates_of_another_moment(db: None, client: Client, address: str) -> None:
    known = build("known", recorded_at=START)
    act = known.act(at=START + timedelta(days=3), recorded_at=START + timedelta(days=9))
    edit_condition(known.withdrawal, act=act, version=None, title="Withdraw behind the river")
    for asked, words in (("", "the river"), ("?as_of=2025-10-11", "the agreed line")):
        assert words in " ".join(events(client, address + asked).values())
    then = events(client, f"{address}?as_of=2025-10-15&known_at=2025-10-16")
    assert "the agreed line" in " ".join(then.values())
    assert b"as of 11 Oct 2025" in client.get(f"{address}?as_of=2025-10-11").content.replace(b"\r\n ", b"")
    assert client.get(f"{address}?as_of=2999-01-01").status_code == 400


OF_API = "/api/v1/negotiations/known/"


@pytest.mark.parametrize("address", ["/n/known/calendar.ics", f"{OF_API}calendar.ics"])
def test_a_calendar_says_how_it_is_marked_of_which_moment_and_how_to_prove_it(
    db: None, client: Client, address: str
) -> None:
    build("known", recorded_at=START)
    response = client.get(f"{address}?as_of=2025-10-15&known_at=2025-10-16")
    name = "known-calendar_TLP-CLEAR_2025-10-15T2059Z_known-2025-10-16T2059Z_"
    assert f'filename="{name}{response["Record-Link"][:8]}.ics"' in response["Content-Disposition"]
    assert (response["TLP"], response["As-Of"][:10], response["Known-At"][:10]) == (
        "TLP:CLEAR", "2025-10-15", "2025-10-16",
    )  # fmt: skip
    told = Calendar.from_ical(response.content)
    assert [str(told[f"X-{name}"]) for name in ("MARKING", "LICENSE", "RECORD-LINK", "AS-OF", "KNOWN-AT")] == [
        "TLP:CLEAR", "CC-BY-4.0", response["Record-Link"], response["As-Of"], response["Known-At"],
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["/calendar.ics", "/api/v1/calendar.ics"])
def test_a_calendar_of_all_bears_the_narrowest_marking_and_no_link(talks: Talks, client: Client, address: str) -> None:
    window(talks, "A window of GREEN", "GREEN")
    client.force_login(talks.cast.lead)
    response = client.get(address)
    assert 'filename="calendar_TLP-GREEN_' in response["Content-Disposition"]
    assert (response["TLP"], "Record-Link" in response, "Link" in response) == ("TLP:GREEN", False, False)
    assert str(Calendar.from_ical(response.content)["X-MARKING"]) == "TLP:GREEN"


@pytest.mark.parametrize("address", ["/n/known/feed.atom", f"{OF_API}record.atom"])
def test_a_feed_names_the_link_in_which_the_public_chain_ended(db: None, client: Client, address: str) -> None:
    link = public_head(build("known").negotiation)
    response = client.get(address)
    assert fromstring(response.content).findtext("{urn:ceasefire-tracker:record}link") == link
    assert (response["Record-Link"], response["TLP"], response["As-Of"][:2]) == (link, "TLP:CLEAR", "20")
    assert "Content-Disposition" not in response


def test_a_calendar_program_reads_it(talks: Talks, client: Client) -> None:
    body = client.get(DATES).content
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    (due,) = [one for one in Calendar.from_ical(body).walk("VEVENT") if "Withdraw" in one["SUMMARY"]]
    # The same hour of the wall, on the other side of the end of summer time.
    assert due["DTSTART"].dt == START + timedelta(days=30, hours=1)
    assert str(due["URL"]) == "http://testserver/n/two-shores/conditions/C1/"
    assert {"PRODID", "VERSION", "METHOD"} <= set(Calendar.from_ical(body))


def made(talks: Talks, who: str = "analyst") -> str:
    client = Client()
    client.force_login(getattr(talks.cast, who))
    page = client.post("/me/calendar/").content.decode()
    found = re.search(r"http://testserver(/calendar/[\w-]{43}/)dates\.ics", page)
    assert found
    assert found[1] not in client.get("/me/calendar/").content.decode()
    return found[1]


def test_a_secret_address_opens_what_its_owner_may_see_now(talks: Talks, client: Client) -> None:
    window(talks, "A window of GREEN", "GREEN")
    address = made(talks)
    assert "of GREEN" in " ".join(events(client, f"{address}dates.ics").values())
    assert "of GREEN" in " ".join(events(client, f"{address}two-shores.ics").values())
    seat = Membership.objects.get(user=talks.cast.analyst)
    end_membership(seat, act=Act(actor=talks.cast.lead, reason="Left."), version=None)
    assert "of GREEN" not in " ".join(events(client, f"{address}dates.ics").values())


def test_a_new_address_ends_the_old_one_and_a_revoked_one_opens_nothing(talks: Talks, client: Client) -> None:
    old, new = made(talks), made(talks)
    assert (client.get(f"{old}dates.ics").status_code, client.get(f"{new}dates.ics").status_code) == (404, 200)
    client.force_login(talks.cast.analyst)
    client.post("/me/calendar/revoke/")
    assert client.get(f"{new}dates.ics").status_code == 404
    assert not CalendarKey.objects.exists()


def test_a_secret_address_dies_with_the_account_and_is_kept_nowhere(talks: Talks, client: Client) -> None:
    address = made(talks)
    assert address.split("/")[2] not in str(CalendarKey.objects.values())
    talks.cast.analyst.is_active = False
    talks.cast.analyst.save()
    assert client.get(f"{address}dates.ics").status_code == 404


def test_the_log_names_the_route_and_not_the_secret(
    talks: Talks, client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    address = made(talks)
    client.get(f"{address}dates.ics")
    assert address.split("/")[2] not in capfd.readouterr().err
