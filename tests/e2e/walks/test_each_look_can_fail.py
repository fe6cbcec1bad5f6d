"""What the walks look for is found where it is: each look is shown a page that is wrong in just that."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .conftest import Opening
from .looking import Complaints, against_policy, broken_rules, shifted, sideways, too_small
from .places import without_a_place

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]


@pytest.fixture
def page(new_page: Opening) -> Page:
    """The page on what the words mean, under the product's own policy."""
    page = new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/help/statuses/")
    return page


def put(page: Page, markup: str) -> None:
    page.evaluate("markup => document.querySelector('main').insertAdjacentHTML('afterbegin', markup)", markup)


def wait_until(page: Page, condition: str) -> None:
    """Playwright's own waiting evaluates strings in the page, which the page's policy forbids."""
    look = f"const look = () => ({condition}) ? done() : requestAnimationFrame(look)"
    page.evaluate(f"() => new Promise(done => {{ {look}; look() }})")


def test_a_picture_without_words_breaks_a_rule(page: Page) -> None:
    put(page, '<img src="/static/favicon.svg">')
    assert [one for one in broken_rules(page) if one.startswith("image-alt")]


def test_what_is_too_wide_scrolls_sideways(page: Page) -> None:
    assert sideways(page, 390) == []
    put(page, '<svg width="900" height="10"></svg>')
    assert sideways(page, 390)


def test_a_low_button_is_too_small_to_tap(page: Page) -> None:
    assert too_small(page) == []
    put(page, "<button>x</button>")
    assert too_small(page)


def test_a_style_in_the_markup_is_against_the_policy(page: Page) -> None:
    assert against_policy(page) == []
    wrong = Complaints(page)
    put(page, '<p style="color:red">Red</p>')
    wait_until(page, "seen.policy.length > 0")
    assert against_policy(page)
    assert [one for one in wrong if "Content Security Policy" in one]


def test_an_error_of_a_script_is_a_complaint(page: Page) -> None:
    wrong = Complaints(page)
    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.wait_for_timeout(100)
    assert [one for one in wrong if "broken" in one]


def test_what_comes_late_and_pushes_the_rest_down_is_a_shift(page: Page) -> None:
    assert shifted(page) == []
    put(page, '<svg width="10" height="500"></svg>')
    wait_until(page, "seen.shift > 0")
    assert shifted(page)


def test_an_address_that_nobody_placed_is_named() -> None:
    assert without_a_place(["dashboard", "a-new-page"]) == ["a-new-page"]
