"""Leads whoever must have a second factor to setting it up, before any other page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from negotiations.access.second_factor import needs_second_factor

# What a person needs to set one up, to leave, to end an alert from a mail, or to read without a seat what words
# mean. Programs are told by the interface for programs itself.
OPEN = frozenset({"login", "logout", "demo-sign-in", "theme", "help-statuses", "healthz", "readyz", "unsubscribe"})
OPEN_BEGINNINGS = ("mfa_", "account_reauthenticate", "account_logout")


class SecondFactorMiddleware:
    """Redirects to the second step's page as long as a seat asks for one that is not set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _named: Any) -> HttpResponse | None:
        if not settings.MFA_REQUIRED_ROLES or is_open(request):
            return None
        try:
            must = needs_second_factor(request.user)
        except (OperationalError, InterfaceError):
            # The view meets the same outage and says so.
            return None
        if not must:
            return None
        messages.warning(request, _("Your role here needs a second step at signing in. Set one up to go on."))
        return redirect("mfa_index")


def is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    return request.path.startswith("/api/") or name in OPEN or name.startswith(OPEN_BEGINNINGS)
