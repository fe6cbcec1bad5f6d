"""Copies on the page of their source: kept by editors, fetched by members, never shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from negotiations.models import StoredCopy, User
from negotiations.services.marking import narrow_marking
from tests.factories import Talks

SignIn = Callable[[User], Client]
PAGE = "/n/two-shores/sources/S1/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def upload(client: Client, shore: Talks, data: bytes = b"We halt at noon.", name: str = "statement.txt") -> Any:
    shore.source.refresh_from_db()
    sent = {"file": SimpleUploadedFile(name, data), "version": shore.source.version}
    return client.post(f"{PAGE}copies/", sent)


@pytest.fixture
def address(shore: Talks) -> str:
    client = Client()
    client.force_login(shore.cast.mediator)
    assert upload(client, shore).status_code == 303
    return f"{PAGE}copies/{StoredCopy.objects.get().public_id}/"


def test_an_editor_keeps_a_copy_and_members_fetch_it(shore: Talks, address: str, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.reader)
    assert address in client.get(PAGE).content.decode()
    response = client.get(address)
    assert b"".join(response.streaming_content) == b"We halt at noon."
    assert response["Content-Disposition"] == 'attachment; filename="statement.txt"'
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")


@pytest.mark.parametrize("name", ["", "outsider"])
def test_nobody_else_finds_it(shore: Talks, address: str, client: Client, name: str) -> None:
    if name:
        client.force_login(getattr(shore.cast, name))
    assert client.get(address).status_code == 404
    assert "copies" not in client.get(PAGE).content.decode()


def test_who_may_no_longer_see_the_source_finds_it_no_more(shore: Talks, address: str, signed_in: SignIn) -> None:
    narrow_marking(shore.source, act=shore.act(cites=()), version=None, marking="AMBER")
    assert signed_in(shore.cast.reader).get(address).status_code == 404
    assert signed_in(shore.cast.analyst).get(address).status_code == 200


def test_a_reader_keeps_none(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.reader)
    assert upload(client, shore).status_code == 403
    assert 'type="file"' not in client.get(PAGE).content.decode()


def test_without_a_session_one_is_led_to_sign_in(shore: Talks, client: Client) -> None:
    assert upload(client, shore)["Location"] == f"/accounts/login/?next={PAGE}"


def test_what_is_refused_is_said_on_the_page(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    response = upload(client, shore, b"MZ\x90\x00\x00")
    assert (response.status_code, StoredCopy.objects.count()) == (303, 0)
    assert "Choose a PDF" in client.get(PAGE).content.decode()


def test_without_a_file_it_asks_for_one(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    client.post(f"{PAGE}copies/", {"version": shore.source.version})
    assert "Choose a file first." in client.get(PAGE).content.decode()


def test_a_request_that_sends_too_much_is_stopped(
    shore: Talks, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negotiations.pages.uploading.SENT_MAX", 1000)
    assert upload(signed_in(shore.cast.mediator), shore, b"x" * 2000).status_code == 413
