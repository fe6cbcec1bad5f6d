"""Addresses that only take a form: where they lead anybody who comes without one, or without a session."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from negotiations.models import Draft

from .drafting import address_of, park_for, sent_before
from .once import owner_of

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
                return signed_out(request, address)
            if request.method != "POST":
                return redirect(address)
            return view(request, slug, ref, **more)

        wrapped.needs_sign_in = True  # type: ignore[attr-defined]  # read below, where the form is refused
        return wrapped

    return wrap


def for_signed_in(view: View) -> View:
    """Let a view be used by signed-in people; a form of somebody signed out meanwhile is parked for them."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return signed_out(request, request.get_full_path())
        return view(request, *args, **more)

    wrapped.needs_sign_in = True  # type: ignore[attr-defined]
    return wrapped


def signed_out(request: HttpRequest, address: str) -> HttpResponse:
    """To the log-in, with what was typed parked for the person the form was made for.

    The form says, signed by us, whose it is: whoever signs in next on the same browser gets nothing of it.
    """
    if request.method != "POST":
        return redirect_to_login(address)
    owner = owner_of(request)
    if owner is None:
        return _to_log_in(request, address)
    messages.warning(request, park_for(request, owner, request.POST.get("called", "")))
    draft = sent_before(owner, request.POST.get("once", ""))
    return redirect_to_login(_with_draft(address_of(request) if "page" in request.POST else address, draft))


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django names it
    """A form without its token: nothing was saved; where that takes a session, whoever has none logs in."""
    match = request.resolver_match
    if match and getattr(match.func, "needs_sign_in", False) and not request.user.is_authenticated:
        return _to_log_in(request, request.path)
    return render(request, "403_csrf.html", status=403)


def _with_draft(address: str, draft: Draft | None) -> str:
    if draft is None:
        return address
    path, _mark, query = address.partition("?")
    kept = "&".join(part for part in query.split("&") if part and not part.startswith("draft="))
    return f"{path}?{kept}{'&' if kept else ''}{urlencode({'draft': str(draft.public_id)})}"


def _to_log_in(request: HttpRequest, address: str) -> HttpResponse:
    if request.method == "POST":
        messages.warning(
            request, _("You are not signed in, so nothing was saved. Your browser's Back leads to what you typed.")
        )
    return redirect_to_login(address)
