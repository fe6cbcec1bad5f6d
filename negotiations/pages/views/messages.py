"""The shuttle log, and the meetings it belongs to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.pages.csv import Cell, as_csv, wants_csv
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.listing import listing
from negotiations.selectors.facets.messages import message_facets
from negotiations.selectors.meetings import meeting_lines
from negotiations.selectors.messages import MessageLine, message_log

COLUMNS = (
    "ref", "carried_at", "sender", "carrier", "recipient", "subject", "text", "answer", "answered_at", "dispute",
    "meeting", "marking",
)  # fmt: skip


@require_safe
def messages_page(request: HttpRequest, slug: str) -> HttpResponse:
    with visit(request, slug) as opened:
        found = listing(request, message_log(opened.scene), message_facets(), size=30)
        if wants_csv(request):
            return as_csv(f"{slug}-messages", COLUMNS, map(_row, found.every))
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
