"""Signing in with a password, slowed guessing, resetting, and what strangers learn."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from negotiations.models import User
from negotiations.rules.attempts import LOG_IN

LOGIN = "/accounts/login/"
PASSWORD = "a few words are good"


@pytest.fixture
def ann(db: None) -> User:
    return User.objects.create_user("ann", "ann@example.org", PASSWORD, display_name="Ann")


def sign_in(client: Client, login: str = "ann", password: str = PASSWORD, **more: str) -> int:
    return client.post(LOGIN, {"login": login, "password": password, **more}).status_code


@pytest.mark.parametrize("login", ["ann", "ann@example.org", "Ann@Example.org"])
def test_it_signs_in_by_name_or_address(ann: User, client: Client, login: str) -> None:
    assert sign_in(client, login) == 302
    assert client.session["_auth_user_id"] == str(ann.pk)


def test_it_says_the_same_of_a_wrong_password_and_an_unknown_name(ann: User, client: Client) -> None:
    wrong = client.post(LOGIN, {"login": "ann", "password": "no"}).content.decode()
    unknown = client.post(LOGIN, {"login": "ann", "password": "no"}).content.decode()
    nobody = client.post(LOGIN, {"login": "eve", "password": "no"}).content.decode()
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    assert token.sub("", wrong) == token.sub("", unknown)
    assert token.sub("", nobody).replace('value="eve"', 'value="ann"') == token.sub("", wrong)


def test_it_slows_guessing_and_says_when_to_try_again(ann: User, client: Client) -> None:
    for _number in range(LOG_IN.amount):
        assert sign_in(client, password="no") == 200
    refused = client.post(LOGIN, {"login": "ann", "password": PASSWORD})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 15 * 60
    assert "_auth_user_id" not in client.session


def test_the_owner_elsewhere_is_not_kept_out(ann: User, client: Client) -> None:
    for _number in range(LOG_IN.amount + 1):
        client.post(LOGIN, {"login": "ann", "password": "no"}, REMOTE_ADDR="203.0.113.9")
    assert sign_in(client) == 302


def test_a_right_password_starts_the_count_anew(ann: User, client: Client) -> None:
    for _round in range(3):
        for _number in range(LOG_IN.amount - 1):
            sign_in(client, password="no")
        assert sign_in(client) == 302
        client.post("/accounts/logout/")


def test_it_leads_back_to_where_a_reader_was_and_nowhere_else(ann: User, client: Client) -> None:
    there = client.post(LOGIN, {"login": "ann", "password": PASSWORD, "next": "/help/statuses/"})
    assert there["Location"] == "/help/statuses/"
    client.post("/accounts/logout/")
    elsewhere = client.post(LOGIN, {"login": "ann", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert elsewhere["Location"] == "/"


def test_it_opens_in_the_persons_language(ann: User, client: Client) -> None:
    User.objects.filter(pk=ann.pk).update(language="ar")
    assert client.post(LOGIN, {"login": "ann", "password": PASSWORD})["Location"] == "/ar/"


def test_a_reset_link_works_once(ann: User, client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert link is not None
    form = client.get(link[1])["Location"]
    new = {"password1": "other words, quite long", "password2": "other words, quite long"}
    assert client.post(form, new).status_code == 302
    assert sign_in(client, password=new["password1"]) == 302
    assert "no longer good" in Client().get(link[1]).content.decode()


def test_a_reset_tells_nobody_who_has_an_account(ann: User, client: Client) -> None:
    known = client.post("/accounts/password/reset/", {"email": "ann@example.org"})
    unknown = client.post("/accounts/password/reset/", {"email": "eve@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [["ann@example.org"], ["ann@example.org"]][:1]


def test_a_mailbox_is_not_filled_by_strangers(ann: User, client: Client) -> None:
    codes = [client.post("/accounts/password/reset/", {"email": "ann@example.org"}).status_code for _n in range(6)]
    assert codes == [302, 302, 302, 302, 429, 429]


def test_nobody_makes_an_account_alone(db: None, client: Client) -> None:
    data = {"username": "eve", "email": "eve@example.org", "password1": PASSWORD}
    client.post("/accounts/signup/", data)
    assert not User.objects.exists()


def test_a_changed_password_is_told_by_mail_in_the_persons_language(ann: User, client: Client) -> None:
    User.objects.filter(pk=ann.pk).update(language="ar")
    sign_in(client)
    new = {"oldpassword": PASSWORD, "password1": "other words, quite long", "password2": "other words, quite long"}
    assert client.post("/accounts/password/change/", new).status_code == 302
    assert mail.outbox[0].to == ["ann@example.org"]
    assert re.search("[\u0600-\u06ff]", mail.outbox[0].subject)


def test_administrators_sign_in_where_everybody_does(db: None, client: Client) -> None:
    assert client.get("/admin/login/")["Location"].startswith(LOGIN)


def test_other_sessions_can_be_ended(ann: User, client: Client) -> None:
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    assert client.get("/accounts/sessions/").content.decode().count("<tr>") == 3
    client.post("/accounts/sessions/")
    assert elsewhere.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 200
