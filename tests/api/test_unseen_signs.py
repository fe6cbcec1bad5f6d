"""Words that show nothing are none, and what is kept reads as it is written."""

from __future__ import annotations

import pytest
from django.test import Client

from negotiations.models import Entry
from tests.factories import Talks

from .calls import change, post


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060\u200d", "\u3164", "\u202e"])
def test_a_reason_that_shows_nothing_is_none(small: Talks, mediator: Client, unseen: str) -> None:
    response = post(mediator, small.withdrawal, change(reason=unseen), version=small.withdrawal.version)
    assert (response.status_code, list(response.json()["errors"])) == (422, ["reason"])


def test_an_override_of_direction_is_left_out(small: Talks, mediator: Client) -> None:
    post(mediator, small.withdrawal, change(reason="Seen\u202e moving\u200b."), version=small.withdrawal.version)
    assert Entry.objects.latest("pk").payload.reason == "Seen moving."


def test_a_body_nested_without_end_is_refused(small: Talks, mediator: Client) -> None:
    deep = "[" * 900 + "]" * 900
    response = post(mediator, small.withdrawal, f'{{"status": "met", "reason": {deep}}}', version=1)
    assert response.status_code == 400
