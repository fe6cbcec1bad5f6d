"""The one-page brief: to read, and to take away as PDF."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.pages.briefing import asked_brief, pdf_response
from negotiations.pages.frame import Crumb, show
from negotiations.pages.views.negotiation import home_of
from negotiations.rules.codes import AccessKind
from negotiations.rules.sharing import shareable
from negotiations.selectors.head import head_of
from negotiations.services.access_log import note_reading, shown


@require_safe
def brief_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The brief as a page, with the choice of its level and moment and the ways to take it along."""
    asked = asked_brief(request, slug)
    with timezone.override(asked.negotiation.time_zone):
        brief = asked.brief()
        head = head_of(
            asked.negotiation,
            asked.moment,
            as_of_text=asked.as_of_text,
            known_text=asked.known_text,
            track=asked.track(),
        )
        context = {
            "asked": asked,
            "brief": brief,
            "languages": settings.LANGUAGES,
            "may_share": shareable(asked.viewer.seat_in(asked.negotiation.pk)) is not None,
            "head": head,
            "section": "brief",
            "crumbs": [*home_of(head), Crumb(_("Brief"))],
        }
        note_reading(asked.viewer, asked.negotiation, [shown(asked.negotiation, brief.marking)])
        return show(request, "pages/brief.html", context, viewer=asked.viewer)


@require_safe
def brief_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The brief as PDF."""
    asked = asked_brief(request, slug)
    brief = asked.brief()
    note_reading(asked.viewer, asked.negotiation, [shown(asked.negotiation, brief.marking)], AccessKind.EXPORT)
    return pdf_response(asked.negotiation, brief, asked.moment, language=asked.language, now=asked.now)
