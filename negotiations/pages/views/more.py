"""Everything that the side bar holds, for phones, which have none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from negotiations.access.viewer import viewer_for
from negotiations.pages.frame import Crumb, show


@require_safe
def more(request: HttpRequest) -> HttpResponse:
    crumbs = [Crumb(pgettext("navigation", "More"))]
    return show(request, "pages/more.html", {"section": "more", "crumbs": crumbs}, viewer=viewer_for(request.user))
