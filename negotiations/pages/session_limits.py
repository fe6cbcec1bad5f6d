"""Ends sessions that nobody used for long, and each of them in the end, however much it was used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

BEGAN, USED = "began", "used"
# A session's last use is noted so many times in the stretch after which it ends, not at each request.
NOTED = 12
# One for everybody: who asks is not looked at, not even for this.
FRAMES = ("/embed/", "/ar/embed/")


class SessionLimitsMiddleware:
    """Signs out whoever comes with a session that is over; the page then says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            is_frame = request.path_info.startswith(FRAMES)
            if not is_frame and request.session.session_key and SESSION_KEY in request.session:
                use(request)
        except (OperationalError, InterfaceError):
            # The view meets the same outage and says so.
            pass
        return self.get_response(request)


def use(request: HttpRequest) -> None:
    """Note that the session is used, or end it."""
    now = int(timezone.now().timestamp())
    began, used = request.session.get(BEGAN), request.session.get(USED)
    if began is None or used is None:
        begin(request)
    elif now - used > settings.SESSION_IDLE_S or now - began > settings.SESSION_COOKIE_AGE:
        logout(request)
        messages.warning(request, _("Your session is over; sign in again to go on."))
    elif now - used > settings.SESSION_IDLE_S // NOTED:
        request.session[USED] = now


def begin(request: HttpRequest, **_more: Any) -> None:
    """Note when the session began; also receives the signal of a sign-in."""
    request.session[BEGAN] = request.session[USED] = int(timezone.now().timestamp())
