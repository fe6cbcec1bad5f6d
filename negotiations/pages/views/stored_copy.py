"""Copies of a source: taken by a form, given to members as a file to save, never shown."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.doors import find_negotiation, one, require
from negotiations.access.viewer import viewer_for
from negotiations.models import Source, StoredCopy
from negotiations.pages.forms.stored_copy import CopyForm
from negotiations.pages.frame import visit
from negotiations.pages.picking import pick
from negotiations.pages.posting import posted_from
from negotiations.pages.saving import signed_in
from negotiations.rules.codes import AccessKind
from negotiations.rules.errors import RuleError
from negotiations.selectors.scene import also
from negotiations.services.access_log import note_reading, shown
from negotiations.services.act import Act
from negotiations.services.stored_copy import path_of, store_copy

# Whatever a browser makes of the file, it runs nothing, loads nothing and belongs to no site.
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_safe
def fetch_copy(request: HttpRequest, slug: str, ref: str, key: UUID) -> HttpResponseBase:
    """The bytes of a copy; whoever may not see its source, or holds no seat, finds nothing here."""
    viewer = viewer_for(request.user)
    negotiation = find_negotiation(viewer, slug)
    rows = StoredCopy.objects.visible_to(viewer).select_related("source")
    copy = one(rows, public_id=key, source__ref=ref, source__negotiation=negotiation)
    try:
        opened = path_of(copy.sha256).open("rb")
    except FileNotFoundError:
        raise Http404(_("There is nothing here.")) from None
    note_reading(viewer, negotiation, [shown(copy.source)], kind=AccessKind.EXPORT)
    response = FileResponse(opened, as_attachment=True, filename=copy.name, content_type=copy.media_type)
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@posted_from("source")
def add_copy(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Keep a file as a copy of the source; the page says what happened, refusal or not."""
    with visit(request, slug) as opened:
        also(opened.scene, Source)
        source = pick(opened, Source, ref)
        require(opened.viewer, opened.negotiation, "source.edited")
        form = CopyForm(request.POST, request.FILES)
        if not form.is_valid():
            messages.error(request, _("Choose a file first."))
            return _back(slug, ref)
        file = form.cleaned_data["file"]
        act = Act(actor=signed_in(request), reason=_("A copy was kept."))
        try:
            store_copy(source, act=act, version=form.cleaned_data["version"], file=file, name=file.name)
        except RuleError as refused:
            messages.error(request, refused.message)
            return _back(slug, ref)
        messages.success(request, _("The copy is kept, without its metadata."))
        return _back(slug, ref)


def _back(slug: str, ref: str) -> HttpResponse:
    response = redirect(reverse("source", args=[slug, ref]) + "#copies")
    response.status_code = 303
    return response
