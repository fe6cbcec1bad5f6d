"""Signing in, and the demonstration's cast, offered on this machine only."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from negotiations.demo.cast import CAST, call_people

CLICK = "/accounts/demonstration/"


@pytest.fixture
def demonstration(db: None, settings: Settings) -> None:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    call_people()


def click(client: Client, **headers: str) -> int:
    return client.post(CLICK, {"person": CAST[0].username}, **{"HTTP_HOST": "127.0.0.1:8000", **headers}).status_code


@pytest.mark.usefixtures("demonstration")
def test_one_click_signs_in_as_one_of_the_cast(client: Client) -> None:
    assert click(client) == 302
    assert "_auth_user_id" in client.session


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_PROTO": "http"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_HOST": "tracker.example"},
        {"HTTP_HOST": "127.0.0.1.tracker.example"},
    ],
    ids=str,
)
def test_from_anywhere_else_it_does_not_exist(client: Client, headers: dict[str, str]) -> None:
    assert click(client, **headers) == 404
    assert "_auth_user_id" not in client.session


def test_without_the_demonstration_it_does_not_exist(db: None, client: Client) -> None:
    call_people()
    assert click(client) == 404


@pytest.mark.usefixtures("demonstration")
def test_it_needs_the_forms_token() -> None:
    assert click(Client(enforce_csrf_checks=True)) == 403


@pytest.mark.usefixtures("demonstration")
def test_it_signs_nobody_else_in(client: Client) -> None:
    assert client.post(CLICK, {"person": "somebody"}, HTTP_HOST="localhost").status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_the_log_in_page_offers_the_cast_here_only(client: Client) -> None:
    here = client.get("/accounts/login/", HTTP_HOST="localhost:8000").content.decode()
    there = client.get("/accounts/login/", HTTP_HOST="tracker.example").content.decode()
    assert CAST[0].display_name in here
    assert CAST[0].display_name not in there


@pytest.mark.usefixtures("demonstration")
def test_pages_say_that_it_is_a_demonstration(client: Client) -> None:
    assert "?as_of=2025-12-08" in client.get("/", HTTP_HOST="localhost").content.decode()


def test_the_theme_is_remembered_and_forgotten(db: None, client: Client) -> None:
    client.post("/theme/", {"theme": "dark", "next": "/help/statuses/"})
    assert 'data-theme="dark"' in client.get("/").content.decode()
    client.post("/theme/", {"theme": "auto"})
    assert "data-theme" not in client.get("/").content.decode()


def test_it_never_leads_elsewhere(db: None, client: Client) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert response["Location"] == "/"
