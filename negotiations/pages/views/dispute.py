"""The page of one dispute."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.models import Dispute
from negotiations.pages.charts.frame import asked_chart
from negotiations.pages.charts.positions import positions_chart
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.picking import pick
from negotiations.pages.watch_button import watch_button
from negotiations.rules.stances import is_about_facts
from negotiations.selectors.dispute_page import dispute_page


@require_safe
def show_dispute(request: HttpRequest, slug: str, ref: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        row = pick(opened, Dispute, ref)
        page = dispute_page(opened.scene, row, compare=compared(request))
        chart = positions_chart(
            page.positions,
            page.proposals,
            at=page.closed_at or opened.head.at,
            about_facts=is_about_facts(row.category, row.type),
            poles=page.poles,
        )
        if file := asked_chart(opened, [chart], name=page.ref):
            return file
        disputes = reverse("disputes", args=[slug]) + opened.head.query
        context = {
            "page": page,
            "chart": chart,
            "watch": watch_button(opened, row),
            "head": opened.head,
            "section": "disputes",
            "crumbs": opened.crumbs(Crumb(_("Disputes"), disputes), Crumb(page.ref)),
        }
        return show(request, "pages/dispute.html", context, viewer=opened.viewer)


def compared(request: HttpRequest) -> tuple[str, int, int] | None:
    """The two versions of a proposal that the address asks to compare; anything else is not asked."""
    numbers = [request.GET.get(name, "") for name in ("from", "to")]
    if not all(number.isdecimal() and len(number) < 6 for number in numbers):
        return None
    return request.GET.get("compare", ""), int(numbers[0]), int(numbers[1])
