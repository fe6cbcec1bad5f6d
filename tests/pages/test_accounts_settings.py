"""A person's own settings: language, digits, theme, zone, tokens, and the second step."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from negotiations.models import Token, User
from negotiations.rules.page_digits import with_arabic_digits
from tests.factories import Talks

PASSWORD = "a few words are good"
SETTINGS = {
    "display_name": "Ann",
    "language": "en",
    "digits": "western",
    "theme": "auto",
    "time_zone": "Africa/Cairo",
    "keys": "on",
}


@pytest.fixture
def ann(db: None, client: Client) -> User:
    person = User.objects.create_user("ann", "ann@example.org", PASSWORD, display_name="Ann")
    client.post("/accounts/login/", {"login": "ann", "password": PASSWORD})
    return person


def code_now(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def set_up_codes(client: Client) -> str:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r'<code class="code" dir="ltr">([A-Z2-7]+)</code>', page)
    assert found is not None
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_now(found[1])}).status_code == 302
    return found[1]


def test_settings_are_saved(ann: User, client: Client) -> None:
    sent = SETTINGS | {"language": "ar", "digits": "arabic", "theme": "dark", "keys": "off"}
    assert client.post("/me/", sent)["Location"] == "/ar/me/"
    ann.refresh_from_db()
    assert (ann.language, ann.digits, ann.theme, ann.time_zone, ann.uses_keys) == (
        "ar",
        "arabic",
        "dark",
        "Africa/Cairo",
        False,
    )
    assert 'data-theme="dark"' in client.get("/ar/me/").content.decode()


@pytest.mark.parametrize("field", ["language", "digits", "theme", "time_zone"])
def test_it_refuses_what_is_no_choice(ann: User, client: Client, field: str) -> None:
    assert client.post("/me/", SETTINGS | {field: "nonsense"}).status_code == 422


def test_settings_are_for_who_is_signed_in(db: None, client: Client) -> None:
    assert client.get("/me/")["Location"].startswith("/accounts/login/")


def test_arabic_pages_show_the_digits_chosen(ann: User, client: Client) -> None:
    User.objects.filter(pk=ann.pk).update(digits="arabic")
    assert re.search("[٠-٩]", client.get("/ar/me/tokens/").content.decode()) is None
    client.post("/me/tokens/", {"name": "Map", "scope": "read", "days": "90"})
    assert re.search("[٠-٩]{4}", client.get("/ar/me/tokens/").content.decode())
    assert re.search("[٠-٩]", client.get("/me/tokens/").content.decode().split("<main")[1]) is None


def test_codes_values_and_markup_keep_their_digits() -> None:
    html = '<h1>5</h1><span class="code">1.4</span><input value="7"><b dir="ltr">8 <i>9</i></b><textarea>6</textarea>'
    assert with_arabic_digits(html) == html.replace("<h1>5", "<h1>٥")


def test_a_token_is_shown_once_and_told_by_mail(
    ann: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = client.post("/me/tokens/", {"name": "Map", "scope": "read", "days": "90"})
    assert "“Map”" in mail.outbox[0].body
    secret = re.search(r"ctt_[\w-]{43}", made.content.decode())
    assert made.status_code == 201
    assert secret is not None
    assert secret[0] not in client.get("/me/tokens/").content.decode()


def test_nobody_revokes_the_token_of_another(ann: User, client: Client, shore: Talks) -> None:
    client.post("/me/tokens/", {"name": "Map", "scope": "read", "days": "90"})
    token = Token.objects.get()
    other = Client()
    other.force_login(shore.cast.lead)
    assert other.post(f"/me/tokens/{token.public_id}/revoke/").status_code == 404
    assert client.post(f"/me/tokens/{token.public_id}/revoke/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_codes_of_an_app_become_the_second_step(ann: User, client: Client) -> None:
    secret = set_up_codes(client)
    there = Client()
    assert there.post("/accounts/login/", {"login": "ann", "password": PASSWORD})["Location"] == (
        "/accounts/2fa/authenticate/"
    )
    assert there.get("/me/").status_code == 302
    assert there.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    counter = next(iter(yield_hotp_counters_from_time())) + 1
    there.post("/accounts/2fa/authenticate/", {"code": format_hotp_value(hotp_value(secret, counter))})
    assert there.get("/me/").status_code == 200


def test_a_second_step_is_set_up_by_who_knows_the_password(ann: User, client: Client) -> None:
    page = client.get("/accounts/2fa/totp/activate/")
    assert page["Location"].startswith("/accounts/reauthenticate/")


def test_the_key_of_the_codes_is_not_kept_in_the_clear(ann: User, client: Client) -> None:
    secret = set_up_codes(client)
    row = Authenticator.objects.get(type="totp")
    assert secret not in str(row.data)
    assert isinstance(row.wrap(), TOTP)


def test_recovery_codes_are_shown_once(ann: User, client: Client) -> None:
    set_up_codes(client)
    assert "<ol" in client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert "<ol" not in client.get("/accounts/2fa/recovery-codes/").content.decode().split("<main")[1]


def test_codes_cannot_be_tried_for_ever(ann: User, client: Client) -> None:
    set_up_codes(client)
    there = Client()
    there.post("/accounts/login/", {"login": "ann", "password": PASSWORD})
    tried = [there.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code for _number in range(11)]
    assert tried == [200] * 10 + [429]


def test_removing_the_second_step_is_told_by_mail(ann: User, client: Client) -> None:
    set_up_codes(client)
    mail.outbox.clear()
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert "no longer protect" in mail.outbox[0].subject


@pytest.fixture
def required(settings: Any) -> None:
    settings.MFA_REQUIRED_ROLES = frozenset({"lead"})


@pytest.mark.usefixtures("required")
def test_a_seat_that_asks_for_a_second_step_waits_for_it(shore: Talks, client: Client) -> None:
    client.force_login(shore.cast.lead)
    assert client.get("/n/two-shores/")["Location"] == "/accounts/2fa/"
    refused = client.get("/api/v1/negotiations/two-shores/")
    assert (refused.status_code, refused.json()["code"]) == (403, "mfa_required")
    Authenticator.objects.create(user=shore.cast.lead, type="totp", data={"secret": ""})
    assert client.get("/n/two-shores/").status_code == 200


@pytest.mark.usefixtures("required")
def test_seats_that_do_not_ask_are_not_led_anywhere(
    shore: Talks, client: Client, signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(shore.cast.analyst).get("/n/two-shores/").status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/inactive/",
        "/accounts/confirm-email/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/done/",
        "/accounts/password/reset/key/1-set-password/",
        "/accounts/confirm-email/nothing/",
    ],
)
def test_pages_for_strangers_open_in_both_languages(db: None, client: Client, page: str) -> None:
    for prefix in ("", "/ar"):
        assert client.get(prefix + page).status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/2fa/keys/",
        "/accounts/2fa/keys/add/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/reauthenticate/",
        "/accounts/2fa/reauthenticate/",
        "/accounts/sessions/",
        "/me/",
        "/me/tokens/",
    ],
)
def test_pages_of_an_account_open_in_both_languages(ann: User, client: Client, page: str) -> None:
    set_up_codes(client)
    for prefix in ("", "/ar"):
        assert client.get(prefix + page).status_code == 200
