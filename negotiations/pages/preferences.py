"""A person's own clock and digits on every page."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from negotiations.models import User
from negotiations.rules.page_digits import with_arabic_digits

# Of these nothing depends on who asks, or they have a way of their own; a frame is one for everybody.
ELSEWHERE = ("/api/", "/healthz", "/readyz", "/static/", "/admin/", "/embed/", "/ar/embed/")


class PreferencesMiddleware:
    """Shows moments outside a negotiation in the person's zone, and Arabic pages in the digits they chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = None if request.path.startswith(ELSEWHERE) else person_of(request)
        if person is None:
            return self.get_response(request)
        with timezone.override(ZoneInfo(person.time_zone)):
            response = self.get_response(request)
        if person.digits == "arabic" and translation.get_language() == "ar" and is_page(response):
            response.content = with_arabic_digits(response.content.decode()).encode()
        return response


def person_of(request: HttpRequest) -> User | None:
    """Who is signed in; nobody while the database is away, which the view then says."""
    try:
        return request.user if request.user.is_authenticated else None
    except (OperationalError, InterfaceError):
        return None


def is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.get("Content-Type", "").startswith("text/html")
