"""What only a browser can tell: direction, conflicts, and updating without scripts."""

from __future__ import annotations

import pytest

from negotiations.rules.codes import ConditionStatus
from tests.factories import Talks
from tests.pages.conftest import address

from .conftest import Opening

pytestmark = pytest.mark.e2e


def test_arabic_runs_from_right_to_left(shore: Talks, open_page: Opening) -> None:
    page = open_page("/ar/n/two-shores/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    side, main = page.locator(".side").bounding_box(), page.locator("main").bounding_box()
    assert side is not None
    assert main is not None
    assert side["x"] > main["x"]


def test_the_other_language_is_one_link_away(shore: Talks, open_page: Opening) -> None:
    page = open_page(address(shore.withdrawal) + "?as_of=2025-10-20")
    page.get_by_role("link", name="العربية").click()
    assert page.url.endswith(f"/ar{address(shore.withdrawal)}?as_of=2025-10-20")


def test_an_update_needs_no_scripts(shore: Talks, open_page: Opening) -> None:
    page = open_page(address(shore.withdrawal), person=shore.cast.mediator)
    page.get_by_label("In progress").check()
    page.get_by_label("Monitors count the posts").check()
    page.get_by_label("Reason").fill("Columns were seen leaving.")
    page.get_by_role("button", name="Save update").click()
    assert page.locator(".toast").inner_text().startswith(f"{shore.withdrawal.ref} saved.")
    shore.withdrawal.refresh_from_db()
    assert shore.withdrawal.status == ConditionStatus.IN_PROGRESS


def test_a_conflict_keeps_the_text_and_lets_one_choose(shore: Talks, open_page: Opening) -> None:
    page = open_page(address(shore.release), person=shore.cast.mediator)
    shore.set_status(shore.release, ConditionStatus.IN_PROGRESS)
    page.get_by_label("Partly met").check()
    page.get_by_label("Monitors count the posts").check()
    page.get_by_label("Reason").fill("Eleven came home.")
    page.get_by_role("button", name="Save update").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Reason").input_value() == "Eleven came home."
    page.get_by_role("button", name="Apply mine on top").click()
    shore.release.refresh_from_db()
    assert shore.release.status == ConditionStatus.PARTLY_MET


def test_the_first_stop_of_the_keyboard_skips_to_the_content(shore: Talks, open_page: Opening) -> None:
    page = open_page("/", scripts=True)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_a_past_day_is_one_form_away(shore: Talks, open_page: Opening) -> None:
    page = open_page("/n/two-shores/conditions/")
    page.get_by_label("As of").fill("2025-10-20")
    page.get_by_role("button", name="Show").click()
    assert page.url.endswith("/n/two-shores/conditions/?as_of=2025-10-20")
    assert page.get_by_text("What happened later is not shown.").is_visible()
