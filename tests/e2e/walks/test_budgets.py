"""What a page may weigh, and how much a first view may ask for."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from .conftest import Opening
from .looking import forget_files, shifted
from .places import MOST_USED, PLACES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]
KILO = 1024
STATIC = Path(settings.BASE_DIR) / "static"


def packed(*names: str) -> float:
    """Kilobytes of files as a server sends them, packed."""
    return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names) / KILO


def test_the_style_is_light() -> None:
    assert packed("css/tracker.css") <= 15


def test_the_scripts_are_light() -> None:
    assert packed("js/tracker.js", "js/passkeys.js") <= 5
    assert packed("js/tracker.js", "js/passkeys.js", "js/htmx.min.js") <= 20


def test_the_fonts_are_light() -> None:
    assert (STATIC / "fonts/inter-latin.woff2").stat().st_size / KILO <= 50
    assert sum(font.stat().st_size for font in STATIC.glob("fonts/plex-*.woff2")) / KILO <= 90


@pytest.mark.parametrize("language", ["", "/ar"])
def test_the_overview_is_light(language: str, new_page: Opening, facts: dict[str, str]) -> None:
    page = new_page("lead")
    answer = page.goto(f"{language}/n/{facts['slug']}/")
    assert answer is not None
    assert len(gzip.compress(answer.body())) / KILO <= 25
    assert page.evaluate("document.querySelectorAll('*').length") <= 2000


@pytest.mark.parametrize(("language", "most"), [("", 6), ("/ar", 8)])
def test_a_first_view_asks_for_little(browser: Browser, served: str, language: str, most: int) -> None:
    """The page, its style, two scripts, a font and the icon; Arabic needs two fonts of its own."""
    page, asked = browser.new_page(base_url=served), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{language}/n/gaza-2025/", wait_until="load")
    assert len(asked) <= most, asked
    page.close()


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("name", sorted(MOST_USED))
def test_nothing_moves_in_a_first_view(name: str, language: str, new_page: Opening, facts: dict[str, str]) -> None:
    """Nothing of it is there yet: neither style nor font."""
    page = new_page("lead")
    forget_files(page)
    page.goto(language + PLACES[name].address.format(**facts), wait_until="networkidle")
    assert shifted(page) == []
