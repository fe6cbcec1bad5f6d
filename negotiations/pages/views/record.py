"""The record of a negotiation, a page at a time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.pages.frame import Crumb, show, visit
from negotiations.selectors.record_page import record_page


@require_safe
def show_record(request: HttpRequest, slug: str) -> HttpResponse:
    with visit(request, slug) as opened:
        after, entry = (request.GET.get(name, "")[:200] for name in ("after", "entry"))
        context = {
            "page": record_page(opened.scene, after=after, entry=entry),
            "begins_at": entry,
            "head": opened.head,
            "section": "record",
            "crumbs": opened.crumbs(Crumb(_("Record"))),
        }
        return show(request, "pages/record.html", context, viewer=opened.viewer)
