"""Gaza on 8 December 2025: as it was, as it was known a week before, and what became known in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from negotiations.history.diff import differences
from negotiations.history.states import states_at
from negotiations.models import Condition, Dispute, Entry, Negotiation
from negotiations.rules.marking import ANYBODY

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


def test_the_page_opens_with_the_verdict_of_that_day(anybody: Client) -> None:
    verdict = state(anybody, as_of=DAY)["verdict"]["sentence"]
    assert verdict.startswith("Phase 2 has not started")
    page = anybody.get("/n/gaza-2025/", {"as_of": DAY}).content.decode()
    assert f"{verdict}</h1>" in page
    assert "As of <time" in page


def test_what_was_known_a_week_before_differs_by_what_became_known(anybody: Client, gaza: Negotiation) -> None:
    after, before = state(anybody, as_of=DAY), state(anybody, as_of=DAY, known_at=WEEK_BEFORE)
    then = {one["id"]: one for one in before["conditions"]}
    said = ("status", "quantity", "status_since")
    changed = {
        one["id"]
        for one in after["conditions"]
        if one["id"] not in then or any(one[name] != then[one["id"]][name] for name in said)
    }
    told = {row["id"] for row in differing(anybody) if row["type"] == "condition"}
    assert changed
    assert changed <= told


def test_the_difference_is_that_of_the_states(anybody: Client, gaza: Negotiation) -> None:
    first = states_at(gaza.pk, as_of=EIGHTH, known_at=EIGHTH - WEEK)
    second = states_at(gaza.pk, as_of=EIGHTH)
    expected = {str(one.subject): one.how for one in differences(first, second)}
    rows = {row["id"]: row["how"] for row in differing(anybody)}
    visible = {str(row.public_id) for kind in (Condition, Dispute) for row in kind.objects.visible_to(ANYBODY)}
    assert rows
    assert rows.items() <= expected.items()
    assert {key for key in expected if key in visible} == {key for key in rows if key in visible}


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
