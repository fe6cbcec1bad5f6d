"""Signing in, one-click sign-in for the demonstration's cast, and the theme."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from negotiations.access.viewer import viewer_for
from negotiations.demo.cast import CAST
from negotiations.models import User
from negotiations.pages.frame import Crumb, show
from negotiations.pages.loopback import is_at_this_machine

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
YEAR = 365 * 24 * 3600


class SignInView(LoginView):  # type: ignore[misc]  # the framework brings no types
    """The log-in page; a demonstration on this very machine offers its cast as well."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cast = CAST if offers_cast(self.request) else ()
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {"cast": cast}


def offers_cast(request: HttpRequest) -> bool:
    return bool(settings.DEMO) and is_at_this_machine(request)


@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the cast, or 404 anywhere but at the machine that shows the demonstration."""
    if not offers_cast(request):
        raise Http404
    names = [person.username for person in CAST]
    person = get_object_or_404(User, username=request.POST.get("person", ""), username__in=names, is_active=True)
    login(request, person, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    return HttpResponseRedirect(_safe(request, "/"))


@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme on this browser; "auto" follows the system again.

    The choice has a page of its own, so that reading pages carry no form and stay the same byte for byte.
    """
    if request.method != "POST":
        context = {"next": request.GET.get("next", ""), "section": "theme", "crumbs": [Crumb(_("Light or dark"))]}
        return show(request, "pages/theme.html", context, viewer=viewer_for(request.user))
    response = redirect(_safe(request, "/"))
    chosen = request.POST.get("theme", "")
    if chosen in ("light", "dark"):
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def _safe(request: HttpRequest, default: str) -> str:
    to = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if is_safe else default
