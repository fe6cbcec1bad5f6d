"""The page of one condition, and what may be done there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.doors import one, require
from negotiations.models import Condition, Entry
from negotiations.pages.drafting import forget, park_form
from negotiations.pages.editing import confirm_form, update_form
from negotiations.pages.forms.condition import ConfirmForm, UpdateForm
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.once import keep_for, saved_once, see_other
from negotiations.pages.picking import pick
from negotiations.pages.posting import posted_from
from negotiations.pages.saving import save_check, save_update, signed_in, words_for
from negotiations.pages.threeway import Conflict, conflict_of
from negotiations.pages.watch_button import watch_button
from negotiations.rules.errors import RuleError
from negotiations.rules.permissions import may
from negotiations.selectors.condition_page import condition_page
from negotiations.selectors.evidence import newest_evidence
from negotiations.selectors.last_time import base_rate_note, last_time
from negotiations.selectors.proposed_findings import waiting_findings
from negotiations.selectors.reckoning import reckon
from negotiations.services.act import Act
from negotiations.services.conflict import VersionConflict
from negotiations.services.correction import undo

CHANGE = "condition.status_changed"
CHECK = "condition.checked"


@require_safe
def show_condition(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    with visit(request, slug) as opened:
        return _page(opened, pick(opened, Condition, ref))


@posted_from("condition")
def update(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    with visit(request, slug) as opened:
        row = pick(opened, Condition, ref)
        require(opened.viewer, opened.negotiation, CHANGE)
        if "park" in request.POST:
            return _park(opened, row)
        form = update_form(opened, row, request.POST)
        if not form.is_valid():
            return _page(opened, row, form=form, status=422)
        try:
            return _saved(opened, row, lambda: words_for(save_update(request, row, form), row.ref))
        except VersionConflict as lost:
            return _page(opened, row, form=form, conflict=conflict_of(opened, row, lost), status=409)
        except RuleError as refused:
            form.refuse(refused.message, refused.fields)
            return _page(opened, row, form=form, status=422)


@posted_from("condition")
def confirm(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    with visit(request, slug) as opened:
        row = pick(opened, Condition, ref)
        require(opened.viewer, opened.negotiation, CHECK)
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return _page(opened, row, check=form, status=422)
        try:
            return _saved(opened, row, lambda: _checked(request, row, form))
        except VersionConflict as lost:
            return _page(opened, row, check=form, conflict=conflict_of(opened, row, lost), status=409)
        except RuleError as refused:
            form.refuse(refused.message, refused.fields)
            return _page(opened, row, check=form, status=422)


def _checked(request: HttpRequest, row: Condition, form: ConfirmForm) -> str:
    save_check(request, row, form)
    return _("%(ref)s confirmed as still true.") % {"ref": row.ref}


def _saved(opened: Visit, row: Condition, save: Callable[[], str]) -> HttpResponse:
    """Save once, say how it went, and go to the page; the same form sent again shows what it saved."""
    request, user = opened.request, signed_in(opened.request)
    said: list[str] = []

    def do() -> str:
        said.append(save())
        return reverse("condition", args=[opened.head.slug, row.ref])

    address, is_again = saved_once(request, user, do)
    forget(request, user)
    messages.success(request, _("This was saved already.") if is_again else said[0])
    return see_other(address)


def _park(opened: Visit, row: Condition) -> HttpResponse:
    user = signed_in(opened.request)
    try:
        park_form(opened.request, user, title=f"{row.ref} {row.title}", negotiation=opened.negotiation)
    except RuleError as refused:
        messages.error(opened.request, refused.message)
        return _page(opened, row, form=update_form(opened, row, opened.request.POST), status=422)
    messages.success(opened.request, _("Kept as a draft."))
    return see_other(reverse("drafts"))


@posted_from("condition")
def undo_update(request: HttpRequest, slug: str, ref: str, entry: UUID) -> HttpResponse:
    with visit(request, slug) as opened:
        row = pick(opened, Condition, ref)
        require(opened.viewer, opened.negotiation, "entry.undone")
        told = one(Entry.objects.visible_to(opened.viewer), public_id=entry, subject_id=row.public_id)
        try:
            undo(told, act=Act(actor=signed_in(request), reason=_("Taken back by its author.")))
        except RuleError as refused:
            messages.error(request, refused.message)
            return _back(slug, ref)
        messages.success(request, _("The last change was taken back; both entries stay in the record."))
        return _back(slug, ref)


def _page(
    opened: Visit,
    row: Condition,
    *,
    form: UpdateForm | None = None,
    check: ConfirmForm | None = None,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    seat = opened.viewer.seat_in(opened.negotiation.pk)
    may_edit = not opened.head.is_past and may(seat.role if seat else None, CHANGE)
    page = condition_page(opened.scene, reckon(opened.scene, newest_evidence(opened.scene)), row)
    conditions = reverse("conditions", args=[opened.head.slug]) + opened.head.query
    context = {
        "page": page,
        "findings": [] if opened.head.is_past else waiting_findings(row.pk, viewer=opened.viewer),
        "last_time": last_time(opened.scene, row),
        "base_rate": base_rate_note(row.category),
        "head": opened.head,
        "section": "conditions",
        "form": (form or update_form(opened, row)) if may_edit else None,
        "check": (check or confirm_form(opened, row)) if may_edit else None,
        "keep": keep_for(opened.request),
        "watch": watch_button(opened, row),
        "conflict": conflict,
        "undo": _undoable(opened, row) if may_edit else None,
        "crumbs": opened.crumbs(Crumb(_("Conditions"), conditions), Crumb(page.line.ref)),
    }
    return show(opened.request, "pages/condition.html", context, viewer=opened.viewer, status=status)


def _undoable(opened: Visit, row: Condition) -> dict[str, Any] | None:
    """The address that takes the reader's own last change back, while it is the last."""
    entries = Entry.objects.visible_to(opened.viewer).filter(subject_id=row.public_id, subject_version__isnull=False)
    last = entries.order_by("-seq").first()
    if last is None or last.actor_id != opened.viewer.user_id or last.verb not in (CHANGE, CHECK):
        return None
    return {"action": reverse("undo", args=[opened.head.slug, row.ref, last.public_id]), "entry": last.public_id}


def _back(slug: str, ref: str) -> HttpResponse:
    response = redirect("condition", slug, ref)
    response.status_code = 303
    return response
