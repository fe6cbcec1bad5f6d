"""Bringing files in: choose and check one, look at what it would do, write it, take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from negotiations.access.doors import may_open, one, require_any
from negotiations.access.viewer import viewer_for
from negotiations.imports.batches import Brought, apply_batch, check_file, limits_for, own_batches
from negotiations.imports.mappings import MAPPINGS, OWN
from negotiations.imports.problems import FileRefused
from negotiations.imports.shown import seen_rows
from negotiations.imports.template import template_file
from negotiations.imports.undo import may_undo, undo_batch
from negotiations.models import Entry, ImportBatch, Membership, Negotiation
from negotiations.pages.forms.importing import FileForm, OpeningForm, TableForm
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.listing import with_page
from negotiations.pages.once import keep_for, see_other
from negotiations.pages.posting import for_signed_in
from negotiations.pages.saving import signed_in
from negotiations.rules.codes import ImportKind, ImportState
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import Viewer
from negotiations.selectors.entry_lines import entry_lines, with_payload

METHODS = ["GET", "HEAD", "POST"]
SIZE = 50


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list, and the ways to the next and the one before; what the pager shows."""

    lines: Sequence[Any]
    total: int
    page: int
    pages: int
    previous: str
    next: str


def sheet(request: HttpRequest, every: Sequence[Any] | QuerySet[Any], total: int) -> Sheet:
    """The page of a list that the address asks for; one that is none is the nearest."""
    pages = max(-(-total // SIZE), 1)
    asked = request.GET.get("page", "")
    page = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 7 else 1
    previous = with_page(request.GET, page - 1) if page > 1 else ""
    following = with_page(request.GET, page + 1) if page < pages else ""
    return Sheet(list(every[(page - 1) * SIZE : page * SIZE]), total, page, pages, previous, following)


@require_http_methods(METHODS)
@for_signed_in
def imports_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a table into a negotiation; the templates to fill in, and what the reader brought before."""
    with visit(request, slug, tells_of_now=True) as opened:
        require_any(opened.viewer, opened.negotiation, [one.made_by for one in MAPPINGS.values()])
        given: dict[str, Any] = {"viewer": opened.viewer, "negotiation": opened.negotiation}
        form = TableForm(request.POST or None, request.FILES or None, **given)
        if request.method == "POST" and form.is_valid():
            return checked(request, form, opened.negotiation)
        context = {
            "form": form if request.method == "POST" else TableForm(**given),
            "templates": [(kind, ImportKind(kind).label) for kind in OWN],
            "head": opened.head,
            "crumbs": opened.crumbs(Crumb(_("Bring in"))),
            "action": reverse("imports", args=[slug]),
        }
        return imports_list(request, opened.viewer, context, opened.negotiation)


@require_http_methods(METHODS)
@for_signed_in
def opening_page(request: HttpRequest) -> HttpResponse:
    """Bring in what opens a negotiation: a whole record, or an archive of events."""
    user, viewer = signed_in(request), viewer_for(request.user)
    if not may_open(viewer, user) or not viewer.is_member:
        raise PermissionDenied(_("Whoever leads a negotiation may open another one."))
    form = OpeningForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        return checked(request, form, None)
    context = {
        "form": form if request.method == "POST" else OpeningForm(user=user),
        "crumbs": [Crumb(_("Negotiations"), reverse("dashboard")), Crumb(_("Bring in"))],
        "action": reverse("import-negotiation"),
    }
    return imports_list(request, viewer, context, None)


def imports_list(
    request: HttpRequest, viewer: Viewer, context: dict[str, Any], negotiation: Negotiation | None
) -> HttpResponse:
    rows = own_batches(signed_in(request), negotiation)
    context |= {"list": sheet(request, rows, rows.count()), "section": "imports", "keep": keep_for(request)}
    status = 422 if request.method == "POST" else 200
    return show(request, "pages/imports.html", context, viewer=viewer, status=status)


def checked(request: HttpRequest, form: FileForm, negotiation: Negotiation | None) -> HttpResponse:
    """Check the file that was sent and lead to what it would do."""
    data, user = form.cleaned_data, signed_in(request)
    seat = Membership.objects.filter(user=user, negotiation=negotiation, ended_at__isnull=True).first()
    kind, file = data["kind"], data["file"]
    limits = limits_for(kind)
    brought = Brought(
        user=user,
        kind=kind,
        name=file.name,
        # One byte more than may be: then it is known that the file is too large.
        data=file.read(limits.size + 1),
        negotiation=negotiation,
        organisation=data.get("organisation") or (seat.organisation if seat else None),
        marking=data.get("marking") or "CLEAR",
        limits=limits,
    )
    batch = check_file(brought, now=timezone.now())
    return see_other(reverse("import", args=[batch.public_id]))


@require_safe
@for_signed_in
def import_template(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """A table with the headers of a kind and an example, to fill in."""
    with visit(request, slug, tells_of_now=True) as opened:
        require_any(opened.viewer, opened.negotiation, [one.made_by for one in MAPPINGS.values()])
    if kind not in OWN:
        raise Http404(_("There is nothing here."))
    response = HttpResponse(template_file(MAPPINGS[kind]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}-template.csv"'
    return response


@require_safe
@for_signed_in
def import_page(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What a file would do or did: all problems by line, the difference row by row, or the entries it wrote."""
    viewer, found = viewer_for(request.user), own(request, batch)
    if found.negotiation is None:
        return import_shown(request, viewer, found, None)
    with visit(request, found.negotiation.slug, tells_of_now=True) as opened:
        return import_shown(request, viewer, found, opened)


def own(request: HttpRequest, asked: UUID) -> ImportBatch:
    """The reader's own import, or Http404; one into a negotiation they no longer see is not there either."""
    user = signed_in(request)
    batch: ImportBatch = one(ImportBatch.objects.filter(user=user).select_related("negotiation"), public_id=asked)
    if batch.negotiation is not None:
        one(Negotiation.objects.visible_to(viewer_for(user)), pk=batch.negotiation.pk)
    return batch


def import_shown(
    request: HttpRequest, viewer: Viewer, batch: ImportBatch, opened: Visit | None, *, status: int = 200
) -> HttpResponse:
    problems, rows = batch.report.get("problems", []), batch.report.get("rows", [])
    entries = Entry.objects.none()
    if batch.state != ImportState.PLANNED:
        entries = Entry.objects.visible_to(viewer).filter(
            negotiation=batch.negotiation, request_id=batch.request_id, subject_version__isnull=False
        )
    every = problems or (with_payload(entries.order_by("seq")) if batch.state != ImportState.PLANNED else rows)
    list_ = sheet(request, every, every.count() if isinstance(every, QuerySet) else len(every))
    bring = Crumb(
        _("Bring in"), reverse("imports", args=[opened.head.slug]) if opened else reverse("import-negotiation")
    )
    home = Crumb(_("Negotiations"), reverse("dashboard"))
    last = Crumb(batch.name)
    context = {
        "batch": batch,
        "kind": ImportKind(batch.kind).label,
        "state": ImportState(batch.state).label,
        "counted": counted(batch),
        "list": list_,
        "rows": seen_rows(list_.lines, batch, viewer) if every is rows else [],
        "problems": list_.lines if problems else [],
        "lines": entry_lines(list_.lines, viewer=viewer) if isinstance(every, QuerySet) else [],
        "remarks": rows[:SIZE] if batch.state != ImportState.PLANNED else [],
        "may_apply": batch.state == ImportState.PLANNED and bool(batch.content),
        "may_undo": may_undo(batch, signed_in(request)),
        "keep": keep_for(request),
        "head": opened.head if opened else None,
        "section": "imports",
        "crumbs": opened.crumbs(bring, last) if opened else [home, bring, last],
    }
    return show(request, "pages/import.html", context, viewer=viewer, status=status)


def counted(batch: ImportBatch) -> list[tuple[str, int]]:
    """What the file does in numbers, in words; what is nothing is not said."""
    words = (
        ("created", _("New")),
        ("changed", _("Changed")),
        ("unchanged", _("Unchanged")),
        ("sources", _("New sources")),
        ("entries", _("Entries")),
        ("problems", _("Problems")),
    )
    return [(label, batch.counts[name]) for name, label in words if batch.counts.get(name)]


def acted(request: HttpRequest, batch: UUID, do: Callable[[ImportBatch], Any], said: str) -> HttpResponse:
    """Do something with an import once, and go back to its page, which says how it went."""
    there = reverse("import", args=[batch])
    if request.method != "POST":
        return see_other(there)
    try:
        # Done under its own lock, so a form sent twice does it once; a refusal changes what the page shows.
        do(own(request, batch))
    except FileRefused as refused:
        for problem in refused.problems[:SIZE]:
            messages.error(request, str(problem))
        return see_other(there)
    except RuleError as refused:
        if refused.code == "already_applied":
            messages.success(request, _("This was saved already."))
        else:
            messages.error(request, refused.message)
        return see_other(there)
    messages.success(request, said)
    return see_other(there)


@require_http_methods(METHODS)
@for_signed_in
def apply_import(request: HttpRequest, batch: UUID) -> HttpResponse:
    now = timezone.now()
    return acted(
        request,
        batch,
        lambda found: apply_batch(found, now=now, limits=limits_for(found.kind)),
        _("The file is written; each row is an entry of the record."),
    )


@require_http_methods(METHODS)
@for_signed_in
def undo_import(request: HttpRequest, batch: UUID) -> HttpResponse:
    now = timezone.now()
    return acted(request, batch, lambda found: undo_batch(found, now=now), _("The import is taken back."))
