"""The phase-state document of a negotiation."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation
from negotiations.selectors.phase_state import phase_state
from negotiations.services.access_log import note_reading, shown

from .. import schema
from ..documents import document_response, provenance
from ..serializers.phase_state import PhaseStateDocument
from .base import ApiView
from .negotiation import urls_of


class PhaseState(ApiView):
    """The whole document in one answer."""

    @extend_schema(
        operation_id="negotiations_state",
        summary="Where every phase stands, what blocks the next one, and who says so",
        description="One request tells everything. The bytes, and so the ETag, stay the same until an entry "
        "you may see changes something or `valid_until` passes.",
        parameters=[schema.SLUG, schema.AS_OF, schema.KNOWN_AT, schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(PhaseStateDocument, schema.PHASE_STATE, 400, 404),
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        negotiation = find_negotiation(self.viewer, slug)
        document = phase_state(negotiation, viewer=self.viewer, moment=self.moment_of(request, negotiation))
        if document is None:
            raise Http404
        note_reading(self.viewer, negotiation, [shown(negotiation, document["marking"])])
        title = document["negotiation"]["title"]
        source = provenance(
            request,
            title=title,
            as_of=document["as_of"],
            known_at=document["known_at"],
            marking=document["marking"],
        )
        return document_response(request, {**document, "urls": urls_of(request, slug), **source})
