"""Pages of the past answer two questions: as it was, and as it was known."""

from __future__ import annotations

import re
from csv import DictReader
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from negotiations.models import Entry
from negotiations.services.correction import correct
from negotiations.services.party import seat_party
from tests.factories import START, Talks, talks

from .conftest import address

DAY = timedelta(days=1)


def on(days: int) -> str:
    return (START + days * DAY).isoformat()


@pytest.fixture
def shore(db: None) -> Talks:
    """Known from its beginning; its withdrawal was under way on day 3, which became known on day 10."""
    found = talks(recorded_at=START)
    found.set_status(found.withdrawal, "in_progress", at=START + 3 * DAY, known=START + 10 * DAY)
    return found


def test_a_page_shows_what_was_known_then(shore: Talks, client: Client) -> None:
    for known, says in ((9, "Not assessed"), (11, "In progress")):
        page = client.get(address(shore.withdrawal), {"as_of": on(4), "known_at": on(known)}).content.decode()
        assert says in page
        assert "as known on" in page


def test_the_sides_stand_in_the_same_order_at_every_moment(shore: Talks, client: Client) -> None:
    act = shore.act(shore.cast.lead, at=START)
    late = seat_party(act=act, negotiation=shore.negotiation, actor=shore.egret)
    both = shore.add_condition("Keep the lake open", obligors=[shore.northern, late])
    for asked in ({}, {"as_of": on(4)}):
        file = client.get("/n/two-shores/conditions/", {"format": "csv", **asked}).getvalue().decode("utf-8-sig")
        owed = {row["ref"]: row["obligors"] for row in DictReader(StringIO(file))}
        assert owed[both.ref] == "Egret Island; Northern Shore"


def test_every_link_keeps_both_moments(shore: Talks, client: Client) -> None:
    page = client.get("/n/two-shores/", {"as_of": "2025-10-14", "known_at": "2025-10-19"}).content.decode()
    assert "/n/two-shores/conditions/?as_of=2025-10-14&amp;known_at=2025-10-19" in page
    assert "/n/two-shores/conditions/C1/?as_of=2025-10-14&amp;known_at=2025-10-19" in page
    listed = client.get("/n/two-shores/conditions/", {"known_at": "2025-10-19"}).content.decode()
    assert '<input type="hidden" name="known_at" value="2025-10-19">' in listed


def test_a_step_through_the_past_keeps_what_narrows_the_page(shore: Talks, client: Client) -> None:
    page = client.get("/n/two-shores/conditions/", {"as_of": "2025-10-14", "status": "in_progress"}).content.decode()
    assert 'href="?as_of=2025-10-10T09%3A00%3A00%2B00%3A00&amp;status=in_progress" rel="prev"' in page


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_asking_for_another_moment_keeps_what_narrows_the_page(shore: Talks, client: Client, prefix: str) -> None:
    asked = {"known_at": "2025-10-19", "status": "in_progress", "q": "line", "page": "2"}
    page = client.get(f"{prefix}/n/two-shores/conditions/", asked).content.decode()
    form = page[: page.index('id="as_of"')].rsplit("<form", 1)[-1]
    kept = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    assert dict(kept) == {"known_at": "2025-10-19", "status": "in_progress", "q": "line"}
    assert f'href="{prefix}/n/two-shores/conditions/?status=in_progress&amp;q=line"' in page


def test_another_moment_does_not_keep_the_place_in_a_list(shore: Talks, client: Client) -> None:
    asked = {"as_of": "2025-10-14", "after": "far", "entry": "none", "month": "2025-11"}
    page = client.get("/n/two-shores/record/", asked).content.decode()
    assert 'name="after"' not in page
    assert not re.search(r'href="\?[^"]*after=far[^"]*" rel="prev"', page)


def test_a_correction_told_later_does_not_mark_what_it_corrects(shore: Talks, client: Client) -> None:
    last = Entry.objects.get(verb="condition.status_changed")
    correct(last, act=shore.act(at=START + 3 * DAY, recorded_at=START + 20 * DAY), version=None, status="partly_met")
    for place in ("record/", "conditions/C1/"):
        before, after = (
            client.get(f"/n/two-shores/{place}", {"as_of": on(5), "known_at": on(known)}).content.decode()
            for known in (15, 25)
        )
        assert ("corrected later" in before, "corrected later" in after) == (False, True)
        assert ("Partly met" in before, "Partly met" in after) == (False, True)


def test_nobody_writes_on_a_page_of_what_was_known(shore: Talks, client: Client) -> None:
    client.force_login(shore.cast.mediator)
    page = client.get(address(shore.withdrawal), {"known_at": on(11)}).content.decode()
    assert "id_reason" not in page
    assert "id_reason" in client.get(address(shore.withdrawal)).content.decode()


@pytest.mark.parametrize(
    "page",
    ["people/", "access/", "handover/", "write/", "write/condition/of/A1/", "capture/", "import/"],
)
@pytest.mark.parametrize("clock", ["as_of", "known_at"])
def test_pages_about_now_are_asked_about_no_other_moment(shore: Talks, client: Client, page: str, clock: str) -> None:
    client.force_login(shore.cast.lead)
    assert 'id="as_of"' not in client.get(f"/n/two-shores/{page}").content.decode()
    refused = client.get(f"/n/two-shores/{page}", {clock: "2025-10-14"})
    assert refused.status_code == 400
    assert "tell of now alone" in refused.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/search/", "/n/two-shores/record/export.jsonl", "/n/two-shores/feed.atom"],
)
@pytest.mark.parametrize("clock", ["as_of", "known_at"])
def test_what_tells_of_now_alone_gives_no_other_moment_for_it(
    shore: Talks, client: Client, path: str, clock: str
) -> None:
    client.force_login(shore.cast.lead)
    refused = client.get(path, {clock: "2025-10-14"})
    assert refused.status_code == 400
    assert "leave both out there" in refused.content.decode()
    assert client.get(path, {clock: ""}).status_code == 200


@pytest.mark.parametrize("asked", ["2999-01-01", "yesterday"])
def test_it_refuses_the_future_and_what_cannot_be_read(shore: Talks, client: Client, asked: str) -> None:
    assert client.get("/n/two-shores/", {"known_at": asked}).status_code == 400
