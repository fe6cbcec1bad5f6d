"""The access log: what readers read of TLP:AMBER and above, for the lead."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.doors import require
from negotiations.pages.frame import Crumb, show, visit
from negotiations.selectors.access_log_page import access_page, readers_of


@require_safe
@login_required
def access_log_page(request: HttpRequest, slug: str) -> HttpResponse:
    with visit(request, slug, tells_of_now=True) as opened:
        require(opened.viewer, opened.negotiation, "membership.granted")
        person, day = _person(request.GET.get("person", "")), _day(request.GET.get("on", ""))
        before = request.GET.get("before", "")
        page = access_page(opened.negotiation, viewer=opened.viewer, person=person, on=day, before=before)
        kept = {name: str(value) for name, value in (("person", person), ("on", day)) if value}
        context = {
            "page": page,
            "readers": readers_of(opened.negotiation, opened.viewer),
            "person": person,
            "on": day,
            "older": urlencode(kept | {"before": page.next_cursor}) if page.next_cursor else "",
            "head": opened.head,
            "section": "people",
            "crumbs": opened.crumbs(Crumb(_("Access log"))),
        }
        return show(request, "pages/access_log.html", context, viewer=opened.viewer)


def _person(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
