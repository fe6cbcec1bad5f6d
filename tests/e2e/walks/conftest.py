"""The demonstration, loaded and served once for all walks, and taken away after the last."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from negotiations.demo.load import load
from negotiations.models import User
from tests.e2e.conftest import seat, take_seat
from tests.factories import Talks

from .desk import lay_out
from .furnished import furnish
from .looking import LISTEN


@pytest.fixture(scope="package")
def facts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    """What addresses of the demonstration are called by; it is there as long as this package runs."""
    with django_db_blocker.unblock():
        # An earlier run that was broken off may have left its own.
        empty()
        try:
            load()
            yield furnish()
        finally:
            empty()


@pytest.fixture(scope="package")
def shore(facts: dict[str, str], django_db_blocker: DjangoDbBlocker) -> Talks:
    """The small negotiation, beside the demonstration."""
    with django_db_blocker.unblock():
        return lay_out()


@pytest.fixture(scope="package")
def seats(facts: dict[str, str]) -> dict[str, str]:
    """Everybody's session. They begin before any test does: what a test writes, no server sees."""
    return {person.username: seat(person) for person in User.objects.filter(is_active=True)}


def empty() -> None:
    call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="package")
def served(facts: dict[str, str]) -> Iterator[str]:
    """The address of a server that shows the demonstration."""
    with override_settings(DEMO=True, ALLOWED_HOSTS=["*"]):
        server = LiveServer("localhost")
        yield server.url
        server.stop()
    connections.close_all()


Opening = Callable[..., Page]


@pytest.fixture(scope="package")
def windows(browser: Browser, served: str, seats: dict[str, str]) -> Iterator[Callable[..., BrowserContext]]:
    """`windows("lead", scripts=False)`: a window of the browser, signed in; the same one when asked again."""
    opened: dict[tuple[str, bool], BrowserContext] = {}

    def find(who: str, *, scripts: bool) -> BrowserContext:
        if (who, scripts) not in opened:
            one = browser.new_context(base_url=served, java_script_enabled=scripts, reduced_motion="reduce")
            one.add_init_script(LISTEN)
            if who:
                take_seat(one, served, seats[who])
            opened[who, scripts] = one
        return opened[who, scripts]

    yield find
    for one in opened.values():
        one.close()


@pytest.fixture
def new_page(windows: Callable[..., BrowserContext]) -> Iterator[Opening]:
    """`new_page("lead", scripts=False)`: an empty page in that window, closed after the test."""
    pages: list[Page] = []

    def opener(who: str = "", *, scripts: bool = True) -> Page:
        pages.append(windows(who, scripts=scripts).new_page())
        return pages[-1]

    yield opener
    for page in pages:
        page.close()


@pytest.fixture(scope="package")
def album() -> Path:
    """Where pictures of the pages are kept, as output of the build."""
    folder = Path(os.environ.get("SCREENSHOTS", "var/screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
