"""The calendar: everything dated, month by month, for what a reader may see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import translation

from negotiations.pages.months import asked_month, month_of
from negotiations.rules.codes import Marking
from negotiations.services.meeting import hold_meeting
from negotiations.services.window import open_window
from tests.factories import START, Talks

MONTH = f"{START + timedelta(days=30):%Y-%m}"


def test_it_shows_what_falls_due(shore: Talks, client: Client) -> None:
    for page in ("/calendar/", "/n/two-shores/calendar/"):
        assert "Withdraw to the agreed line" in client.get(page, {"month": MONTH}).content.decode()


def test_a_window_stands_on_each_of_its_days(shore: Talks, client: Client) -> None:
    open_window(
        act=shore.act(at=START),
        negotiation=shore.negotiation,
        title="Talks week",
        opens_at=START,
        closes_at=START + timedelta(days=2),
    )
    page = client.get("/n/two-shores/calendar/", {"month": f"{START:%Y-%m}"})
    assert page.content.decode().count("Talks week</a></li>") == 3
    told = [on for on, lines in page.context["month"].days for line in lines if line.title.here == "Talks week"]
    assert told == [START.date()]


def test_what_is_hidden_has_no_date(shore: Talks, client: Client) -> None:
    before = client.get("/calendar/", {"month": f"{START:%Y-%m}"}).content
    open_window(
        act=shore.act(at=START), negotiation=shore.negotiation, title="Quiet", opens_at=START, marking=Marking.AMBER
    )
    assert client.get("/calendar/", {"month": f"{START:%Y-%m}"}).content == before


@pytest.mark.parametrize("typed", ["", "2025", "2025-13", "0000-01", "9999-12", "x-y", "2025-1-1", "٢٠٢٥-٠١"])
def test_any_month_may_be_asked_for(shore: Talks, client: Client, typed: str) -> None:
    assert client.get("/calendar/", {"month": typed}).status_code == 200


def test_weeks_begin_as_the_language_has_them() -> None:
    first = asked_month("2025-12", date(2026, 1, 5))
    assert month_of(first, first, {}).weekdays[0] == "Sunday"
    with translation.override("ar"):
        assert month_of(first, first, {}).weekdays[0] == "الأحد"


def test_meetings_are_dates_too(shore: Talks, client: Client) -> None:
    hold_meeting(
        act=shore.act(at=START), negotiation=shore.negotiation, kind="round", title="First round", starts_at=START
    )
    assert "First round" in client.get("/calendar/", {"month": f"{START:%Y-%m}"}).content.decode()


def test_all_of_it_is_one_file(shore: Talks, client: Client) -> None:
    lines = client.get("/n/two-shores/calendar/", {"format": "csv"}).getvalue().decode().splitlines()
    assert lines[0].lstrip("\ufeff").startswith("from,until,negotiation,kind,ref")
    assert any("Withdraw to the agreed line" in line for line in lines)
