"""What may be recorded or changed: in a negotiation, on an item, and on an entry of the record."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.doors import find, one, require
from negotiations.models import Entry, MarkedItem
from negotiations.pages.actions import (
    Action,
    beside_actions,
    item_actions,
    may_take,
    new_actions,
    whole_actions,
)
from negotiations.pages.forms.entry import can_be_corrected
from negotiations.pages.forms.fields import called
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.posting import for_signed_in
from negotiations.pages.whereabouts import page_of
from negotiations.selectors.item_kinds import kind_named

Sections = list[tuple[str, list[Action]]]


@require_safe
@for_signed_in
def menu(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that may be recorded in a negotiation."""
    with visit(request, slug, tells_of_now=True) as opened:
        require(opened.viewer, opened.negotiation, "note.written")
        tools = [
            Action(_("Capture a source and what it says"), reverse("capture", args=[slug])),
            Action(_("Hand over"), reverse("handover", args=[slug])),
            Action(_("Bring in a file"), reverse("imports", args=[slug])),
            Action(_("Drafts"), reverse("drafts")),
        ]
        sections = [
            (_("Record something new"), new_actions(opened)),
            (_("The negotiation itself"), whole_actions(opened)),
            (_("Tools"), tools),
        ]
        return _page(opened, _("Record or change"), sections)


@require_safe
@for_signed_in
def item_menu(request: HttpRequest, slug: str, noun: str, ref: str) -> HttpResponse:
    with visit(request, slug, tells_of_now=True) as opened:
        item = find(kind_named(noun), opened.viewer, opened.negotiation, **_named(noun, ref))
        require(opened.viewer, opened.negotiation, "note.written")
        return _page(opened, called(item), _about(opened, item), item)


@require_safe
@for_signed_in
def entry_menu(request: HttpRequest, slug: str, entry: UUID) -> HttpResponse:
    """The steps on what an entry tells of, and on the entry itself."""
    with visit(request, slug, tells_of_now=True) as opened:
        rows = Entry.objects.visible_to(opened.viewer).filter(negotiation=opened.negotiation)
        told = one(rows, public_id=entry)
        require(opened.viewer, opened.negotiation, "note.written")
        corrects = []
        if can_be_corrected(told) and may_take(opened, "entry.corrected"):
            href = reverse("write-correct", args=[slug, told.public_id])
            corrects = [Action(_("Correct this entry"), href)]
        item = _subject(opened, told)
        about = _about(opened, item) if item is not None else []
        return _page(opened, called(item) if item is not None else "", [(_("This entry"), corrects), *about], item)


def _named(noun: str, ref: str) -> dict[str, str]:
    """Phases are called by their number, everything else by its ref."""
    return {"number": ref} if noun == "phase" else {"ref": ref}


def _subject(opened: Visit, told: Entry) -> MarkedItem | None:
    if told.subject_type in ("negotiation", "membership"):
        return None
    return find(kind_named(told.subject_type), opened.viewer, opened.negotiation, public_id=told.subject_id)


def _about(opened: Visit, item: MarkedItem) -> Sections:
    return [(_("Change it"), item_actions(opened, item)), (_("Record about it"), beside_actions(opened, item))]


def _page(opened: Visit, title: str, sections: Sections, item: MarkedItem | None = None) -> HttpResponse:
    back = page_of(opened.negotiation, item)
    steps = [Crumb(called(item), back)] if item is not None else []
    context = {
        "title": title,
        "sections": [(heading, actions) for heading, actions in sections if actions],
        "back": back,
        "head": opened.head,
        "section": "write",
        "crumbs": opened.crumbs(*steps, Crumb(_("Record or change"))),
    }
    return show(opened.request, "pages/steps.html", context, viewer=opened.viewer)
