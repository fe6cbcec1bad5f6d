"""The record taken along: as JSON Lines, as a feed, and the program that proves it."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from negotiations.access.doors import find_negotiation
from negotiations.access.viewer import viewer_for
from negotiations.exports import verify_export
from negotiations.exports.atom import feed, stamp_of
from negotiations.exports.jsonl import RecordFile
from negotiations.exports.response import as_now
from negotiations.exports.stamp import digest_of
from negotiations.exports.table import MEDIA
from negotiations.pages.present import tells_of_now
from negotiations.rules.codes import AccessKind
from negotiations.rules.marking import ANYBODY
from negotiations.services.access_log import note_reading, shown

PROGRAM = Path(verify_export.__file__).read_bytes()
FRESH_S = 300
# More entries than this are made by a worker; writing them would hold the browser for long.
DIRECT_MOST = 5_000


@require_safe
@tells_of_now
def record_file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What the reader may see of the record, with what proves it, a few lines at a time."""
    viewer = viewer_for(request.user)
    negotiation = find_negotiation(viewer, slug)
    made = RecordFile(negotiation, viewer, timezone.now())
    if viewer.is_signed_in and made.entries().count() > DIRECT_MOST:
        return redirect(f"{reverse('exports')}?negotiation={slug}")
    note_reading(viewer, negotiation, [shown(negotiation, made.marking)], AccessKind.EXPORT)
    response = StreamingHttpResponse(as_now(made.pieces()), content_type=MEDIA["jsonl"])
    for name, value in made.stamp().headers("jsonl").items():
        response[name] = value
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@tells_of_now
def record_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What anybody may read, whoever asks: no session is looked at."""
    negotiation = find_negotiation(ANYBODY, slug)
    here = reverse("record-feed", args=[slug])
    stamp = stamp_of(negotiation, timezone.now())
    body = feed(negotiation, stamp=stamp, address=request.build_absolute_uri, here=here)
    response = HttpResponse(body, content_type=MEDIA["atom"], headers=stamp.said())
    etag = quote_etag(digest_of(body))
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH_S}"
    answer: HttpResponse = get_conditional_response(request, etag=etag, response=response) or response
    return answer


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The program that proves a record file, to save and to read."""
    response = HttpResponse(PROGRAM, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_export.py"'
    response["Cache-Control"] = f"public, max-age={FRESH_S}"
    return response
