"""Pages over all negotiations at a moment of the past: each negotiation as its own page has it then."""

from __future__ import annotations

import re
from csv import DictReader
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.test import Client

from negotiations.models import Entry
from negotiations.services.condition import edit_condition
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.phase import declare_phase
from tests.factories import START, Talks, talks

DAY = timedelta(days=1)
PAGES = ("/", "/calendar/", "/sources/")


def on(days: float) -> str:
    return (START + days * DAY).isoformat()


@pytest.fixture
def shore(db: None) -> Talks:
    """Known from its beginning; its withdrawal was met on day 3, which became known on day 10."""
    found = talks(recorded_at=START)
    found.set_status(found.withdrawal, "met", at=START + 3 * DAY, known=START + 10 * DAY)
    return found


def rows(client: Client, path: str = "/", **query: str) -> list[dict[str, str]]:
    file = client.get(path, {"format": "csv", **query})
    return list(DictReader(StringIO(file.getvalue().decode("utf-8-sig"))))


def line(client: Client, **query: str) -> Any:
    (found,) = client.get("/", query).context["page"].lines
    return found


@pytest.mark.parametrize("query", [{"as_of": on(1)}, {"as_of": on(4)}, {"as_of": on(4), "known_at": on(5)}, {}])
def test_the_verdict_is_that_of_its_own_page_then(shore: Talks, client: Client, query: dict[str, str]) -> None:
    own = client.get("/n/two-shores/", query).context["page"].verdict.sentence
    assert line(client, **query).verdict == own
    assert own in client.get("/", query).content.decode()


def test_both_clocks_are_answered(shore: Talks, client: Client) -> None:
    found = {(so, known): line(client, as_of=on(so), known_at=on(known)).gate.met for so in (2, 4) for known in (9, 11)}
    assert found == {(2, 9): 0, (2, 11): 0, (4, 9): 0, (4, 11): 1}
    assert line(client, as_of=on(4)).gate.met == 1


def test_a_declared_phase_is_judged_by_what_was_known_then(shore: Talks, client: Client) -> None:
    act = shore.act(shore.cast.lead, at=START + 4 * DAY, recorded_at=START + 4 * DAY)
    declare_phase(shore.second, act=act, version=None, status="active", declared_by=shore.egret)
    verdicts = set()
    for known in (9, 11):
        query = {"as_of": on(5), "known_at": on(known)}
        own = client.get("/n/two-shores/", query).context["page"].verdict.sentence
        assert line(client, **query).verdict == own
        verdicts.add(own)
    assert len(verdicts) == 2


def test_it_says_which_moment_and_the_way_back(shore: Talks, client: Client) -> None:
    for path in PAGES:
        page = client.get(path, {"as_of": "2025-10-14", "known_at": "2025-10-19"}).content.decode()
        assert re.search(r"As of <time[^>]*>14 Oct 2025</time>, as known on <time[^>]*>19 Oct 2025</time>", page)
        assert f'href="{path}?">Show the latest' in page
        assert "in the time zone of each negotiation" in page
        assert "As of <time" not in client.get(path).content.decode()


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("path", PAGES)
def test_a_form_asks_for_another_moment_and_keeps_the_rest(
    shore: Talks, client: Client, path: str, prefix: str
) -> None:
    page = client.get(prefix + path, {"known_at": "2025-10-19", "q": "post", "page": "2"}).content.decode()
    form = page[: page.index('id="as_of"')].rsplit("<form", 1)[-1]
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    assert kept == {"known_at": "2025-10-19", "q": "post"}
    assert 'id="as_of"' in client.get(prefix + path).content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_every_link_to_a_negotiation_keeps_both_moments(shore: Talks, client: Client, path: str) -> None:
    query = {"as_of": "2025-10-14", "known_at": "2025-10-19", "month": "2025-11"}
    main = client.get(path, query).content.decode().split('<main id="main"')[1]
    links = re.findall(r'href="(/n/[^"]*)"', main)
    assert links
    assert [link for link in links if "as_of=2025-10-14&amp;known_at=2025-10-19" not in link] == []


def test_what_narrows_a_list_keeps_the_moment(shore: Talks, client: Client) -> None:
    for path in ("/", "/sources/"):
        page = client.get(path, {"as_of": "2025-10-14"}).content.decode()
        form = page[page.index('class="filters') :].split("</form>")[0]
        assert '<input type="hidden" name="as_of" value="2025-10-14">' in form


def test_what_was_not_in_the_record_yet_is_left_out(shore: Talks, client: Client) -> None:
    with time_machine.travel(START + 20 * DAY, tick=False):
        talks("other-shores", cast=shore.cast)
    assert {row["slug"] for row in rows(client, as_of=on(30))} == {"two-shores", "other-shores"}
    assert {row["slug"] for row in rows(client, as_of=on(15))} == {"two-shores", "other-shores"}
    assert {row["slug"] for row in rows(client, as_of=on(15), known_at=on(15))} == {"two-shores"}
    assert {row["negotiation"] for row in rows(client, "/sources/", known_at=on(15))} == {"two-shores"}
    page = client.get("/", {"as_of": on(-1)}).content.decode()
    assert "No negotiation was in the record at that moment" in page
    assert "As of <time" in page
    for path in ("/calendar/", "/sources/"):
        assert client.get(path, {"as_of": on(-1)}).status_code == 200
        assert rows(client, path, as_of=on(-1)) == []


def test_one_whose_coverage_ended_before_stands_at_its_end(shore: Talks, client: Client) -> None:
    ended = {"coverage_start": START, "coverage_end": START + 5 * DAY}
    talks("ended-shores", cast=shore.cast, recorded_at=START, **ended)
    at = {row["slug"]: row["as_of"] for row in rows(client, as_of=on(20))}
    assert at["ended-shores"].startswith("2025-10-15T09:00")
    assert at["two-shores"].startswith("2025-10-30T09:00")


def test_each_is_told_in_its_own_words_of_then(shore: Talks, client: Client) -> None:
    act = shore.act(shore.cast.lead, at=START + 8 * DAY)
    edit_negotiation(shore.negotiation, act=act, version=None, title="Talks of the long lake")
    edit_condition(shore.withdrawal, act=act, version=None, title="Withdraw behind the lake")
    for path in PAGES:
        page = client.get(path, {"as_of": on(5), "month": "2025-11"}).content.decode().split('<main id="main"')[1]
        assert "long lake" not in page
        assert "behind the lake" not in page
        assert "Talks of the two shores" in page


def test_changes_are_counted_and_told_up_to_the_moment(shore: Talks, client: Client) -> None:
    shore.set_status(shore.release, "in_progress", at=START + 6 * DAY, known=START + 6 * DAY)
    shore.set_status(shore.release, "partly_met", at=START + 12 * DAY, known=START + 12 * DAY)
    query = {"as_of": on(7), "known_at": on(7), "since": "7d"}
    page = client.get("/", query).context["page"]
    own = client.get("/n/two-shores/changes/", query).context["page"].total
    assert page.lines[0].changes == own
    assert [(one.subject_type, one.change.after_code) for one in page.latest if one.change] == [
        ("condition", "in_progress")
    ]
    shown = client.get("/", query).content.decode()
    assert "up to that moment" in shown


def test_a_visit_counts_what_was_told_since_it_up_to_the_moment(shore: Talks, client: Client) -> None:
    client.force_login(shore.cast.analyst)
    newest = Entry.objects.order_by("-seq").filter(negotiation=shore.negotiation).first()
    assert newest is not None
    client.post("/seen/", {"upto": str(newest.public_id)})
    shore.set_status(shore.release, "in_progress", at=START + 2 * DAY)
    shore.set_status(shore.release, "partly_met", at=START + 12 * DAY)
    assert line(client, since="visit").changes == 2
    assert line(client, since="visit", as_of=on(5)).changes == 1
    assert line(client, as_of=on(5)).since == "7d"


def test_the_calendar_opens_on_the_month_of_the_moment(shore: Talks, client: Client) -> None:
    assert client.get("/calendar/", {"as_of": "2025-10-14"}).context["month"].first.isoformat() == "2025-10-01"


@pytest.mark.parametrize("path", [*PAGES, "/calendar.ics"])
@pytest.mark.parametrize("clock", ["as_of", "known_at"])
@pytest.mark.parametrize("moment", ["2999-01-01", "yesterday", "1700-01-01", "0001-01-01", "9999-12-31"])
def test_a_moment_that_cannot_be_asked_for_is_refused_in_words(
    shore: Talks, client: Client, path: str, clock: str, moment: str
) -> None:
    assert client.get(path, {clock: moment}).status_code == 400
    assert client.get(path, {clock: ""}).status_code == 200


@time_machine.travel(datetime(2026, 3, 1, 2, tzinfo=UTC), tick=False)
def test_today_may_be_asked_for_where_it_has_not_come_in_every_zone(shore: Talks, client: Client) -> None:
    talks("western-shores", cast=shore.cast, time_zone="America/Bogota")
    for query in ({"as_of": "2026-03-01"}, {"known_at": "2026-03-01"}, {"as_of": "2026-03-01T01:30"}):
        assert {row["slug"] for row in rows(client, **query)} == {"two-shores", "western-shores"}
        assert client.get("/api/v1/negotiations/", query).status_code == 200


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_files_bear_the_moment(shore: Talks, client: Client, path: str, form: str) -> None:
    file = client.get(path, {"format": form, "as_of": on(4), "known_at": on(9)})
    assert "2025-10-14T0900Z_known-2025-10-19T0900Z" in file.headers["Content-Disposition"]
    assert file.headers["As-Of"].startswith("2025-10-14T09:00")
    assert file.headers["Known-At"].startswith("2025-10-19T09:00")


def test_a_negotiation_leads_back_to_all_of_them_at_its_moment(shore: Talks, client: Client) -> None:
    page = client.get("/n/two-shores/", {"as_of": "2025-10-14"}).content.decode()
    assert 'href="/?as_of=2025-10-14">Negotiations' in page


def test_nobody_writes_on_a_page_of_the_past(shore: Talks, client: Client) -> None:
    mine = {"owner": shore.cast.lead, "review_interval": DAY}
    edit_condition(shore.release, act=shore.act(shore.cast.lead), version=None, **mine)
    client.force_login(shore.cast.lead)
    now, then = (client.get("/", query).content.decode() for query in ({}, {"as_of": on(5)}))
    for words in ("New negotiation", "Mark all as seen", "Yours to check"):
        assert (words in now, words in then) == (True, False)


@pytest.mark.parametrize("path", PAGES)
def test_it_says_where_something_was_entered_later_than_known(shore: Talks, client: Client, path: str) -> None:
    said = "Parts of this were entered later"
    assert said in client.get(path, {"as_of": on(5)}).content.decode()
    assert said not in client.get(path).content.decode()
    assert said not in client.get(path, {"as_of": on(-1)}).content.decode()
