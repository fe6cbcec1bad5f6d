"""What no view gets to answer is said all the same, to programs in their form and to people on a page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from tests.factories import talks

LARGE = 33 * 1024 * 1024
HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'


class Sent(BytesIO):
    """What a client sends, as the server hands it over."""

    @property
    def rest(self) -> int:
        return len(self.getbuffer()) - self.tell()


def send(client: Client, path: str, content_type: str = "multipart/form-data; boundary=x") -> tuple[Any, Sent]:
    sent = Sent(HEAD + bytes(LARGE) + b"\r\n--x--\r\n")
    extra: dict[str, Any] = {"wsgi.input": sent, "CONTENT_LENGTH": str(len(sent.getbuffer()))}
    return client.post(path, b"x", content_type=content_type, **extra), sent


@pytest.mark.parametrize("path", ["/api/v1/negotiations/", "/api/nowhere"])
def test_programs_read_a_problem_where_the_host_is_not_ours(path: str) -> None:
    response = Client().get(path, HTTP_HOST="evil.example")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert (response.json()["code"], response.json()["request_id"]) == ("bad_host", response["X-Request-ID"])
    assert "evil" not in response.content.decode()


def test_people_read_a_page() -> None:
    response = Client().get("/accounts/login/", HTTP_HOST="evil.example")
    assert (response.status_code, response["Content-Type"]) == (400, "text/html; charset=utf-8")


def test_a_form_beyond_the_limit_is_refused_in_words_and_taken_in_to_its_end(db: None) -> None:
    response, sent = send(Client(), "/theme/")
    assert response.status_code == 413
    assert "More was sent than the tracker takes at once" in response.content.decode()
    assert sent.rest == 0


@pytest.mark.parametrize(("kind", "status"), [("application/json", 413), ("multipart/form-data; boundary=x", 415)])
def test_so_is_a_body_of_the_interface(db: None, client: Client, kind: str, status: int) -> None:
    client.force_login(talks().cast.mediator)
    response, sent = send(client, "/api/v1/negotiations/two-shores/batch/", kind)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert sent.rest == 0


def test_so_is_one_that_was_refused_before_anybody_read_it(db: None) -> None:
    response, sent = send(Client(enforce_csrf_checks=True), "/theme/")
    assert (response.status_code, sent.rest) == (403, 0)


def test_it_stops_taking_in_what_never_ends(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.refused.TAKEN_IN_BYTES", 1024 * 1024)
    response, sent = send(Client(), "/theme/")
    assert response.status_code == 413
    assert sent.rest > LARGE // 2


@pytest.mark.parametrize(
    ("path", "kind"), [("/api/v1/me/", "application/problem+json"), ("/", "text/html; charset=utf-8")]
)
def test_what_nobody_foresaw_is_said_in_the_callers_form(path: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise KeyError("SECRET")

    monkeypatch.setattr("tracker.headers.PermissionsPolicyMiddleware.__call__", fail)
    response = Client(raise_request_exception=False).get(path)
    assert (response.status_code, response["Content-Type"]) == (500, kind)
    assert "SECRET" not in response.content.decode()


def test_programs_are_refused_over_plain_http_and_people_led_to_https(db: None, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    refused = Client().get("/api/v1/me/")
    assert (refused.status_code, refused.json()["code"]) == (403, "https_required")
    assert Client().get("/api/v1/me/", secure=True).status_code == 200
    assert Client().get("/accounts/login/")["Location"].startswith("https://")
