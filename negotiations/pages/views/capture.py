"""The capture page: one source and what it says, saved at once or parked; filled by bookmarklet or share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from negotiations.access.doors import require
from negotiations.access.viewer import viewer_for
from negotiations.models import Negotiation, Source
from negotiations.pages.drafting import fields_of, forget
from negotiations.pages.forms.capture import CapturedSource, SayingRow
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.once import keep_for, saved_once, see_other
from negotiations.pages.posting import for_signed_in
from negotiations.pages.saving import as_rules, request_id, signed_in
from negotiations.rules.codes import DraftKind
from negotiations.rules.errors import RuleError
from negotiations.rules.permissions import may
from negotiations.services.act import Act
from negotiations.services.capturing import SayingRefused, capture, like_source
from negotiations.services.draft import draft_of, park
from negotiations.services.stored_copy import digest_of_upload, store_copy

ROWS, MOST = 3, 30
VERBS = {
    "claim": "claim.made",
    "position": "position.stated",
    "incident": "incident.reported",
    "status": "condition.status_changed",
}


class AlikeError(Exception):
    """The source seems to be here already; nothing is saved before the reader says which it is."""

    def __init__(self, rows: list[Source]) -> None:
        super().__init__()
        self.rows = rows


@require_http_methods(["GET", "HEAD", "POST"])
@for_signed_in
def capture_page(request: HttpRequest, slug: str) -> HttpResponse:
    with visit(request, slug, tells_of_now=True) as opened:
        require(opened.viewer, opened.negotiation, "source.added")
        if request.method != "POST":
            return _page(opened, *_fresh(opened))
        if "park" in request.POST:
            return _park(opened)
        source, rows = _forms(opened, request.POST, request.FILES)
        if "more" in request.POST:
            return _page(opened, *_again(opened, request.POST, more=ROWS))
        if not (source.is_valid() & rows.is_valid()):
            return _page(opened, source, rows, status=422)
        return _save(opened, source, rows)


@require_safe
@for_signed_in
def shared(request: HttpRequest) -> HttpResponse:
    """What a phone or a bookmark hands over: to the capture page of the negotiation chosen, or to the choice."""
    viewer = viewer_for(request.user)
    mine = [pk for pk, seat in viewer.seats.items() if may(seat.role, "source.added")]
    rows = list(Negotiation.objects.visible_to(viewer).filter(pk__in=mine).order_by("title"))
    handed = QueryDict(mutable=True)
    for name in ("url", "title", "text"):
        if value := request.GET.get(name, ""):
            handed[name] = value[:4000]
    if len(rows) == 1:
        return redirect(f"{reverse('capture', args=[rows[0].slug])}?{handed.urlencode()}")
    context = {"rows": rows, "handed": handed.urlencode(), "section": "capture", "crumbs": [Crumb(_("Capture"))]}
    return show(request, "pages/shared.html", context, viewer=viewer)


def _rows(opened: Visit, data: Any = None, *, extra: int = 0, initial: Any = None) -> Any:
    kind = forms.formset_factory(SayingRow, extra=extra, max_num=MOST, absolute_max=MOST)
    given = {"viewer": opened.viewer, "negotiation": opened.negotiation}
    return kind(data, prefix="row", form_kwargs=given, initial=initial)


def _source(opened: Visit, data: Any = None, files: Any = None, initial: Any = None) -> CapturedSource:
    return CapturedSource(data, files, initial=initial, viewer=opened.viewer, negotiation=opened.negotiation)


def _forms(opened: Visit, data: QueryDict, files: Any = None) -> tuple[CapturedSource, Any]:
    return _source(opened, data, files), _rows(opened, data)


def _fresh(opened: Visit) -> tuple[CapturedSource, Any]:
    """What the address hands over, or the draft it names."""
    asked = opened.request.GET
    draft = draft_of(signed_in(opened.request), asked.get("draft", ""), DraftKind.CAPTURE)
    if draft is not None:
        kept = QueryDict(mutable=True)
        for name, values in draft.content.get("fields", {}).items():
            kept.setlist(name, values)
        return _again(opened, kept)
    handed = {name: asked.get(name, "") for name in ("url", "title", "text")}
    if not handed["url"] and handed["text"].startswith("http"):
        # Many phones share an address as text.
        handed["url"], handed["text"] = handed["text"].split()[0], ""
    return _source(opened, initial=handed), _rows(opened, extra=ROWS)


def _again(opened: Visit, data: QueryDict, more: int = 0) -> tuple[CapturedSource, Any]:
    """The same fields once more, not judged, with `more` empty rows."""
    source, rows = _forms(opened, data)
    typed = {name: field.widget.value_from_datadict(data, {}, name) for name, field in source.fields.items()}
    count = min(int(data.get("row-TOTAL_FORMS", "0") or 0) if data.get("row-TOTAL_FORMS", "0").isdigit() else 0, MOST)
    fields = rows.empty_form.fields
    initial = [
        {name: field.widget.value_from_datadict(data, {}, f"row-{place}-{name}") for name, field in fields.items()}
        for place in range(count)
    ]
    return _source(opened, initial=typed), _rows(opened, extra=more, initial=initial)


def _alike(opened: Visit, source: CapturedSource) -> list[Source]:
    """Sources that seem to be the same, unless the reader chose one or says that it is another."""
    data = getattr(source, "cleaned_data", {})
    if data.get("known") or data.get("is_another"):
        return []
    file = data.get("file")
    return like_source(
        opened.viewer,
        opened.negotiation,
        url=data.get("url", ""),
        sha256=digest_of_upload(file) if file else "",
        origin=data.get("origin", ""),
    )


def _save(opened: Visit, source: CapturedSource, rows: Any) -> HttpResponse:
    request, user = opened.request, signed_in(opened.request)
    filled = [row for row in rows if row.cleaned_data.get("kind")]
    for row in filled:
        require(opened.viewer, opened.negotiation, VERBS[row.cleaned_data["kind"]])

    def do() -> str:
        # Asked only of a capture that was not saved before: sent again, it would be like itself.
        if alike := _alike(opened, source):
            raise AlikeError(alike)
        reason = source.cleaned_data["reason"] or _("Captured from its source.")
        act = Act(actor=user, reason=reason, request_id=request_id(request))
        chosen = source.cleaned_data["known"] or source.facts
        with as_rules():
            made, _saved = capture(
                act=act,
                negotiation=opened.negotiation,
                source=chosen,
                sayings=[row.saying for row in filled],
            )
            if (file := source.cleaned_data["file"]) is not None:
                store_copy(made, act=act, version=None, file=file, name=file.name)
        return reverse("source", args=[opened.head.slug, made.ref])

    try:
        address, is_again = saved_once(request, user, do)
    except AlikeError as found:
        return _page(opened, source, rows, alike=found.rows, status=422)
    except SayingRefused as refused:
        filled[refused.place].refuse(refused.message, dict(refused.fields))
        return _page(opened, source, rows, status=422)
    except RuleError as refused:
        source.add_error(None, refused.message)
        return _page(opened, source, rows, status=422)
    forget(request, user)
    count = len(filled)
    said = ngettext("Source and %(count)s statement saved.", "Source and %(count)s statements saved.", count)
    messages.success(request, _("This was saved already.") if is_again else said % {"count": count})
    return see_other(address)


def _park(opened: Visit) -> HttpResponse:
    request, user = opened.request, signed_in(opened.request)
    before = draft_of(user, request.POST.get("draft", ""), DraftKind.CAPTURE)
    try:
        park(
            user,
            kind=DraftKind.CAPTURE,
            content={"fields": fields_of(request.POST)},
            title=request.POST.get("title", "") or request.POST.get("url", "") or _("Capture"),
            now=timezone.now(),
            draft=before,
            negotiation=opened.negotiation,
            marking=request.POST.get("marking", ""),
        )
    except RuleError as refused:
        messages.error(request, refused.message)
        return _page(opened, *_again(opened, request.POST), status=422)
    messages.success(request, _("Kept as a draft."))
    return see_other(reverse("drafts"))


def _page(
    opened: Visit, source: CapturedSource, rows: Any, *, alike: list[Source] | None = None, status: int = 200
) -> HttpResponse:
    request = opened.request
    context = {
        "form": source,
        "formset": rows,
        "alike": alike or [],
        "keep": keep_for(request),
        "bookmarklet": request.build_absolute_uri(reverse("shared")),
        "head": opened.head,
        "section": "capture",
        "crumbs": opened.crumbs(Crumb(_("Capture"))),
    }
    return show(request, "pages/capture.html", context, viewer=opened.viewer, status=status)
