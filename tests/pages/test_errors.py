"""Pages for what went wrong: in the design, in both languages, and telling nothing."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from tests.factories import Talks


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "413.html", "500.html", "503.html"]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_error_page_needs_neither_request_nor_database(name: str, language: str) -> None:
    with translation.override(language):
        page = render_to_string(name)
    assert "css/tracker.css" in page
    assert f'lang="{language}"' in page


def test_404_says_nothing_about_what_is_hidden(shore: Talks, client: Client) -> None:
    page = client.get("/n/two-shores/conditions/C99/").content.decode()
    assert "This page does not exist" in page
    for telling in ("permission", "restricted", "hidden", "C99", "sign in"):
        assert telling not in page.lower()


def test_a_form_without_its_token_is_refused_in_words(shore: Talks) -> None:
    response = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert response.status_code == 403
    assert "This form could not be accepted" in response.content.decode()


def test_a_bad_moment_is_explained(shore: Talks, client: Client) -> None:
    assert "such as 2025-12-08" in client.get("/n/two-shores/", {"as_of": "soon"}).content.decode()


@pytest.mark.parametrize("place", ["", "calendar/", "changes/", "brief/", "brief.pdf", "diff/?to="])
@pytest.mark.parametrize("clock", ["as_of", "known_at"])
def test_a_moment_before_all_records_is_refused_in_words(shore: Talks, client: Client, place: str, clock: str) -> None:
    address = f"/n/two-shores/{place}" + ("0001-01-01" if place.endswith("=") else f"?{clock}=0001-01-01")
    response = client.get(address)
    assert (response.status_code, "before the year 1800" in response.content.decode()) == (400, True)


def test_a_lost_database_is_a_moment_to_wait_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_args: object, **_options: object) -> None:
        raise OperationalError

    monkeypatch.setattr("negotiations.pages.views.dashboard.viewer_for", lost)
    response = client.get("/")
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "what was saved before is safe" in response.content.decode()
