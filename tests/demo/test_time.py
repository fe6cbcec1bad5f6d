"""Gaza on 8 December 2025: as it was, as it was known a week before, and what became known in between."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pypdf import PdfReader

from negotiations.history.diff import differences
from negotiations.history.states import states_at
from negotiations.models import Entry, Negotiation
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.diff import ORDER
from negotiations.selectors.entry_lines import kinds_by_noun

EIGHTH = datetime(2025, 12, 8, 23, 59, 59, 999999, ZoneInfo("Africa/Cairo")).astimezone(UTC)
STATE = "/api/v1/negotiations/gaza-2025/state/"
DIFF = "/api/v1/negotiations/gaza-2025/diff/"
DAY, WEEK_BEFORE = "2025-12-08", "2025-12-01"
WEEK = timedelta(days=7)


@pytest.fixture
def anybody(gaza: Negotiation) -> Client:
    return Client()


def state(client: Client, **asked: str) -> Any:
    return client.get(STATE, asked).json()


def differing(client: Client) -> list[Any]:
    """All that the difference between the two tells, page by page."""
    page = client.get(DIFF, {"to": DAY, "known_from": WEEK_BEFORE, "limit": "100"}).json()
    rows = page["results"]
    while page["next"]:
        page = client.get(page["next"]).json()
        rows += page["results"]
    return list(rows)


def assessed(condition: dict[str, Any]) -> tuple[Any, ...]:
    return condition["status"], (condition["quantity"] or {}).get("value")


def visible_to_anybody() -> set[str]:
    kinds = (kind for noun, kind in kinds_by_noun().items() if noun in ORDER)
    managers = (kind._default_manager.all() for kind in kinds)
    rows = (one.visible_to(ANYBODY) for one in managers if hasattr(one, "visible_to"))
    return {str(key) for one in rows for key in one.values_list("public_id", flat=True)}


def test_the_page_opens_with_the_verdict_of_that_day(anybody: Client) -> None:
    verdict = state(anybody, as_of=DAY)["verdict"]["sentence"]
    assert verdict.startswith("Phase 2 has not started")
    page = anybody.get("/n/gaza-2025/", {"as_of": DAY}).content.decode()
    assert f"{verdict}</h1>" in page
    assert "As of <time" in page


def test_what_was_known_a_week_before_differs_by_what_became_known(anybody: Client) -> None:
    """The assessed status and count of each condition, in the two documents and in the difference between them."""
    after, before = state(anybody, as_of=DAY), state(anybody, as_of=DAY, known_at=WEEK_BEFORE)
    then = {one["id"]: assessed(one) for one in before["conditions"]}
    differ = {one["id"] for one in after["conditions"] if assessed(one) != then.get(one["id"])}
    told = {
        row["id"]
        for row in differing(anybody)
        if row["type"] == "condition" and (row["how"] == "added" or row["changes"].keys() & {"status", "value"})
    }
    assert differ
    assert differ == told


def test_the_difference_is_that_of_the_states(anybody: Client, gaza: Negotiation) -> None:
    """Every kind of item: none is left out, none is told that does not differ, each field with both its values."""
    first = states_at(gaza.pk, as_of=EIGHTH, known_at=EIGHTH - WEEK)
    second = states_at(gaza.pk, as_of=EIGHTH)
    expected = {str(one.subject): one for one in differences(first, second)}
    rows = {row["id"]: row for row in differing(anybody)}
    assert rows.keys() == expected.keys() & visible_to_anybody()
    for key, row in rows.items():
        assert row["how"] == expected[key].how
        fields = {name: list(pair) for name, pair in expected[key].fields.items()}
        # Of a relation only the ends that one may see are told.
        own = {name: pair for name, pair in row["changes"].items() if not isinstance(pair[0] or pair[1], list)}
        assert own.items() <= fields.items()
        assert row["changes"].keys() <= fields.keys()


def test_it_differs_for_no_other_reason_than_an_entry_told_in_between(gaza: Negotiation) -> None:
    """By the record itself: whatever no entry told of since then is the same in both readings."""
    first = states_at(gaza.pk, as_of=EIGHTH, known_at=EIGHTH - WEEK)
    second = states_at(gaza.pk, as_of=EIGHTH)
    since = Entry.objects.filter(negotiation=gaza, effective_at__lte=EIGHTH, recorded_at__gt=EIGHTH - WEEK)
    told = set(since.values_list("subject_id", flat=True))
    assert {one.subject for one in differences(first, second)} <= told
    # A subject that is new since then is there in one reading only.
    born = Entry.objects.filter(negotiation=gaza, subject_version=1, subject_id__in=told & second.keys())
    new = set(born.filter(recorded_at__gt=EIGHTH - WEEK).values_list("subject_id", flat=True))
    assert new == second.keys() - first.keys()


@pytest.mark.parametrize("known", [{}, {"known_at": WEEK_BEFORE}], ids=["as known now", "as known a week before"])
def test_page_interface_and_file_agree_at_either_clock(anybody: Client, known: dict[str, str]) -> None:
    document = state(anybody, as_of=DAY, **known)
    asked = {"as_of": DAY, **known}
    page, listed, pdf = (anybody.get(f"/n/gaza-2025/{end}", asked) for end in ("", "conditions/", "brief.pdf"))
    file = " ".join(" ".join(one.extract_text() for one in PdfReader(BytesIO(pdf.content)).pages).split())
    assert f"{document['verdict']['sentence']}</h1>" in page.content.decode()
    assert document["verdict"]["sentence"] in file
    rows = dict(re.findall(r'<td class="code">(C\d+)</td>(.*?)</tr>', listed.content.decode(), re.DOTALL))
    assert len(rows) == len(document["conditions"])
    for one in document["conditions"]:
        assert one["status_label"] in rows[one["ref"]]
    # Above its list of conditions the brief names what actors require beside the text, without a status.
    rows_in_file = file[file.index("What holds phase 2") :]
    in_file = [one for one in document["conditions"] if one["title"] in rows_in_file]
    assert len(in_file) > 1
    for one in in_file:
        # Its row goes on with the word of its status.
        assert re.search(rf"{re.escape(one['title'])}.{{0,80}}?{re.escape(one['status_label'])}", rows_in_file)


def test_the_two_sides_of_the_difference_are_the_two_readings(anybody: Client) -> None:
    found = anybody.get(DIFF, {"to": DAY, "known_from": WEEK_BEFORE}).json()
    after, before = state(anybody, as_of=DAY), state(anybody, as_of=DAY, known_at=WEEK_BEFORE)
    assert found["before"]["verdict"] == before["verdict"]["sentence"]
    assert found["after"]["verdict"] == after["verdict"]["sentence"]
    assert found["before"]["as_of"] == found["after"]["as_of"]


def test_everything_in_it_rests_on_what_became_known_since(anybody: Client) -> None:
    rows = differing(anybody)
    assert all(row["entries"] for row in rows)
    for row in rows:
        for entry in row["entries"]:
            assert entry["recorded_at"] > (EIGHTH - WEEK).isoformat()
            assert entry["effective_at"] <= EIGHTH.isoformat()


def test_nothing_that_became_known_is_left_out(anybody: Client, gaza: Negotiation) -> None:
    known = Entry.objects.visible_to(ANYBODY).filter(
        negotiation=gaza, effective_at__lte=EIGHTH, recorded_at__gt=EIGHTH - WEEK, verb="condition.status_changed"
    )
    told = {row["id"] for row in differing(anybody)}
    assert known.exists()
    assert {str(key) for key in known.values_list("subject_id", flat=True)} <= told


def test_the_page_tells_what_the_interface_tells(anybody: Client) -> None:
    rows = differing(anybody)
    page = anybody.get("/n/gaza-2025/diff/", {"to": DAY, "known_from": WEEK_BEFORE}).content.decode()
    shown = rows[:40]
    assert all(f'id="d-{row["id"]}"' in page for row in shown)


def test_a_page_of_the_past_says_that_it_was_entered_later(anybody: Client) -> None:
    page = anybody.get("/n/gaza-2025/", {"as_of": DAY, "known_at": WEEK_BEFORE}).content.decode()
    assert "as known on" in page
    assert "entered later" in page
    assert "One change back" in page
