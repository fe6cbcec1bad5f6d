"""The program's log tells of signing in, and never what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from negotiations.models import User

PASSWORD = "a few words are good"
SECRET = "JBSWY3DPEHPK3PXP"  # of nobody


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann", "ann@example.org", PASSWORD)


def told(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    wanted = ("event", "person", "by", "kind")
    found = [record.msg for record in caplog.records if record.name == "tracker.accounts"]
    return [{name: one[name] for name in wanted if name in one} for one in found if isinstance(one, dict)]


def sign_in(client: Client, password: str = PASSWORD) -> None:
    client.post("/accounts/login/", {"login": "ann", "password": password})


def test_it_says_who_signed_in_and_by_what(ann: User, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    TOTP.activate(ann, SECRET)
    sign_in(client)
    assert told(caplog) == []
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    counter = next(iter(yield_hotp_counters_from_time()))
    client.post("/accounts/2fa/authenticate/", {"code": format_hotp_value(hotp_value(SECRET, counter))})
    client.post("/accounts/logout/")
    person = str(ann.public_id)
    assert told(caplog) == [
        {"event": "second_step_failed", "person": person},
        {"event": "signed_in", "person": person, "by": ["password", "totp"]},
        {"event": "signed_out", "person": person},
    ]


def test_it_says_that_somebody_failed_and_not_what_they_typed(
    ann: User, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in(client, "my other password")
    assert told(caplog) == [{"event": "sign_in_failed"}]
    assert "my other password" not in caplog.text
