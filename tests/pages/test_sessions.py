"""Sessions end, cookies travel safely, and signing in needs no Redis."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from negotiations.models import User

CHECKOUT = Path(__file__).resolve().parents[2]
PASSWORD = "a few words are good"
SECRET = "JBSWY3DPEHPK3PXP"  # of nobody
HOUR = timedelta(hours=1)


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann", "ann@example.org", PASSWORD, display_name="Ann")


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


@pytest.mark.parametrize(("hours", "stays"), [(11, True), (13, False)])
def test_a_session_that_nobody_uses_ends(ann: User, client: Client, hours: int, stays: bool) -> None:
    client.force_login(ann)
    with time_machine.travel(timezone.now() + hours * HOUR, tick=False):
        assert is_in(client) is stays
        assert ("Your session is over" in client.get("/accounts/login/").content.decode()) is not stays


def test_one_that_is_used_goes_on_and_ends_all_the_same(ann: User, client: Client) -> None:
    client.force_login(ann)
    now = timezone.now()
    for hours in range(11, 14 * 24, 11):
        with time_machine.travel(now + hours * HOUR, tick=False):
            assert is_in(client), hours
    with time_machine.travel(now + (14 * 24 + 1) * HOUR, tick=False):
        assert not is_in(client)


def test_use_is_noted_now_and_then_and_not_each_time(ann: User, client: Client) -> None:
    client.force_login(ann)
    with CaptureQueriesContext(connection) as seen:
        assert is_in(client)
    assert [one["sql"] for one in seen if "UPDATE" in one["sql"] and "session" in one["sql"]] == []


@pytest.fixture(scope="module")
def deployed() -> dict[str, Any]:
    """The settings of cookies as they are where the environment says nothing."""
    wanted = ("SESSION_COOKIE", "CSRF_COOKIE", "LANGUAGE_COOKIE", "CSRF_USE", "SECURE_")
    program = (
        "import json, tracker.settings as s;"
        f"print(json.dumps({{k: v for k, v in vars(s).items() if k.startswith({wanted!r})}}))"
    )
    unset = ("TRACKER_LOCAL", "HTTPS", "DEBUG", "DEMO")
    env = {name: value for name, value in os.environ.items() if name not in unset}
    done = subprocess.run([sys.executable, "-c", program], env=env, cwd=CHECKOUT, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_cookies_travel_by_https_to_this_host_alone(ann: User, deployed: dict[str, Any], settings: Any) -> None:
    for name, value in deployed.items():
        setattr(settings, name, value)
    client = Client()
    client.get("/accounts/login/", secure=True)
    client.post("/accounts/login/", {"login": "ann", "password": PASSWORD}, secure=True)
    client.post("/theme/", {"theme": "dark"}, secure=True)
    assert {"__Host-session", "__Host-csrf", "theme"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", ""), name
        assert cookie["samesite"] == "Lax", name
        assert cookie["httponly"], name


def test_plain_http_is_sent_to_https(db: None, deployed: dict[str, Any], settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, deployed["SECURE_HSTS_SECONDS"]
    assert Client().get("/")["Location"] == "https://testserver/"
    assert Client().get("/", secure=True)["Strict-Transport-Security"].startswith("max-age=31536000")


def code(step: int = 0) -> str:
    counter = next(iter(yield_hotp_counters_from_time())) + 1 + step
    return str(format_hotp_value(hotp_value(SECRET, counter)))


def first_step(person: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": person.username, "password": PASSWORD})
    return client


def test_signing_in_with_a_second_step_needs_no_redis(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_more: object) -> None:
        raise redis.ConnectionError

    monkeypatch.setattr("redis.connection.AbstractConnection.connect", away)
    TOTP.activate(ann, SECRET)
    client = first_step(ann)
    assert client.post("/accounts/2fa/authenticate/", {"code": code()}).status_code == 302
    assert is_in(client)


def test_a_code_of_an_app_is_good_once_as_long_as_it_is_good_at_all(ann: User) -> None:
    TOTP.activate(ann, SECRET)
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        used = code(1)
        first = first_step(ann)
        assert first.post("/accounts/2fa/authenticate/", {"code": used}).status_code == 302
    with time_machine.travel(now + timedelta(seconds=50), tick=False):
        second = first_step(ann)
        again = second.post("/accounts/2fa/authenticate/", {"code": f"{used[:3]} {used[3:]}"})
        assert "not right, or it was used already" in again.content.decode()
        assert not is_in(second)


def test_a_reset_does_the_same_for_nobody_as_for_somebody(ann: User, client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    asked = []
    for email in ("ann@example.org", "eve@example.org"):
        with CaptureQueriesContext(connection) as seen:
            client.post("/accounts/password/reset/", {"email": email})
        asked.append([one["sql"][:90] for one in seen])
    assert [message.to for message in mail.outbox] == [["ann@example.org"]] * 2
    # Whether the address is among the account's own is asked of an account alone.
    assert len(asked[0]) - len(asked[1]) <= 1, asked
