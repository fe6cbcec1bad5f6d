"""What a roadmap leaves open, for those who work on it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.doors import require
from negotiations.pages.frame import Crumb, show, visit
from negotiations.selectors.completeness_lines import completeness_lines
from negotiations.selectors.reckoning import reckon


@require_safe
@login_required
def completeness_page(request: HttpRequest, slug: str) -> HttpResponse:
    with visit(request, slug) as opened:
        require(opened.viewer, opened.negotiation, "condition.edited")
        context = {
            "gaps": completeness_lines(reckon(opened.scene)),
            "head": opened.head,
            "section": "completeness",
            "crumbs": opened.crumbs(Crumb(_("Completeness"))),
        }
        return show(request, "pages/completeness.html", context, viewer=opened.viewer)
