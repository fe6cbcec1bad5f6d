"""The reader's own drafts: what was typed and not saved, to go on with or to throw away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from negotiations.access.viewer import viewer_for
from negotiations.models import Draft, Negotiation
from negotiations.pages.frame import Crumb, show
from negotiations.pages.once import see_other
from negotiations.pages.posting import for_signed_in
from negotiations.pages.saving import signed_in
from negotiations.rules.codes import DraftKind
from negotiations.services.draft import discard, draft_of


@require_safe
@for_signed_in
def list_drafts(request: HttpRequest) -> HttpResponse:
    viewer, user = viewer_for(request.user), signed_in(request)
    rows = Draft.objects.filter(user=user).select_related("negotiation").order_by("-saved_at", "-pk")
    context = {"drafts": rows, "section": "drafts", "crumbs": [Crumb(_("Drafts"))]}
    return show(request, "pages/drafts.html", context, viewer=viewer)


@require_safe
@for_signed_in
def open_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """To the form the draft was typed into, which shows it again."""
    found = draft_of(signed_in(request), str(draft))
    if found is None:
        raise Http404(_("There is nothing here."))
    return redirect(_address(request, found))


def _address(request: HttpRequest, draft: Draft) -> str:
    if draft.kind == DraftKind.NEGOTIATION:
        return reverse("new-negotiation-draft", args=[draft.public_id])
    if draft.kind == DraftKind.CAPTURE:
        # Whoever lost their seat meanwhile finds nothing to capture into.
        seen = Negotiation.objects.visible_to(viewer_for(request.user)).filter(pk=draft.negotiation_id or 0).first()
        if seen is None:
            raise Http404(_("There is nothing here."))
        return f"{reverse('capture', args=[seen.slug])}?draft={draft.public_id}"
    page = str(draft.content.get("address", "/"))
    return f"{page}{'&' if '?' in page else '?'}draft={draft.public_id}"


@require_POST
@for_signed_in
def throw_away(request: HttpRequest, draft: UUID) -> HttpResponse:
    if not discard(signed_in(request), str(draft)):
        raise Http404(_("There is nothing here."))
    messages.success(request, _("The draft was thrown away."))
    return see_other(reverse("drafts"))
