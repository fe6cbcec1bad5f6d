"""A person's delivery log: what was due, by which way, and what became of it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.viewer import viewer_for
from negotiations.pages.frame import Crumb, show
from negotiations.pages.paging import paged
from negotiations.pages.saving import signed_in
from negotiations.rules.codes import DeliveryState
from negotiations.selectors.deliveries import deliveries_of, delivery_lines

from .alerts import crumbs


@require_safe
@login_required
def deliveries_page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_for(request.user)
    page = paged(request, deliveries_of(signed_in(request)))
    context = {
        "lines": delivery_lines(page.rows, viewer),
        "list": page,
        "states": [(state.label, state.definition) for state in DeliveryState],
        "crumbs": crumbs(Crumb(_("Delivery log"))),
        "section": "alerts",
    }
    return show(request, "pages/deliveries.html", context, viewer=viewer)
