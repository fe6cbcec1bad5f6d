"""The page of one dispute."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.models import Dispute
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.picking import pick
from negotiations.selectors.dispute_page import dispute_page


@require_safe
def show_dispute(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    with visit(request, slug) as opened:
        page = dispute_page(opened.scene, pick(opened, Dispute, ref))
        disputes = reverse("overview", args=[slug]) + opened.head.query + "#disputes"
        context = {
            "page": page,
            "head": opened.head,
            "section": "disputes",
            "crumbs": opened.crumbs(Crumb(_("Disputes"), disputes), Crumb(page.ref)),
        }
        return show(request, "pages/dispute.html", context, viewer=opened.viewer)
