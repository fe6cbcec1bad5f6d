"""The people of a negotiation: who is seated; the lead invites, changes seats and ends them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from negotiations.access.doors import require
from negotiations.models import Membership, Organisation
from negotiations.pages.forms.seat import EndForm, InviteForm, SeatForm
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.saving import signed_in
from negotiations.rules.attempts import INVITATIONS
from negotiations.rules.codes import Marking
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import sees_people
from negotiations.rules.permissions import may
from negotiations.selectors.invitations import invitation_of, open_invitations
from negotiations.selectors.members import former_members_of, member_of, members_of, organisations_of
from negotiations.services.act import Act
from negotiations.services.attempts import count_attempt
from negotiations.services.conflict import VersionConflict
from negotiations.services.invitation import invite, withdraw_invitation
from negotiations.services.membership import change_membership, end_membership
from negotiations.services.organisation import register_organisation

INVITE, CHANGE, END = "membership.granted", "membership.changed", "membership.ended"


@require_safe
@login_required
def people_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is seated, for members cleared to TLP:AMBER; invitations for the lead alone."""
    with visit(request, slug, tells_of_now=True) as opened:
        seat = opened.viewer.seat_in(opened.negotiation.pk)
        if not sees_people(seat):
            raise PermissionDenied(_("Your role in this negotiation does not allow this."))
        return _people(request, opened, None)


@require_POST
@login_required
def invite_page(request: HttpRequest, slug: str) -> HttpResponse:
    with visit(request, slug, tells_of_now=True) as opened:
        require(opened.viewer, opened.negotiation, INVITE)
        form = _invite_form(opened, request.POST)
        if form.is_valid() and _saved(form, lambda: _invite(request, opened, form.cleaned_data)):
            messages.success(request, _("The invitation is on its way."))
            return redirect("people", slug)
        return _people(request, opened, form, status=422)


@require_POST
@login_required
def withdraw_page(request: HttpRequest, slug: str, invitation: UUID) -> HttpResponse:
    with visit(request, slug, tells_of_now=True) as opened:
        require(opened.viewer, opened.negotiation, INVITE)
        offer = invitation_of(opened.negotiation, invitation)
        if offer is None:
            raise Http404(_("There is nothing here."))
        withdraw_invitation(offer)
        messages.success(request, _("The invitation is withdrawn."))
        return redirect("people", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def member_page(request: HttpRequest, slug: str, member: UUID) -> HttpResponse:
    """One seat: change its role and clearance, or end it."""
    with visit(request, slug, tells_of_now=True) as opened:
        require(opened.viewer, opened.negotiation, CHANGE)
        row = _member(opened, member)
        sent = request.POST if request.method == "POST" else None
        ends = sent is not None and sent.get("what") == "end"
        change = _seat_form(opened, None if ends else sent, row)
        end = EndForm(sent if ends else None, prefix="end")
        form = end if ends else change
        if sent is not None and form.is_valid() and _saved(form, lambda: _change(request, row, form, ends=ends)):
            messages.success(request, _("The seat is ended.") if ends else _("The seat is changed."))
            return redirect("people", slug)
        context = {"member": row, "form": change, "end": end, "version": row.version}
        crumbs = (Crumb(_("People"), reverse("people", args=[slug])), Crumb(str(row.user)))
        return _show(request, opened, "pages/member.html", context, *crumbs, status=422 if sent is not None else 200)


def _people(request: HttpRequest, opened: Visit, form: InviteForm | None, *, status: int = 200) -> HttpResponse:
    seat = opened.viewer.seat_in(opened.negotiation.pk)
    manages = may(seat.role if seat else None, INVITE)
    context: dict[str, Any] = {"members": members_of(opened.negotiation), "manages": manages}
    if manages:
        context |= {
            "form": form or _invite_form(opened, None),
            "invitations": open_invitations(opened.negotiation, timezone.now()),
            "former": former_members_of(opened.negotiation)[:20],
        }
    return _show(request, opened, "pages/people.html", context, Crumb(_("People")), status=status)


def _show(
    request: HttpRequest, opened: Visit, template: str, context: dict[str, Any], *crumbs: Crumb, status: int
) -> HttpResponse:
    frame = {"head": opened.head, "section": "people", "crumbs": opened.crumbs(*crumbs)}
    return show(request, template, frame | context, viewer=opened.viewer, status=status)


def _invite_form(opened: Visit, sent: Any) -> InviteForm:
    seat = opened.viewer.seats[opened.negotiation.pk]
    return InviteForm(
        sent,
        up_to=seat.clearance,
        organisations=organisations_of(opened.negotiation),
        initial={"clearance": Marking.AMBER, "language": get_language()},
    )


def _seat_form(opened: Visit, sent: Any, row: Membership) -> SeatForm:
    seat = opened.viewer.seats[opened.negotiation.pk]
    return SeatForm(sent, up_to=seat.clearance, initial={"role": row.role, "clearance": row.clearance})


def _member(opened: Visit, member: UUID) -> Membership:
    row = member_of(opened.negotiation, member)
    if row is None:
        raise Http404(_("There is nothing here."))
    return row


def _saved(form: Any, act: Callable[[], object]) -> bool:
    """Whether the act went through; what a rule refused is said on the form."""
    try:
        act()
    except VersionConflict:
        form.add_error(None, _("Somebody changed this seat meanwhile. Look at it again and send once more."))
    except RuleError as refused:
        named = {name: text for name, text in refused.fields.items() if name in form.fields}
        for name, text in named.items():
            form.add_error(name, text)
        if not named:
            form.add_error(None, refused.message)
    except ValidationError as refused:
        form.add_error(None, " ".join(refused.messages))
    return not form.errors


def _invite(request: HttpRequest, opened: Visit, data: dict[str, Any]) -> None:
    act = Act(actor=signed_in(request), reason=data["reason"])
    count_attempt(INVITATIONS, str(act.actor.pk) if act.actor else "")
    with transaction.atomic():
        organisation = data["organisation"] or _organisation(act, data["new_organisation"].strip())
        invite(
            act=act,
            negotiation=opened.negotiation,
            email=data["email"],
            organisation=organisation,
            role=data["role"],
            clearance=data["clearance"],
            language=data["language"],
            link=lambda secret: _link(request, secret, data["language"]),
        )


def _organisation(act: Act, name: str) -> Organisation:
    found = Organisation.objects.filter(name__iexact=name).first()
    return found or register_organisation(act=Act(actor=act.actor, reason=act.reason), name=name)


def _link(request: HttpRequest, secret: str, language: str) -> str:
    return request.build_absolute_uri(translate_url(reverse("invitation", args=[secret]), language))


def _change(request: HttpRequest, row: Membership, form: Any, *, ends: bool) -> None:
    act = Act(actor=signed_in(request), reason=form.cleaned_data["reason"])
    version = int(request.POST.get("version", "")) if request.POST.get("version", "").isdecimal() else 0
    if ends:
        end_membership(row, act=act, version=version)
    else:
        data = form.cleaned_data
        change_membership(row, act=act, version=version, role=data["role"], clearance=data["clearance"])
