"""Slows down guessing: counts what is posted, and answers one attempt too many with when to try again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from math import ceil
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import unstash_login
from allauth.core.internal.ratelimit import truncate_ip
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from negotiations.access.viewer import viewer_for
from negotiations.pages.frame import Crumb, show
from negotiations.rules.attempts import Limit
from negotiations.services.attempts import TooManyAttempts, count_attempt, forgive_attempts

View = Callable[..., HttpResponse]
Whose = Callable[[HttpRequest], str]


def limited(*counted: tuple[Limit, Whose], on: str = "POST", forgives: bool = False) -> Callable[[View], View]:
    """Let a view be asked so often by one and the same; `forgives`: a redirect starts the first count anew."""

    def wrap(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if request.method != on:
                return view(request, *args, **named)
            try:
                for limit, whose in counted:
                    count_attempt(limit, whose(request))
            except TooManyAttempts as refused:
                return too_many(request, refused.again_at)
            response = view(request, *args, **named)
            if forgives and response.status_code == 302:
                forgive_attempts(counted[0][0], counted[0][1](request))
            return response

        return wrapped

    return wrap


def too_many(request: HttpRequest, again_at: datetime) -> HttpResponse:
    """429 with the moment from which on it may be tried again."""
    context = {"again_at": again_at, "crumbs": [Crumb(_("Too many attempts"))], "section": "account"}
    response = show(request, "account/too_many.html", context, viewer=viewer_for(request.user), status=429)
    response["Retry-After"] = str(max(1, ceil((again_at - timezone.now()).total_seconds())))
    return response


def address(request: HttpRequest) -> str:
    """Where the request comes from; a network's worth of IPv6 addresses is one."""
    return str(truncate_ip(get_adapter().get_client_ip(request)))


def account_and_address(request: HttpRequest) -> str:
    return f"{request.POST.get('login', '')[:254].strip()} {address(request)}"


def mailbox(request: HttpRequest) -> str:
    return request.POST.get("email", "")[:254]


def pending(request: HttpRequest) -> str:
    """The account whose password was right and whose second step is awaited."""
    login = unstash_login(request, peek=True)
    return str(login.user.pk) if login and login.user else f"nobody {address(request)}"


def person(request: HttpRequest) -> str:
    return str(request.user.pk) if request.user.is_authenticated else f"nobody {address(request)}"
