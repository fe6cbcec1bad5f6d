"""Logs tell of requests and errors without a word of what they were about."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from tracker.logs import RequestLogMiddleware, logging_config


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """What reaches the log in the form that production writes."""
    formatter = dict(logging_config(level="INFO", is_readable=False)["formatters"]["structured"])
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(formatter.pop("()")(**formatter))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler.stream
    root.removeHandler(handler)
    root.setLevel(level)


def answer(request: HttpRequest) -> HttpResponse:
    request.resolver_match = ResolverMatch(answer, (), {}, route="n/<slug>/")
    return HttpResponse("fine")


def test_a_request_is_one_line_without_its_path_or_query(said: io.StringIO) -> None:
    response = RequestLogMiddleware(answer)(RequestFactory().get("/n/secret-talks/?q=hostage+list"))
    (line,) = said.getvalue().splitlines()
    found = json.loads(line)
    assert (found["route"], found["status"], found["method"]) == ("n/<slug>/", 200, "GET")
    assert found["request_id"] == response.headers["X-Request-ID"]
    assert "hostage" not in line
    assert "secret" not in line


def test_an_error_names_its_kind_and_lines_but_not_its_message(said: io.StringIO) -> None:
    try:
        int("the channel runs through Oslo")
    except ValueError:
        logging.getLogger("negotiations").exception("save failed")
    assert "Oslo" not in said.getvalue()
    found = json.loads(said.getvalue())
    assert found["exception"] == "builtins.ValueError"
    assert "test_logs.py" in found["lines"][-1]


def test_django_does_not_log_paths(said: io.StringIO) -> None:
    logging.getLogger("django.request").warning("Not Found: %s", "/n/secret-talks/")
    assert json.loads(said.getvalue())["event"] == "request_failed"
    assert "secret" not in said.getvalue()
