"""Tokens: made by persons alone, accepted until they end, and never doing more than they may."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from negotiations.models import Token
from negotiations.rules.codes import TokenScope
from negotiations.services.membership import end_membership
from negotiations.services.token import create_token, revoke_token
from tests.factories import Talks
from tracker.logs import logging_config

from .calls import LIST, STATE, change, condition_url, status_url
from .conftest import signed_in

TOKENS = "/api/v1/tokens/"
Lend = Callable[..., Client]


@pytest.fixture
def lend(small: Talks) -> Lend:
    """A client that sends the token of somebody of the cast."""

    def made(name: str, scope: str = TokenScope.READ, **more: Any) -> Client:
        _token, secret = create_token(getattr(small.cast, name), name="Program", scope=scope, **more)
        return Client(headers={"authorization": f"Bearer {secret}"})

    return made


def make(client: Client, **sent: Any) -> HttpResponse:
    return client.post(TOKENS, {"name": "Newsroom", **sent}, content_type="application/json")


def test_a_person_makes_a_token_and_is_told_its_secret_once(mediator: Client, small: Talks) -> None:
    made = make(mediator, scope="write", days=7)
    assert made.status_code == 201
    assert made.headers["Cache-Control"] == "private, no-store"
    program = Client(headers={"authorization": f"Bearer {made.json()['secret']}"})
    assert program.get(condition_url(small.release)).json()["allowed_actions"]
    listed = mediator.get(TOKENS)
    assert made.json()["secret"] not in listed.content.decode()
    assert [one["name"] for one in listed.json()["results"]] == ["Newsroom"]
    assert mediator.get(made.headers["Location"]).json()["is_living"] is True


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": ""}, "name"),
        ({"days": 366}, "days"),
        ({"days": 0}, "days"),
        ({"scope": "all"}, "scope"),
        ({"x": 1}, "x"),
    ],
)
def test_what_no_token_can_be_is_refused_by_field(mediator: Client, sent: dict[str, Any], field: str) -> None:
    refused = make(mediator, **sent)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [field])


def test_a_token_makes_lists_and_revokes_none(lend: Lend, mediator: Client) -> None:
    address = make(mediator).headers["Location"]
    program = lend("mediator", TokenScope.WRITE)
    answers = [make(program), program.get(TOKENS), program.get(address), program.delete(address)]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(403, "session_required")}


def test_nobody_in_particular_is_asked_to_sign_in(small: Talks, anybody: Client) -> None:
    assert [make(anybody).status_code, anybody.get(TOKENS).status_code] == [401, 401]


def test_making_one_needs_the_csrf_token_of_the_page(small: Talks) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(small.cast.mediator)
    assert make(client).status_code == 403


def test_somebody_elses_token_is_not_there(small: Talks, mediator: Client) -> None:
    address = make(mediator).headers["Location"]
    other = signed_in(small, "analyst")
    assert [other.get(address).status_code, other.delete(address).status_code] == [404, 404]
    assert other.get(TOKENS).json()["results"] == []


def test_a_revoked_token_is_refused_at_the_next_request(mediator: Client) -> None:
    made = make(mediator)
    program = Client(headers={"authorization": f"Bearer {made.json()['secret']}"})
    assert program.get(LIST).status_code == 200
    assert mediator.delete(made.headers["Location"]).status_code == 204
    assert program.get(LIST).status_code == 401


@pytest.mark.parametrize(
    "header", ["Bearer ctt_nothing", "Bearer", "", "Basic YTpi", "Bearer " + "ctt_" + "a" * 43, "Bearer \x00", "ctt_x"]
)
@pytest.mark.parametrize("address", [LIST, STATE, "/api/v1/nowhere/"])
def test_a_wrong_token_is_refused_even_where_anybody_reads(small: Talks, header: str, address: str) -> None:
    refused = Client(headers={"authorization": header}).get(address)
    assert (refused.status_code, refused.json()["code"]) == (401, "invalid_token")
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="tracker", error="invalid_token"'


def test_an_expired_token_is_refused(lend: Lend) -> None:
    program = lend("mediator", days=1)
    assert program.get(STATE).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        assert program.get(STATE).status_code == 401


def test_it_shows_what_its_owner_may_see_now(small: Talks, lend: Lend) -> None:
    hidden = small.add_condition(marking="AMBER")
    program = lend("analyst")
    assert program.get(condition_url(hidden)).status_code == 200
    seat = small.cast.analyst.memberships.get()
    end_membership(seat, act=small.act(small.cast.lead), version=seat.version)
    assert program.get(condition_url(hidden)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_token_that_reads_writes_nothing_there_or_not(small: Talks, lend: Lend, method: str) -> None:
    program = lend("mediator")
    for address in (status_url(small.release), status_url(None), STATE, "/api/v1/nowhere/"):
        refused = getattr(program, method)(address, change(), content_type="application/json")
        assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")


def test_a_token_that_writes_needs_no_csrf_token(small: Talks) -> None:
    _token, secret = create_token(small.cast.mediator, name="Desk", scope=TokenScope.WRITE)
    program = Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {secret}"})
    done = program.post(
        status_url(small.release), change(), content_type="application/json", headers={"if-match": '"v1-0"'}
    )
    assert done.status_code == 200


def test_the_token_goes_before_the_session(small: Talks, mediator: Client) -> None:
    token, secret = create_token(small.cast.outsider, name="Other")
    hidden = small.add_condition(marking="AMBER")
    headers = {"authorization": f"Bearer {secret}"}
    assert mediator.get(condition_url(hidden), headers=headers).status_code == 404
    revoke_token(token)
    assert mediator.get(STATE, headers=headers).status_code == 401


def test_using_it_writes_at_most_once_a_day(small: Talks, lend: Lend) -> None:
    program = lend("mediator")
    program.get(LIST)
    token = Token.objects.get()
    assert token.last_used_on == timezone.now().date()


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """Everything that production would log."""
    formatter = dict(logging_config(level="DEBUG", is_readable=False)["formatters"]["structured"])
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(formatter.pop("()")(**formatter))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler.stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_no_log_quotes_it(small: Talks, mediator: Client, said: io.StringIO) -> None:
    secret = make(mediator).json()["secret"]
    program = Client(headers={"authorization": f"Bearer {secret}"}, raise_request_exception=False)
    for address in (STATE, f"{TOKENS}?token={secret}", f"/api/v1/{secret}/", LIST):
        program.get(address)
    Client(headers={"authorization": f"Bearer {secret}x"}).get(STATE)
    assert "ctt_" not in said.getvalue()
    assert said.getvalue()
