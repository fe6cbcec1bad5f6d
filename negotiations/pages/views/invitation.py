"""The page behind the link of an invitation: make an account or sign in, and take the seat."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from negotiations.access.viewer import viewer_for
from negotiations.models import Invitation, User
from negotiations.pages.accounts.limited import address, limited
from negotiations.pages.forms.account import JoinForm
from negotiations.pages.frame import Crumb, show
from negotiations.rules.attempts import LINK_ADDRESS
from negotiations.rules.codes import Marking
from negotiations.rules.errors import RuleError
from negotiations.selectors.invitations import invitation_behind
from negotiations.services.account import has_account, make_account
from negotiations.services.invitation import InvitationOver, check_standing, take_seat


@limited((LINK_ADDRESS, address))
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_page(request: HttpRequest, secret: str) -> HttpResponse:
    """What is offered; an unknown link and one that is over look the same."""
    offer = invitation_behind(secret)
    try:
        if offer is None:
            raise InvitationOver("")
        check_standing(offer, timezone.now())
    except RuleError:
        return _show(request, None, None, status=404)
    is_joining = request.method == "POST" and not request.user.is_authenticated and not has_account(offer.email)
    form = JoinForm(request.POST if is_joining else None)
    if request.method == "POST" and _took(request, offer, form, is_joining=is_joining):
        messages.success(request, _("You have the seat."))
        return redirect("overview", offer.negotiation.slug)
    return _show(request, offer, form, status=422 if form.errors else 200)


def _took(request: HttpRequest, offer: Invitation, form: JoinForm, *, is_joining: bool) -> bool:
    """Whether the seat was taken, by a new account or the one signed in; refusals stand on the form."""
    visitor = request.user
    if is_joining and not form.is_valid():
        return False
    if not is_joining and not isinstance(visitor, User):
        return False
    try:
        with transaction.atomic():
            person = _join(offer, form) if not isinstance(visitor, User) else visitor
            take_seat(offer, person, now=timezone.now())
    except RuleError as refused:
        _refuse(request, form, refused.message, is_joining=is_joining)
        return False
    except ValidationError as refused:
        form.add_error("password", refused.messages)
        return False
    if is_joining:
        _sign_in(request, person)
    return True


def _refuse(request: HttpRequest, form: JoinForm, message: str, *, is_joining: bool) -> None:
    if is_joining:
        form.add_error(None, message)
    else:
        messages.error(request, message)


def _join(offer: Invitation, form: JoinForm) -> User:
    return make_account(email=offer.email, language=get_language() or "en", **form.cleaned_data)


def _sign_in(request: HttpRequest, person: User) -> None:
    get_adapter().login(request, person)
    UserSession.objects.create_from_request(request)


def _show(request: HttpRequest, offer: Invitation | None, form: JoinForm | None, *, status: int) -> HttpResponse:
    crumbs = [Crumb(_("Invitation"))]
    context: dict[str, Any] = {"offer": offer, "form": form, "crumbs": crumbs, "section": "invitation"}
    if offer is not None:
        is_public = offer.negotiation.published and offer.negotiation.marking == Marking.CLEAR
        context |= {"is_public": is_public, "has_account": has_account(offer.email)}
    response = show(request, "pages/invitation.html", context, viewer=viewer_for(request.user), status=status)
    response["Cache-Control"] = "private, no-store"
    # The address is the key, and goes to no other site. Told to none at all, a browser hides where the form comes
    # from as well, and its sending is refused.
    response["Referrer-Policy"] = "same-origin"
    return response
