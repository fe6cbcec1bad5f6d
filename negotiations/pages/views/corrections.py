"""The log of corrections: everything that was taken back, beside what stands instead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.pages.frame import Crumb, show, visit
from negotiations.rules.verbs import in_words
from negotiations.selectors.corrections import MENDED, TAKEN_BACK, corrections_page


@require_safe
def corrections_log(request: HttpRequest, slug: str) -> HttpResponse:
    with visit(request, slug) as opened:
        verb = request.GET.get("verb", "")
        verb = verb if verb in (*MENDED, *TAKEN_BACK) else ""
        context = {
            "page": corrections_page(opened.scene, verb=verb, after=request.GET.get("after", "")),
            "verbs": [(one, in_words(one)) for one in (*MENDED, *TAKEN_BACK)],
            "verb": verb,
            "head": opened.head,
            "section": "changes",
            "crumbs": opened.crumbs(Crumb(_("Corrections"))),
        }
        return show(request, "pages/corrections.html", context, viewer=opened.viewer)
