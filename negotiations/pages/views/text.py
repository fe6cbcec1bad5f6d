"""The agreement texts of a negotiation with what each clause became."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.pages.frame import Crumb, show, visit
from negotiations.selectors.texts import text_panels


@require_safe
def text_page(request: HttpRequest, slug: str) -> HttpResponse:
    with visit(request, slug) as opened:
        context = {
            "texts": text_panels(opened.scene, get_language() or "en"),
            "head": opened.head,
            "section": "text",
            "crumbs": opened.crumbs(Crumb(_("Text"))),
        }
        return show(request, "pages/text.html", context, viewer=opened.viewer)
