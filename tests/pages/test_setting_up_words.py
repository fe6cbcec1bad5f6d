"""A pasted agreement keeps its words and loses the signs that nobody sees."""

from __future__ import annotations

from django.test import Client

from negotiations.pages.forms.setting_up import PASTE, TextForm
from tests.factories import Talks

from .test_new_negotiation import about

SENT = {"start": PASTE, "title": "The pact", "kind": "agreement", "language": "en"}


def form(text: str) -> TextForm:
    return TextForm({**SENT, "text": text})


def test_a_pasted_text_loses_what_nobody_sees() -> None:
    found = form("1. Posts \u202eopen\u200b.\r\n2. Roads\x07 too.")
    found.is_valid()
    assert found.cleaned_data["text"] == "1. Posts open.\n2. Roads too."


def test_a_text_that_shows_nothing_is_none() -> None:
    assert "text" in form("\u200b\u202e\u2800").errors


def test_a_step_with_a_nul_in_it_is_no_failure(shore: Talks, client: Client) -> None:
    client.force_login(shore.cast.lead)
    client.raise_request_exception = False
    assert client.post("/new/", {**about(shore), "title": "Three\x00hills"}).status_code < 500
