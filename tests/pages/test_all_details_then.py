"""What pages over all negotiations show of sources, meetings and dates at a moment of the past."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from negotiations.models import Meeting
from negotiations.services.meeting import edit_meeting, hold_meeting
from negotiations.services.source import edit_source, retract_source
from tests.factories import START, Talks, talks

from .test_all_at_a_moment import DAY, line, on, rows


@pytest.fixture
def shore(db: None) -> Talks:
    """Known from its beginning; its withdrawal was under way on day 3, which became known on day 10."""
    found = talks(recorded_at=START)
    found.set_status(found.withdrawal, "in_progress", at=START + 3 * DAY, known=START + 10 * DAY)
    return found


def retract(shore: Talks, days: int) -> None:
    at = START + days * DAY
    retract_source(shore.source, act=shore.act(at=at, recorded_at=at), version=None)


def meeting_of(shore: Talks, title: str = "First round") -> Meeting:
    return hold_meeting(
        act=shore.act(at=START + DAY),
        negotiation=shore.negotiation,
        kind="round",
        title=title,
        starts_at=START + 20 * DAY,
    )


def test_sources_are_as_on_the_page_of_their_negotiation(shore: Talks, client: Client) -> None:
    act = shore.act(at=START + 8 * DAY, recorded_at=START + 8 * DAY)
    edit_source(shore.source, act=act, version=None, title="Recount")
    titles = []
    for query in ({"as_of": on(2)}, {"as_of": on(9)}, {"as_of": on(9), "known_at": on(7)}, {}):
        (one,) = rows(client, "/sources/", **query)
        (own,) = rows(client, "/n/two-shores/sources/", **query)
        assert own.items() <= one.items()
        titles.append(one["title"])
    assert titles == ["Monitors count the posts", "Recount", "Monitors count the posts", "Recount"]


def test_a_source_is_taken_back_from_then_on(shore: Talks, client: Client) -> None:
    retract(shore, 15)
    assert [bool(rows(client, "/sources/", as_of=on(days))[0]["retracted_at"]) for days in (14, 16)] == [False, True]


def test_a_status_is_flagged_where_its_source_was_taken_back_by_then(shore: Talks, client: Client) -> None:
    retract(shore, 15)
    for query, flagged in (
        ({"as_of": on(14)}, ()),
        ({"as_of": on(16)}, ("S1",)),
        ({"as_of": on(16), "known_at": on(14)}, ()),
        ({}, ("S1",)),
    ):
        assert line(client, **query).held_by.retracted == flagged
        own = client.get("/n/two-shores/", query).context["page"].blocking
        assert [one.retracted for one in own] == [flagged]


def test_sources_of_the_latest_changes_are_those_of_then(shore: Talks, client: Client) -> None:
    retract(shore, 15)
    for known, is_retracted in ((12, False), (16, True)):
        latest = client.get("/", {"as_of": on(16), "known_at": on(known)}).context["page"].latest
        assert [one.is_retracted for row in latest if row.change for one in row.sources] == [is_retracted]


def test_meetings_are_those_of_then(shore: Talks, client: Client) -> None:
    meeting = meeting_of(shore)
    edit_meeting(meeting, act=shore.act(at=START + 5 * DAY), version=None, starts_at=START + 25 * DAY)
    found = {}
    for days in (0, 2, 6):
        dated = rows(client, "/calendar/", as_of=on(days))
        found[days] = [row["from"][:10] for row in dated if row["kind"] == "meeting"]
    assert found == {0: [], 2: ["2025-10-30"], 6: ["2025-11-04"]}


def test_the_dates_are_those_of_its_own_page(shore: Talks, client: Client) -> None:
    meeting_of(shore)
    for query in ({"as_of": on(0.5)}, {"as_of": on(2)}, {}):
        every, own = (
            [(datetime.fromisoformat(row["from"]), row["kind"], row["title"], row["what"]) for row in found]
            for found in (rows(client, path, **query) for path in ("/calendar/", "/n/two-shores/calendar/"))
        )
        assert sorted(every) == sorted(own)


def test_the_calendar_for_programs_bears_it_too(shore: Talks, client: Client) -> None:
    meeting_of(shore)
    for path in ("/calendar.ics", "/api/v1/calendar.ics"):
        then, now = (client.get(path, query) for query in ({"as_of": on(0.5), "known_at": on(9)}, {}))
        assert "2025-10-10T2100Z_known-2025-10-19T0900Z" in then.headers["Content-Disposition"]
        assert "as known on" in then.content.decode().replace("\r\n ", "")
        assert ("First round" in then.content.decode(), "First round" in now.content.decode()) == (False, True)
