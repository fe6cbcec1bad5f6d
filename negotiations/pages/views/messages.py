"""The shuttle log, and the meetings it belongs to."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.exports.table import Cell
from negotiations.pages.files import as_file
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.listing import listing
from negotiations.pages.reading import wants_file
from negotiations.selectors.facets.messages import message_facets
from negotiations.selectors.meetings import meeting_lines
from negotiations.selectors.messages import MessageLine, message_log

COLUMNS = (
    "ref", "carried_at", "sender", "carrier", "recipient", "subject", "text", "answer", "answered_at", "dispute",
    "meeting", "marking",
)  # fmt: skip


@require_safe
def messages_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        found = listing(request, message_log(opened.scene), message_facets(), size=30)
        if wants_file(request):
            return as_file(opened, "messages", COLUMNS, map(_row, found.every))
        context = {
            "list": found,
            "meetings": meeting_lines(opened.scene),
            "head": opened.head,
            "section": "messages",
            "crumbs": opened.crumbs(Crumb(_("Messages"))),
        }
        return show(request, "pages/messages.html", context, viewer=opened.viewer)


def _row(line: MessageLine) -> tuple[Cell, ...]:
    return (
        line.ref,
        line.carried_at,
        *(one.name if one else None for one in (line.sender, line.carrier, line.recipient)),
        line.subject,
        line.text,
        line.answer,
        line.answered_at,
        line.dispute[0] if line.dispute else None,
        line.meeting[0] if line.meeting else None,
        line.marking,
    )
