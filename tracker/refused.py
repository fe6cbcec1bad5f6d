"""Requests that no view gets to answer: said in the caller's form, after what was sent has been taken in."""

from __future__ import annotations

import time
from collections.abc import Callable

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

from negotiations.api.errors import MEDIA_TYPE, Problem, problem_document, problem_of
from negotiations.rules.marking import ANYBODY

PROGRAMS = "/api/"
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# Whoever sends more, or more slowly, loses the connection before the answer.
TAKEN_IN_BYTES, TAKEN_IN_SECONDS = 128 * 1024 * 1024, 20
CHUNK = 256 * 1024


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A host that is not ours, a body beyond the limits, a moment that cannot be asked about."""
    if request.path_info.startswith(PROGRAMS):
        found = problem_of(exception, ANYBODY)
        return problem(request, found if isinstance(found, APIException) else APIException())
    if isinstance(exception, TOO_MUCH):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw, outside of every view."""
    if request.path_info.startswith(PROGRAMS):
        return problem(request, APIException())
    return render(request, "500.html", status=500)


class PlainHttpMiddleware:
    """Refuse programs over plain http: led on to https, they would send their token in the clear each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and request.path_info.startswith(PROGRAMS) and not request.is_secure():
            return problem(request, Problem(403, "https_required", _("Ask by https.")))
        return self.get_response(request)


def problem(request: HttpRequest, refusal: APIException) -> HttpResponse:
    document = problem_document(refusal, request_id=getattr(request, "request_id", ""))
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(orjson.dumps(document), status=refusal.status_code, content_type=MEDIA_TYPE, headers=headers)


class TakeInMiddleware:
    """Read the rest of what was refused: a server that closes on an unread body resets the connection."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 400:
            take_in(request)
        return response


def take_in(request: HttpRequest) -> None:
    """Read the body to its end and keep nothing; stop at what TAKEN_IN_BYTES and TAKEN_IN_SECONDS say."""
    until, left = time.monotonic() + TAKEN_IN_SECONDS, TAKEN_IN_BYTES
    try:
        while left > 0 and time.monotonic() < until and (chunk := request.read(CHUNK)):
            left -= len(chunk)
    except UnreadablePostError:
        return
