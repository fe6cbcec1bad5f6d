"""The first page: all negotiations a reader may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.viewer import viewer_for
from negotiations.pages.frame import Crumb, show
from negotiations.selectors.dashboard import dashboard


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    viewer = viewer_for(request.user)
    page = dashboard(viewer=viewer, now=timezone.now())
    crumbs = [Crumb(_("Negotiations"))]
    context = {"page": page, "section": "dashboard", "crumbs": crumbs}
    return show(request, "pages/dashboard.html", context, viewer=viewer)
