"""Negotiations: the list and each one's own facts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation
from negotiations.history.moment import Moment
from negotiations.models import Negotiation
from negotiations.rules.marking import Viewer, narrowest
from negotiations.selectors.filters.negotiation import NegotiationFilter
from negotiations.selectors.negotiation_facts import facts_at, facts_of
from negotiations.services.access_log import note_reading, note_readings, shown

from .. import schema
from ..documents import document_response, provenance
from ..fields import MOMENT, check_parameters
from ..pagination import keyset_page
from ..resources.asking import check_filters
from ..resources.describing import filter_parameter
from ..serializers.negotiation import NegotiationDocument, NegotiationPage
from .base import ApiView


class NegotiationList(ApiView):
    """Negotiations, in the order of their short names."""

    @extend_schema(
        operation_id="negotiations_list",
        summary="Negotiations you may see, page by page",
        parameters=[
            *(schema.AS_OF, schema.KNOWN_AT, schema.LANG, schema.CURSOR, schema.LIMIT, schema.IF_NONE_MATCH),
            *(filter_parameter(name, one) for name, one in NegotiationFilter.base_filters.items()),
        ],
        responses=schema.read(NegotiationPage, schema.NEGOTIATION_PAGE, 400),
    )
    def get(self, request: Request) -> HttpResponse:
        check_parameters(request, {*MOMENT, "cursor", "limit", *NegotiationFilter.base_filters})
        asked, known = (request.query_params.get(name, "").strip() for name in ("as_of", "known_at"))
        narrowed = NegotiationFilter(request.query_params, Negotiation.objects.visible_to(self.viewer))
        check_filters(narrowed)
        # The past and what is computed are narrowed by what is told: a page may be shorter, and the next one follows.
        rows = narrowed.queryset if asked or known else narrowed.qs
        page = keyset_page(request, self.viewer, rows, key="slug")
        found = facts_at(page.rows, self.viewer, asked=asked, known=known, now=self.now())
        found = [one for one in found if narrowed.holds(one.document)]
        marking = narrowest(one.marking for one in found)
        by_slug = {row.slug: row for row in page.rows}
        rows = [(by_slug[one.document["slug"]], one.marking) for one in found]
        told = {row.pk: [shown(row, own)] for row, own in rows}
        note_readings(self.viewer, told)
        document = {
            "results": [one.document | {"urls": urls_of(request, one.document["slug"])} for one in found],
            "next": page.next,
            "language": get_language(),
            "marking": marking,
            **provenance(request, title="Negotiations", as_of=None, marking=marking),
        }
        return document_response(request, document)


class NegotiationDetail(ApiView):
    """What is said of the negotiation itself; its parts are in the phase state."""

    @extend_schema(
        operation_id="negotiations_retrieve",
        summary="One negotiation's own facts",
        parameters=[schema.SLUG, schema.AS_OF, schema.KNOWN_AT, schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(NegotiationDocument, schema.NEGOTIATION, 400, 404),
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        negotiation = find_negotiation(self.viewer, slug)
        check_parameters(request, MOMENT)
        moment = self.moment_of(request, negotiation)
        return negotiation_response(request, negotiation, moment, self.viewer)


def negotiation_response(
    request: Request, negotiation: Negotiation, moment: Moment, viewer: Viewer, *, status: int = 200
) -> HttpResponse:
    """The negotiation's own facts at a moment, with its address in `Location` where it is new (201)."""
    found = facts_of(negotiation, moment, viewer)
    if found is None:
        raise Http404
    note_reading(viewer, negotiation, [shown(negotiation, found.marking)])
    urls, path = urls_of(request, negotiation.slug), f"/api/v1/negotiations/{negotiation.slug}/"
    document = {
        **found.document,
        "as_of": moment.as_of,
        "known_at": moment.known_at,
        "is_past": moment.is_past,
        "coverage_has_ended": moment.has_ended,
        "language": get_language(),
        "urls": urls,
        **provenance(
            request,
            title=found.document["title"],
            as_of=moment.as_of,
            known_at=moment.known_at,
            marking=found.marking,
            path=path,
        ),
        "marking": found.marking,
    }
    response = document_response(request, document, version=found.document["version"], status=status)
    if status == 201:
        response["Location"] = urls["self"]
    return response


def urls_of(request: Request, slug: str) -> dict[str, Any]:
    """Where a caller goes on from a negotiation."""
    base = request.build_absolute_uri(f"/api/v1/negotiations/{slug}/")
    return {"self": base, "state": f"{base}state/", "page": request.build_absolute_uri(f"/n/{slug}/")}
