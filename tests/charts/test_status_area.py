"""The statuses over time, the strip of thirty days and the course of an outlook as drawings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from negotiations.pages.charts.days30 import days30_chart
from negotiations.pages.charts.sparkline import sparkline
from negotiations.pages.charts.status_area import HEIGHT, status_area_chart
from negotiations.selectors.calendar import DateLine
from negotiations.selectors.outlook_course import CoursePoint
from negotiations.selectors.status_area import StatusArea, Step
from negotiations.selectors.words import Words

AT = datetime(2025, 12, 8, 12, tzinfo=UTC)
AREA = StatusArea(
    (
        Step(AT - timedelta(days=60), {"not_started": 3}),
        Step(AT - timedelta(days=30), {"met": 1, "contested": 1, "not_started": 1}),
        Step(AT - timedelta(days=5), {"met": 2, "contested": 1}),
    ),
    AT,
    3,
)


def date_line(days: int, until: int | None = None) -> DateLine:
    end = AT + timedelta(days=until) if until is not None else None
    return DateLine(AT + timedelta(days=days), end, "window", "W1", "x", Words("Talks"), "", "", Words("X"), "CLEAR")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_drawing_is_well_formed_and_named(language: str) -> None:
    with translation.override(language):
        area = status_area_chart(AREA, number=2)
        spark = sparkline([CoursePoint(AT, 20, 45)], ident="s", question="When?")
        for drawing in (area.wide, area.narrow, days30_chart([date_line(3)], at=AT, ident="d"), spark):
            root = ET.fromstring(drawing)
            assert root.get("role") == "img"
            assert root.findtext("title")


def test_the_table_tells_the_same_as_the_area() -> None:
    twin = status_area_chart(AREA, number=2).twin
    assert twin.columns == ("from", "met", "contested", "not_started")
    assert [row[1:] for row in twin.rows] == [(0, 0, 3), (1, 1, 1), (2, 1, 0)]


def test_layers_fill_the_height_at_every_moment() -> None:
    root = ET.fromstring(status_area_chart(AREA, number=2).wide)
    heights: dict[str, float] = {}
    for rect in root.iter("rect"):
        heights[rect.get("x", "")] = heights.get(rect.get("x", ""), 0) + float(rect.get("height", "0"))
    assert {round(height) for height in heights.values()} == {round(HEIGHT)}


def test_contested_is_hatched() -> None:
    assert 'class="hatch"' in status_area_chart(AREA, number=2).wide


def test_a_window_is_a_band_and_a_date_a_mark() -> None:
    drawing = days30_chart([date_line(3), date_line(5, 9)], at=AT, ident="d")
    assert drawing.count("<polygon") == 1
    assert drawing.count('class="band"') == 1


def test_what_lies_further_ahead_is_not_drawn() -> None:
    assert "<polygon" not in days30_chart([date_line(31)], at=AT, ident="d")


def test_a_course_ends_where_the_outlook_stands() -> None:
    points = [CoursePoint(AT - timedelta(days=9), 50, 60), CoursePoint(AT, 20, 45)]
    assert "20–45%" in sparkline(points, ident="s", question="When?")
