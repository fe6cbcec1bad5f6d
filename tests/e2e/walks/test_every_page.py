"""Every page: accessible, within its window, under the policy, still while it loads; in both languages and themes."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from .conftest import Opening
from .looking import Complaints, against_policy, broken_rules, shifted, sideways, too_small
from .places import MOST_USED, PLACES, Place, named, without_a_place

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]
WIDE, PHONE, SMALLEST = 1440, 390, 320
HEIGHTS = {WIDE: 900, PHONE: 844, SMALLEST: 640}
Look = tuple[int, str]
# How every page is looked at, and how those that people look at all day are as well.
LOOKS: dict[str, Look] = {"en": (WIDE, "light"), "ar": (PHONE, "dark")}
EVERY_LOOK: list[Look] = [(WIDE, "light"), (WIDE, "dark"), (PHONE, "dark"), (PHONE, "light")]
IS_FULL = os.environ.get("TEST_FULL") == "true"


def test_every_address_has_a_place_in_the_walk() -> None:
    missing = without_a_place(named())
    assert missing == [], f"Give these addresses a place in tests/e2e/walks/places.py: {', '.join(missing)}."


@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.parametrize("name", PLACES)
def test_the_page_is_right(name: str, language: str, new_page: Opening, facts: dict[str, str], album: Path) -> None:
    place, first = PLACES[name], LOOKS[language]
    looks = [first, *(look for look in EVERY_LOOK if look != first and (IS_FULL or name in MOST_USED))]
    page = new_page(place.who)
    wrong = Complaints(page, refused=place.status >= 400)
    wrong += arrive(page, place, ("/ar" if language == "ar" else "") + place.address.format(**facts), first)
    for look in looks:
        wrong += look_at(page, look, album / f"{name.replace(' ', '-')}-{language}-{look[0]}-{look[1]}.jpg")
    turn(page, (SMALLEST, "light"))
    wrong += sideways(page, SMALLEST) + against_policy(page)
    assert not wrong, "\n".join(wrong)


def arrive(page: Page, place: Place, address: str, look: Look) -> list[str]:
    """Open the page in its first look."""
    turn(page, look)
    answer = page.goto(address)
    assert answer is not None
    assert (answer.status, urlsplit(page.url).path) == (place.status, urlsplit(address).path)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page.evaluate("document.fonts.ready")
    return shifted(page)


def turn(page: Page, look: Look) -> None:
    page.set_viewport_size({"width": look[0], "height": HEIGHTS[look[0]]})
    page.emulate_media(color_scheme="dark" if look[1] == "dark" else "light")


def look_at(page: Page, look: Look, picture: Path) -> list[str]:
    """What is wrong with the page in this look; a picture of it is kept for people to look at."""
    turn(page, look)
    page.screenshot(path=picture, full_page=True, type="jpeg", quality=70)
    found = broken_rules(page) + sideways(page, look[0]) + (too_small(page) if look[0] == PHONE else [])
    return [f"{look}: {one}" for one in found]
