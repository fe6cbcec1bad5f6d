"""The record taken along as JSON Lines or as a feed, and everything dated as a calendar."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation
from negotiations.exports.atom import feed, stamp_of
from negotiations.exports.calendar import Dates, calendar, dates_of, dates_of_all, up_to_green
from negotiations.exports.jsonl import RecordFile
from negotiations.exports.response import as_now
from negotiations.exports.table import MEDIA
from negotiations.history.moment import resolve
from negotiations.rules.asked import CLOCKS
from negotiations.rules.codes import AccessKind
from negotiations.rules.marking import ANYBODY
from negotiations.services.access_log import note_reading, shown

from .. import schema
from ..documents import etag_of, is_held
from ..fields import MOMENT, check_parameters
from .base import ApiView

UNCHANGED = OpenApiResponse(description="You have the same.")
# A calendar says of itself and in every event when it was made, which changes nothing in it.
MADE = re.compile(rb"(DTSTAMP|X-AS-OF|X-MADE-AT)[^\r\n]*")


class RecordLines(ApiView):
    """What the caller may see of the record, with what proves it."""

    @extend_schema(
        operation_id="record_jsonl",
        summary="The whole record as JSON Lines, with what proves it",
        description="A header, every entry you may see, and an end with the digest of the bytes before it. The file "
        "is the same as on the pages: `/verify_export.py` checks it with nothing but Python. It is sent while it is "
        "made; for a very long record, want it at `/api/v1/exports/`.",
        parameters=[schema.SLUG, schema.LANG],
        responses={
            (200, MEDIA["jsonl"]): OpenApiResponse(OpenApiTypes.BINARY, description="One object a line."),
            **schema.refused(400, 404),
        },
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        negotiation = find_negotiation(self.viewer, slug)
        check_parameters(request, ())
        made = RecordFile(negotiation, self.viewer, self.now())
        note_reading(self.viewer, negotiation, [shown(negotiation, made.marking)], AccessKind.EXPORT)
        headers = made.stamp().headers("jsonl")
        return StreamingHttpResponse(as_now(made.pieces()), content_type=MEDIA["jsonl"], headers=headers)


class RecordAtom(ApiView):
    """What anybody may read, whoever asks: no session or token is looked at."""

    authentication_classes = ()

    @extend_schema(
        operation_id="record_atom",
        summary="The newest public entries as an Atom feed",
        parameters=[schema.SLUG, schema.LANG, schema.IF_NONE_MATCH],
        auth=[],
        responses={
            (200, MEDIA["atom"]): OpenApiResponse(OpenApiTypes.STR, description="RFC 4287."),
            304: UNCHANGED,
            **schema.refused(400, 404),
        },
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        negotiation = find_negotiation(ANYBODY, slug)
        check_parameters(request, ())
        stamp = stamp_of(negotiation, self.now())
        body = feed(negotiation, stamp=stamp, address=request.build_absolute_uri, here=request.path)
        return unless_held(request, body, etag_of(body), MEDIA["atom"], stamp.said())


class AllDates(ApiView):
    """Everything dated that the caller may have in a calendar."""

    @extend_schema(
        operation_id="calendar_ics",
        summary="Due dates, windows and meetings of all negotiations as iCalendar",
        description="Up to TLP:GREEN, whoever asks: calendars lie on other people's machines. An event keeps its UID "
        "however often its date is moved. A program that can send no token has a secret address: see the pages.",
        parameters=[schema.AS_OF, schema.KNOWN_AT, schema.LANG, schema.IF_NONE_MATCH],
        responses={
            (200, MEDIA["ics"]): OpenApiResponse(OpenApiTypes.STR, description="RFC 5545."),
            304: UNCHANGED,
            **schema.refused(400),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        check_parameters(request, MOMENT)
        asked, known = (request.query_params.get(clock, "") for clock in CLOCKS)
        return self.told(request, dates_of_all(self.viewer, self.now(), asked=asked, known=known))

    def told(self, request: Request, found: Dates) -> HttpResponse:
        body = calendar(found, address=request.build_absolute_uri)
        etag = f"W/{etag_of(MADE.sub(b'', body))}"
        return unless_held(request, body, etag, MEDIA["ics"], found.stamp.headers("ics"))


class DatesOfOne(AllDates):
    """The same of one negotiation, at any moment."""

    @extend_schema(
        operation_id="negotiations_calendar_ics",
        summary="Due dates, windows and meetings of one negotiation as iCalendar",
        description="Up to TLP:GREEN, whoever asks.",
        parameters=[schema.SLUG, schema.AS_OF, schema.KNOWN_AT, schema.LANG, schema.IF_NONE_MATCH],
        responses={
            (200, MEDIA["ics"]): OpenApiResponse(OpenApiTypes.STR, description="RFC 5545."),
            304: UNCHANGED,
            **schema.refused(400, 404),
        },
    )
    def get(self, request: Request, slug: str) -> HttpResponse:  # type: ignore[override]  # one place more
        check_parameters(request, MOMENT)
        reader, asked = up_to_green(self.viewer), request.query_params
        negotiation = find_negotiation(reader, slug)
        moment = resolve(negotiation, reader, asked.get("as_of"), self.now(), asked.get("known_at"))
        return self.told(request, dates_of(negotiation, self.viewer, moment, self.now()))


def unless_held(request: Request, body: bytes, etag: str, media_type: str, headers: Mapping[str, str]) -> HttpResponse:
    """The bytes, or 304 without them for a caller who has the same."""
    told = {**headers, "ETag": etag}
    if is_held(request.META.get("HTTP_IF_NONE_MATCH", ""), etag.removeprefix("W/")):
        return HttpResponse(status=304, content_type=media_type, headers=told)
    return HttpResponse(body, content_type=media_type, headers=told)
