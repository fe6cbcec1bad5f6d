"""Addresses that only take a form: where they lead anybody who comes without one, or without a session."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]


def posted_from(page: str) -> Callable[[View], View]:
    """Let a view take posts of signed-in people; everybody else comes to the page the form is on.

    Nobody learns from it whether that page exists: anybody without a session is sent to log in first.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, slug: str, ref: str, **more: Any) -> HttpResponse:
            address = reverse(page, args=[slug, ref])
            if not request.user.is_authenticated:
                return _to_log_in(request, address)
            if request.method != "POST":
                return redirect(address)
            return view(request, slug, ref, **more)

        wrapped.needs_sign_in = True  # type: ignore[attr-defined]  # read below, where the form is refused
        return wrapped

    return wrap


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django names it
    """A form without its token: nothing was saved; where that takes a session, whoever has none logs in."""
    match = request.resolver_match
    if match and getattr(match.func, "needs_sign_in", False) and not request.user.is_authenticated:
        return _to_log_in(request, request.path)
    return render(request, "403_csrf.html", status=403)


def _to_log_in(request: HttpRequest, address: str) -> HttpResponse:
    if request.method == "POST":
        messages.warning(
            request, _("You are not signed in, so nothing was saved. Your browser's Back leads to what you typed.")
        )
    return redirect_to_login(address)
