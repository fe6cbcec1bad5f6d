"""Large files: wanted here, made by a worker, fetched while they are fresh and the rights are the same."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from negotiations.access.doors import one
from negotiations.access.viewer import viewer_for
from negotiations.exports.table import MEDIA
from negotiations.models import ExportJob, Negotiation
from negotiations.pages.forms.export import ExportForm
from negotiations.pages.frame import Crumb, show
from negotiations.pages.saving import signed_in
from negotiations.rules.codes import AccessKind, Marking
from negotiations.rules.errors import RuleError
from negotiations.selectors.words import words_of
from negotiations.services.access_log import note_reading, shown
from negotiations.services.export_job import fetchable, path_of, ring_for_exports, want_export

MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def exports_page(request: HttpRequest) -> HttpResponse:
    """What was wanted and how far it is; a new one is wanted by the form."""
    viewer, now = viewer_for(request.user), timezone.now()
    initial = {"negotiation": request.GET.get("negotiation", "")[:80]}
    form = ExportForm(request.POST if request.method == "POST" else None, viewer=viewer, initial=initial)
    if request.method == "POST" and form.is_valid() and _wanted(request, form):
        return redirect("exports")
    seen = ExportJob.objects.filter(user=signed_in(request), negotiation__in=Negotiation.objects.visible_to(viewer))
    rows = list(seen.select_related("negotiation").order_by("-wanted_at", "-pk")[:MOST])
    open_to = fetchable(rows, viewer, now)
    context = {
        "form": form,
        "jobs": [(job, words_of(job.negotiation, "title"), job.pk in open_to) for job in rows],
        "crumbs": [Crumb(_("Settings"), reverse("me")), Crumb(_("Files"))],
        "section": "me",
    }
    return show(request, "pages/exports.html", context, viewer=viewer, status=422 if form.errors else 200)


def _wanted(request: HttpRequest, form: forms.Form) -> bool:
    """Want the file and ring for a worker; False where a rule refused it, which the form then says."""
    try:
        want_export(signed_in(request), now=timezone.now(), **form.cleaned_data)
    except RuleError as refused:
        form.add_error(None, refused.message)
        return False
    ring_for_exports()
    messages.success(request, _("A worker makes the file; reload this page to see how far it is."))
    return True


@require_safe
@login_required
def fetch_export(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The bytes, to whoever wanted them and may see today exactly what they could see then."""
    viewer = viewer_for(request.user)
    mine = ExportJob.objects.filter(user=signed_in(request), negotiation__in=Negotiation.objects.visible_to(viewer))
    job = one(mine.select_related("negotiation"), public_id=key)
    if job.pk not in fetchable([job], viewer, timezone.now()):
        messages.warning(request, _("This file is not handed out any more: what you may see has changed, or its time "
                                    "has passed. Want it again."))  # fmt: skip
        return redirect("exports")
    try:
        opened = path_of(job).open("rb")
    except FileNotFoundError:
        raise Http404(_("There is nothing here.")) from None
    note_reading(viewer, job.negotiation, [shown(job.negotiation, job.marking)], AccessKind.EXPORT)
    response = FileResponse(opened, as_attachment=True, filename=job.name, content_type=MEDIA[job.format])
    response["TLP"] = Marking(job.marking).english
    response["Cache-Control"] = "private, no-store"
    return response
