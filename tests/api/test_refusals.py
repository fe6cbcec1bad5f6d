"""Every refusal is problem+json with a stable code; bad input is never a 500 and never HTML."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, InternalError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations.api.verbs import condition as condition_verbs
from tests.factories import Talks

from .calls import LIST, STATE, change, condition_url, post, status_url

MEMBERS = {"type", "title", "status", "detail", "code", "errors", "request_id"}


def test_a_refusal_has_the_members_of_the_standard(small: Talks, anybody: Client) -> None:
    response = anybody.get("/api/v1/negotiations/nowhere/")
    found = response.json()
    assert response.headers["Content-Type"] == "application/problem+json"
    assert set(found) == MEMBERS
    assert (found["code"], found["title"], found["status"]) == ("not_found", "Not Found", 404)
    assert found["request_id"] == response.headers["X-Request-ID"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"7", b'"met"', b"\xff\xfe", b'{"status": NaN}', b'{"reason": "\\ud800"}',
        b"[" * 100_000, b'{"a":' * 50_000, b'{"status": "met", "status": ' + b"9" * 5000 + b"}", b"<html>",
    ],
)  # fmt: skip
def test_garbage_is_refused_with_400(small: Talks, mediator: Client, body: bytes) -> None:
    headers = {"if-match": '"v1-0"'}
    response = mediator.post(status_url(small.withdrawal), body, content_type="application/json", headers=headers)
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")


def test_a_body_without_end_is_refused(small: Talks, mediator: Client) -> None:
    response = post(mediator, small.withdrawal, change(reason="x" * 3_000_000), version=1)
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_what_is_not_json_is_refused(small: Talks, mediator: Client, kind: str) -> None:
    headers = {"if-match": '"v1-0"'}
    response = mediator.post(status_url(small.withdrawal), b"status=met", content_type=kind, headers=headers)
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("tag", ["7", '"7"', "v7", '"v99999999999999"', '"v1-0", "v2-0"', '"v-1"', "\u0661"])
def test_a_tag_that_is_none_is_refused(small: Talks, mediator: Client, tag: str) -> None:
    headers = {"if-match": tag.encode().decode("latin-1")}
    response = mediator.post(status_url(small.withdrawal), change(), content_type="application/json", headers=headers)
    assert (response.status_code, response.json()["code"]) == (400, "invalid_if_match")


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1e2", "", "9" * 50, "\u0663"])
def test_a_limit_out_of_range_is_refused(db: None, anybody: Client, limit: str) -> None:
    response = anybody.get(LIST, {"limit": limit})
    assert (response.status_code, response.json()["code"]) == (400, "invalid_limit")


def test_a_verb_that_is_none_is_refused(small: Talks, anybody: Client) -> None:
    response = anybody.put(STATE, "{}", content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("refused", [IntegrityError("x"), InternalError("x")])
def test_what_the_database_refuses_is_a_conflict_and_quotes_nothing(
    small: Talks, mediator: Client, monkeypatch: pytest.MonkeyPatch, refused: Exception
) -> None:
    class Raised(Exception):
        pgcode = "P0001"

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise refused from Raised("SECRET")

    monkeypatch.setattr(condition_verbs, "change_condition_status", refuse)
    response = post(mediator, small.withdrawal, change(), version=1)
    assert (response.status_code, response.json()["code"]) == (409, "database_conflict")


def test_what_nobody_foresaw_says_nothing_but_its_id(
    small: Talks, mediator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise KeyError("SECRET")

    mediator.raise_request_exception = False
    monkeypatch.setattr(condition_verbs, "change_condition_status", fail)
    response = post(mediator, small.withdrawal, change(), version=1)
    assert (response.status_code, response.headers["Content-Type"]) == (500, "application/problem+json")
    assert set(response.json()) == MEMBERS
    assert b"SECRET" not in response.content


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from([*sorted(change()), "no_source_reason", "effective_at", "verification", "value", "waived_by"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.dictionaries(names, json_values, min_size=1, max_size=4))
def test_any_field_of_any_type_is_answered_in_kind(small: Talks, mediator: Client, sent: dict[str, object]) -> None:
    response = post(mediator, small.withdrawal, change(**sent), version=99)
    assert response.status_code in (400, 412)
    assert response.headers["Content-Type"] == "application/problem+json"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(st.sampled_from(["as_of", "lang", "cursor", "limit", "format"]), st.text(max_size=30)))
def test_any_query_is_answered_in_kind(small: Talks, anybody: Client, query: dict[str, str]) -> None:
    for address in (LIST, STATE, condition_url(small.release)):
        response = anybody.get(address, {name: value.encode("utf-8", "replace") for name, value in query.items()})
        assert response.status_code in (200, 400)
        assert response.headers["Content-Type"].startswith("application/")
