"""The ways through the past have a slider where scripts run: by keys and by touch, in either direction of reading."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from negotiations.rules.codes import ConditionStatus
from tests.factories import START, Talks, talks

from .conftest import Opening

pytestmark = pytest.mark.e2e
DAY = timedelta(days=1)
PAST = "/n/two-shores/conditions/?as_of=2025-10-16"


@pytest.fixture
def shore(transactional_db: None) -> Talks:
    """Changes on 10, 13 and 16 October, of which the last two became known on the 20th and the 22nd."""
    found = talks(recorded_at=START)
    found.set_status(found.withdrawal, ConditionStatus.IN_PROGRESS, at=START + 3 * DAY, known=START + 10 * DAY)
    found.set_status(found.withdrawal, ConditionStatus.PARTLY_MET, at=START + 6 * DAY, known=START + 12 * DAY)
    return found


def slider(page: Page, name: str = "How it was: slide to another day") -> Locator:
    return page.get_by_role("slider", name=name)


def test_it_says_the_day_of_the_page(shore: Talks, open_page: Opening) -> None:
    page = open_page(PAST, scripts=True)
    expect(slider(page)).to_have_attribute("aria-valuetext", "16 Oct 2025: 1 change")


@pytest.mark.parametrize(("language", "key"), [("", "ArrowLeft"), ("/ar", "ArrowRight")])
def test_an_arrow_goes_to_the_change_before_in_reading_direction(
    shore: Talks, open_page: Opening, language: str, key: str
) -> None:
    page = open_page(language + PAST, width=390, scripts=True)
    first = page.get_by_role("slider").first
    first.press(key)
    page.wait_for_url("**as_of=2025-10-13#slide-as_of")
    expect(page.get_by_role("slider").first).to_be_focused()


def test_keys_pressed_in_a_row_open_one_page(shore: Talks, open_page: Opening) -> None:
    page = open_page(PAST, scripts=True)
    opened: list[str] = []
    page.on("framenavigated", lambda frame: opened.append(frame.url))
    slider(page).press("ArrowDown")
    slider(page).press("ArrowDown")
    page.wait_for_url("**as_of=2025-10-10#slide-as_of")
    assert len(opened) == 1


def test_escape_stays_where_one_was(shore: Talks, open_page: Opening) -> None:
    page = open_page(PAST, scripts=True)
    slider(page).press("Home")
    slider(page).press("Escape")
    expect(slider(page)).to_have_attribute("aria-valuetext", "16 Oct 2025: 1 change")


def test_a_touch_rests_on_the_nearest_change(shore: Talks, open_page: Opening) -> None:
    page = open_page(PAST, width=390, scripts=True)
    box = slider(page).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] / 2)
    page.wait_for_url("**as_of=2025-10-13#slide-as_of")


def test_what_was_known_has_a_slider_of_its_own(shore: Talks, open_page: Opening) -> None:
    page = open_page(PAST + "&known_at=2025-10-22", scripts=True)
    page.get_by_text("Another moment").click()
    slider(page, "What was known of it: slide to another day").press("ArrowDown")
    page.wait_for_url("**as_of=2025-10-16&known_at=2025-10-20#slide-known_at")
    expect(page.get_by_role("cell", name="In progress")).to_be_visible()
    expect(slider(page, "What was known of it: slide to another day")).to_be_focused()


@pytest.mark.parametrize("language", ["", "/ar"])
def test_it_is_large_enough_for_a_thumb_and_stays_on_the_screen(
    shore: Talks, open_page: Opening, language: str
) -> None:
    page = open_page(language + PAST + "&known_at=2025-10-22", width=390, scripts=True)
    page.locator("summary", has_text="لحظة أخرى" if language else "Another moment").click()
    assert page.get_by_role("slider").count() == 2
    for one in page.get_by_role("slider").all():
        box = one.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_days_are_links(shore: Talks, open_page: Opening) -> None:
    page = open_page(PAST)
    assert page.get_by_role("slider").count() == 0
    page.get_by_text("Another moment").click()
    page.get_by_role("link", name="13 Oct 2025: 1 change").click()
    assert page.url.endswith("?as_of=2025-10-13")
