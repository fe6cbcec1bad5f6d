"""The record of a negotiation: what to follow to know of every change, and one entry of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation, one
from negotiations.models import Entry, Negotiation, Tombstone
from negotiations.rules.marking import narrowest
from negotiations.selectors.entry_lines import with_payload
from negotiations.selectors.feed import FeedPage, feed_page
from negotiations.selectors.feed_cursor import CursorOutdated, CursorRefused
from negotiations.selectors.feed_lines import entry_document, feed_documents
from negotiations.services.access_log import note_reading, shown

from .. import schema
from ..documents import document_response, provenance
from ..errors import Problem
from ..fields import check_parameters
from ..pagination import asked_limit
from ..serializers.record import EntryDocument, RecordPage
from .base import ApiView


class RecordFeed(ApiView):
    """Every entry the caller may see, in commit order."""

    @extend_schema(
        operation_id="record_list",
        summary="The record, to follow from the beginning and for ever",
        description="Every entry you may see, in the order in which it was written, and in its place a tombstone "
        "for what was narrowed and so taken from you. Ask again with `latest` as `after`: nothing is missing or told "
        "twice, however many write meanwhile. What is widened tells all of itself in a `marking.widened` entry. "
        "410 means that your seat has changed, so that you may see more or less of what lies behind: begin anew.",
        parameters=[schema.SLUG, schema.AFTER, schema.LIMIT, schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(RecordPage, schema.RECORD_PAGE, 400, 404, 410),
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        negotiation = find_negotiation(self.viewer, slug)
        page = self.page(negotiation, request)
        marking = narrowest(row.was_marking if isinstance(row, Tombstone) else row.access.marking for row in page.rows)
        document = {
            "results": feed_documents(page.rows, viewer=self.viewer),
            "latest": page.latest,
            "next": next_address(request, page),
            "language": get_language(),
            "marking": marking,
            **provenance(request, title=record_of(negotiation), as_of=None, marking=marking),
        }
        note_reading(self.viewer, negotiation, [shown(negotiation, marking)])
        return document_response(request, document)

    def page(self, negotiation: Negotiation, request: Request) -> FeedPage:
        check_parameters(request, ("after", "limit"))
        after, limit = request.query_params.get("after", ""), asked_limit(request)
        try:
            return feed_page(negotiation, viewer=self.viewer, after=after, limit=limit)
        except CursorRefused as refused:
            raise Problem(400, refused.code, refused.message, errors=refused.fields) from None
        except CursorOutdated as refused:
            raise Problem(410, refused.code, refused.message, errors=refused.fields) from None


class OneEntry(ApiView):
    """One entry by its id."""

    @extend_schema(
        operation_id="record_retrieve",
        summary="One entry of the record",
        parameters=[schema.SLUG, schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(EntryDocument, schema.ENTRY, 400, 404),
    )
    def get(self, request: Request, slug: str, public_id: UUID) -> HttpResponse:
        negotiation = find_negotiation(self.viewer, slug)
        entries = with_payload(Entry.objects.visible_to(self.viewer)).select_related("access")
        document = entry_document(one(entries, negotiation=negotiation, public_id=public_id), viewer=self.viewer)
        title = f"{record_of(negotiation)}, {document['verb_label']}"
        note_reading(self.viewer, negotiation, [shown(negotiation, document["marking"])])
        source = provenance(request, title=title, as_of=None, marking=document["marking"])
        return document_response(request, {**document, "language": get_language(), **source})


def record_of(negotiation: Negotiation) -> str:
    return f"{negotiation.title}, record"


def next_address(request: Request, page: FeedPage) -> str | None:
    """The same address from the end of this page on, None where nothing more is there."""
    if not page.has_more:
        return None
    query: dict[str, Any] = {**request.query_params.dict(), "after": page.latest}
    return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
