"""The page of one meeting."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.models import Meeting
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.picking import pick
from negotiations.selectors.meetings import meeting_page
from negotiations.selectors.scene import also


@require_safe
def show_meeting(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    with visit(request, slug) as opened:
        also(opened.scene, Meeting)
        page = meeting_page(opened.scene, pick(opened, Meeting, ref))
        messages = reverse("messages", args=[slug]) + opened.head.query
        context = {
            "page": page,
            "head": opened.head,
            "section": "messages",
            "crumbs": opened.crumbs(Crumb(_("Messages"), messages), Crumb(page.line.ref)),
        }
        return show(request, "pages/meeting.html", context, viewer=opened.viewer)
