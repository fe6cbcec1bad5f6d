"""The pages on which people take a step: one view for every form of `forms.steps`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from negotiations.access.doors import find, one, require
from negotiations.models import Entry, MarkedItem, Tracked
from negotiations.pages.drafting import forget, park_form, type_again
from negotiations.pages.forms.base import ItemForm
from negotiations.pages.forms.entry import STEP as CORRECTION
from negotiations.pages.forms.entry import CorrectForm, can_be_corrected
from negotiations.pages.forms.fields import called
from negotiations.pages.forms.step import Step
from negotiations.pages.forms.steps import step_for
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.once import keep_for, saved_once, see_other
from negotiations.pages.posting import for_signed_in
from negotiations.pages.saving import save_step, signed_in, words_for
from negotiations.pages.threeway import Conflict, conflict_of
from negotiations.pages.whereabouts import address_of, page_of
from negotiations.rules.codes import Marking
from negotiations.rules.errors import NotPermitted, RuleError
from negotiations.selectors.item_kinds import kind_named
from negotiations.services.conflict import VersionConflict

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@for_signed_in
def make(request: HttpRequest, slug: str, noun: str) -> HttpResponse:
    """Make something new; a note is made on the item that the address names."""
    with visit(request, slug) as opened:
        about = _about(opened) if noun == "note" else None
        return _take(opened, _step(noun, "new"), about)


@require_http_methods(METHODS)
@for_signed_in
def change(request: HttpRequest, slug: str, noun: str, item: UUID, name: str) -> HttpResponse:
    with visit(request, slug) as opened:
        row = find(kind_named(noun), opened.viewer, opened.negotiation, public_id=item)
        step = _step(noun, name)
        if step.on is None or not step.applies(row):
            raise Http404(_("There is nothing here."))
        return _take(opened, step, row)


@require_http_methods(METHODS)
@for_signed_in
def change_negotiation(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    with visit(request, slug) as opened:
        step = _step("negotiation", name)
        if name == "new" or not step.applies(opened.negotiation):
            raise Http404(_("There is nothing here."))
        return _take(opened, step, opened.negotiation)


@require_http_methods(METHODS)
@for_signed_in
def correct_entry(request: HttpRequest, slug: str, entry: UUID) -> HttpResponse:
    with visit(request, slug) as opened:
        rows = Entry.objects.visible_to(opened.viewer).select_related("payload", "negotiation")
        told = one(rows, public_id=entry, negotiation=opened.negotiation)
        if not can_be_corrected(told):
            raise Http404(_("There is nothing here."))
        return _take(opened, CORRECTION, told)


def _step(noun: str, name: str) -> Step:
    step = step_for(noun, name)
    if step is None:
        raise Http404(_("There is nothing here."))
    return step


def _about(opened: Visit) -> MarkedItem:
    noun, _colon, key = opened.request.GET.get("about", "").partition(":")
    return find(kind_named(noun), opened.viewer, opened.negotiation, public_id=key)


def _take(opened: Visit, step: Step, item: Any) -> HttpResponse:
    """Show the form, or do what it says."""
    require(opened.viewer, opened.negotiation, step.verb)
    if opened.head.is_past:
        raise PermissionDenied(_("The past is read, not written; open the page as it is now."))
    form = _form(opened, step, item)
    if not form.is_bound:
        return _page(opened, step, form, item)
    if "park" in opened.request.POST:
        return _park(opened, step, form, item)
    if not form.is_valid():
        return _page(opened, step, form, item, status=422)
    return _save(opened, step, form, item)


def _form(opened: Visit, step: Step, item: Any) -> ItemForm:
    sent = opened.request.POST if opened.request.method == "POST" else None
    form = step.form(sent, initial=_initial(opened, step, item), viewer=opened.viewer, negotiation=opened.negotiation)
    if isinstance(form, CorrectForm):
        form.about(item, _subject(opened, item))
    elif isinstance(item, Tracked) and hasattr(form, "of"):
        form.of(item)
    if sent is None:
        type_again(form, opened.request)
    return form


def _subject(opened: Visit, entry: Entry) -> Tracked:
    if entry.subject_type == "negotiation":
        return opened.negotiation
    return find(kind_named(entry.subject_type), opened.viewer, opened.negotiation, public_id=entry.subject_id)


def _initial(opened: Visit, step: Step, item: Any) -> dict[str, Any]:
    """What the form starts with: the item as it is, or what the address names for a new one."""
    is_change = isinstance(item, Tracked) and not (step.noun == "note" and step.name == "new")
    if not is_change:
        asked = opened.request.GET
        named = {name: asked.getlist(name) if name == "conditions" else asked[name] for name in asked}
        # A field with a default of its own keeps it.
        own = step.form.base_fields.get("marking")
        return {"version": 0, **({"marking": Marking.CLEAR} if own is not None else {}), **named}
    names = [name for name in step.form.FACTS if hasattr(item, name)]
    return {"version": item.version, **{name: _present(item, name) for name in names}}


def _present(item: Tracked, name: str) -> Any:
    if item._meta.get_field(name).many_to_many:
        return list(getattr(item, name).all())
    return getattr(item, name)


def _save(opened: Visit, step: Step, form: ItemForm, item: Any) -> HttpResponse:
    request, user = opened.request, signed_in(opened.request)
    said: list[str] = []

    def do() -> str:
        saved = save_step(request, step, form, opened.negotiation, item)
        said.append(words_for(saved, getattr(saved, "ref", "")))
        return address_of(opened.negotiation, saved, fallback=item)

    try:
        address, is_again = saved_once(request, user, do)
    except VersionConflict as lost:
        conflict = conflict_of(opened, item, lost, form)
        return _page(opened, step, form, item, conflict=conflict, status=409)
    except NotPermitted as refused:
        raise PermissionDenied(refused.message) from None
    except RuleError as refused:
        form.refuse(refused.message, refused.fields)
        return _page(opened, step, form, item, status=422)
    forget(request, user)
    messages.success(request, _("This was saved already.") if is_again else said[0])
    return see_other(address)


def _park(opened: Visit, step: Step, form: ItemForm, item: Any) -> HttpResponse:
    title = f"{step.title}: {called(item)}" if isinstance(item, MarkedItem) else str(step.title)
    try:
        park_form(opened.request, signed_in(opened.request), title=title, negotiation=opened.negotiation)
    except RuleError as refused:
        form.add_error(None, refused.message)
        return _page(opened, step, form, item, status=422)
    messages.success(opened.request, _("Kept as a draft."))
    return see_other(reverse("drafts"))


def _page(
    opened: Visit,
    step: Step,
    form: ItemForm,
    item: Any,
    *,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    if form.is_bound:
        form.mark_invalid()
    about = item if isinstance(item, MarkedItem) else None
    back = page_of(opened.negotiation, about)
    steps = [Crumb(called(about), back)] if about is not None else []
    context = {
        "form": form,
        "step": step,
        "title": step.title,
        "about": called(about) if about is not None else "",
        "marking": about.marking if about is not None else "",
        "keep": keep_for(opened.request),
        "back": back,
        "conflict": conflict,
        "head": opened.head,
        "section": "write",
        "crumbs": opened.crumbs(*steps, Crumb(str(step.title))),
    }
    return show(opened.request, "pages/write.html", context, viewer=opened.viewer, status=status)
