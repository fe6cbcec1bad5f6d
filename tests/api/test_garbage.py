"""Whatever a caller sends in filters, cursors and headers: problem details, never an error of ours."""

from __future__ import annotations

from typing import Any

from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations.api.resources import RESOURCES
from tests.factories import Talks

from .nouns import ROOT

NAMES = sorted({name for one in RESOURCES.values() for name in one.filter_names})
PAGING = ["as_of", "cursor", "limit", "count", "fields", "omit", "format", "lang"]
NASTY = st.sampled_from(
    [
        "", " ", "\x00", "a\x00b", "9" * 400, "-1", "0", "1e999", "NaN", "٣", "%", "_", "\\", "'", '"', "\u202e",
        "\ud800",
        "0001-01-01", "9999-12-31", "9999-12-31T23:59:59-23:59", "2025-02-30", "2025-10-10T10:00:00+99:99", "null",
        "true", "me", "C1", "S", "()", "{}", "../", "x" * 5000,
    ]
)  # fmt: skip
TEXT = NASTY | st.text(max_size=40) | st.uuids().map(str) | st.datetimes().map(str) | st.integers().map(str)
CALM = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)


def check(response: Any) -> None:
    assert response.status_code in (200, 304, 400, 404), response.content
    if response.status_code >= 400:
        assert response.headers["Content-Type"] == "application/problem+json"
    elif response.streaming:
        b"".join(response.streaming_content)


def sendable(text: str) -> str:
    """Half a surrogate cannot be sent at all; whatever else can."""
    return text.encode("utf-8", "replace").decode()


@CALM
@given(
    noun=st.sampled_from(list(RESOURCES)),
    query=st.dictionaries(st.sampled_from([*NAMES, *PAGING]) | TEXT, TEXT, max_size=3),
)
def test_any_query_is_answered_or_refused(small: Talks, mediator: Client, noun: str, query: dict[str, str]) -> None:
    query = {
        name.encode("utf-8", "replace").decode(): value.encode("utf-8", "replace").decode()
        for name, value in query.items()
    }
    check(mediator.get(f"{ROOT}{RESOURCES[noun].plural}/", query))


@CALM
@given(noun=st.sampled_from(list(RESOURCES)), data=st.data())
def test_any_value_of_a_filter_is_answered_or_refused(small: Talks, mediator: Client, noun: str, data: Any) -> None:
    one = RESOURCES[noun]
    name = data.draw(st.sampled_from(one.filter_names))
    value = sendable(data.draw(TEXT))
    then = data.draw(st.sampled_from([{}, {"as_of": "2025-10-12"}, {"format": "csv"}]))
    check(mediator.get(f"{ROOT}{one.plural}/", {name: value, **then}))


@CALM
@given(ref=TEXT, noun=st.sampled_from([noun for noun in RESOURCES if RESOURCES[noun].named_by]))
def test_any_ref_is_found_or_not(small: Talks, mediator: Client, noun: str, ref: str) -> None:
    quoted = "".join(f"%{byte:02X}" for byte in ref.encode("utf-8", "replace"))
    check(mediator.get(f"{ROOT}{RESOURCES[noun].plural}/{quoted}/"))


@CALM
@given(etag=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60), language=st.text(max_size=20))
def test_any_header_is_read_or_passed_over(small: Talks, mediator: Client, etag: str, language: str) -> None:
    language = language.encode("ascii", "replace").decode().replace("\n", " ").replace("\r", " ")
    headers = {"if-none-match": etag, "accept-language": language}
    check(mediator.get(f"{ROOT}claims/", headers=headers))
