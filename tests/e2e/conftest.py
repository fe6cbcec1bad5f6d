"""A browser without scripts, a server, and the small negotiation."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from negotiations.models import User
from tests.factories import Talks, talks


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    # The browser's own loop runs in this thread; the database is only used between its steps.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def shore(transactional_db: None) -> Talks:
    return talks()


Opening = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Opening]:
    """`open_page("/", width=320, person=cast.mediator)`: a page in a window of its own."""
    windows: list[BrowserContext] = []

    def opener(path: str, *, width: int = 1280, person: User | None = None, scripts: bool = False) -> Page:
        window = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 800}, java_script_enabled=scripts
        )
        windows.append(window)
        if person is not None:
            seat_in(window, live_server.url, person)
        page = window.new_page()
        page.goto(path)
        return page

    yield opener
    for window in windows:
        window.close()


def seat_in(window: BrowserContext, url: str, person: User) -> None:
    """Let the person be signed in at that server in everything the window opens."""
    take_seat(window, url, seat(person))


def take_seat(window: BrowserContext, url: str, key: str) -> None:
    window.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": url}])


def seat(person: User) -> str:
    """The key of a session in which the person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    # As if the password had just been typed: pages that ask for it again let the person in.
    proof = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session["account_authentication_methods_user"] = user_id_to_str(person)
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)
