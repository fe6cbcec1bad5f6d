"""The outlooks of a negotiation, question by question."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.pages.charts.frame import asked_chart
from negotiations.pages.charts.outlook import outlook_chart
from negotiations.pages.frame import Crumb, show, visit
from negotiations.rules.codes import RANGES, Likelihood
from negotiations.selectors.outlook import questions


@require_safe
def outlook_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        asked = questions(opened.scene)
        charts = [outlook_chart(one, f"outlook-{place}") for place, one in enumerate(asked, start=1)]
        if file := asked_chart(opened, charts):
            return file
        context = {
            "questions": list(zip(asked, charts, strict=True)),
            "terms": [(term, *RANGES[term]) for term in Likelihood],
            "head": opened.head,
            "section": "outlook",
            "crumbs": opened.crumbs(Crumb(_("Outlook"))),
        }
        return show(request, "pages/outlook.html", context, viewer=opened.viewer)
