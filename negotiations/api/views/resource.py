"""The addresses of each noun: its list inside a negotiation, one item by its id or by its ref."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find, find_negotiation
from negotiations.models import MarkedItem
from negotiations.rules.marking import narrowest
from negotiations.services.access_log import Shown, note_reading

from .. import schema
from ..documents import document_response, provenance
from ..fields import MOMENT, SPARSE, check_parameters
from ..list_file import list_file
from ..pagination import PAGING, Page
from ..resources import RESOURCES
from ..resources.asking import asked_listing, file_form
from ..resources.describing import item_of, list_parameters, page_responses
from ..resources.item import item_document_response, moments_of
from ..resources.listing import Listing
from ..resources.resource import Resource
from .base import ApiView

ITEM = SPARSE | MOMENT
SPARSELY = [schema.FIELDS, schema.OMIT, schema.AS_OF, schema.KNOWN_AT, schema.LANG, schema.IF_NONE_MATCH]


class ResourceList(ApiView):
    """A page of what the reader may see of one noun, or all of it as a file."""

    resource: ClassVar[Resource]

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        negotiation = find_negotiation(self.viewer, slug)
        listing = asked_listing(self, request, self.resource, negotiation)
        if (form := file_form(request)) is not None:
            return list_file(self, listing, form)
        return page_response(self, request, listing)


class ResourceDetail(ApiView):
    """One item, with what its reader may do to it."""

    resource: ClassVar[Resource]

    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        item = find(self.resource.kind, self.viewer, public_id=public_id)
        return _item(self, request, self.resource, item)


class ResourceByRef(ApiView):
    """The same item by what people call it inside its negotiation."""

    resource: ClassVar[Resource]

    def get(self, request: Request, slug: str, ref: str) -> HttpResponse:
        negotiation = find_negotiation(self.viewer, slug)
        names: dict[str, Any] = {self.resource.named_by: ref}
        if self.resource.named_by == "number" and not (ref.isascii() and ref.isdecimal() and len(ref) <= 6):
            raise Http404
        item = find(self.resource.kind, self.viewer, negotiation, **names)
        return _item(self, request, self.resource, item)


def _item(view: ApiView, request: Request, resource: Resource, item: MarkedItem) -> HttpResponse:
    check_parameters(request, ITEM)
    return item_document_response(view, request, resource, item)


def page_response(view: ApiView, request: Request, listing: Listing) -> HttpResponse:
    """One page of a list as a document."""
    reading, resource = listing.reading, listing.resource
    page: Page = listing.page(request)
    head = reading.head
    if head is None:
        raise Http404
    marking = narrowest([head["marking"], *reading.markings_in(page.rows)])
    if view.viewer.is_signed_in:
        rows = [Shown(resource.noun, row["id"], narrowest(reading.markings_in(row))) for row in page.rows]
        note_reading(view.viewer, reading.negotiation, rows)
    asked = [pair for name, values in request.query_params.lists() if name not in PAGING | MOMENT
             for pair in ((name, value) for value in values)]  # fmt: skip
    document = {
        "results": page.rows,
        "next": page.next,
        "count": listing.count() if request.query_params.get("count") else None,
        "negotiation": {name: head[name] for name in ("slug", "title", "title_ar")},
        "language": get_language(),
        **moments_of(reading, listing.computed),
        "marking": marking,
        **provenance(
            request,
            title=f"{head['title']}, {resource.plural}",
            as_of=listing.computed.as_of if listing.computed else reading.moment.as_of,
            known_at=reading.moment.known_at,
            marking=marking,
            asked=asked,
        ),
    }
    return document_response(request, document)


def list_view(resource: Resource) -> type[ResourceList]:
    """The list of a noun, described."""
    described = extend_schema(
        operation_id=f"{resource.plural}_list".replace("-", "_"),
        summary=f"{resource.plural.replace('-', ' ').capitalize()} you may see, page by page",
        parameters=list_parameters(resource),
        responses=page_responses(resource),
    )
    return type(f"{resource.kind.__name__}List", (ResourceList,), _members(resource, described, ResourceList.get))


def detail_view(resource: Resource) -> type[ResourceDetail]:
    """One item of a noun by its id, described."""
    described = extend_schema(
        operation_id=f"{resource.plural}_retrieve".replace("-", "_"),
        summary="One of them, with what you may do to it",
        parameters=[schema.ID, *SPARSELY],
        responses=schema.read(DOCUMENTS[resource.noun], resource.noun, 400, 404),
    )
    return type(f"{resource.kind.__name__}Detail", (ResourceDetail,), _members(resource, described, ResourceDetail.get))


def by_ref_view(resource: Resource) -> type[ResourceByRef]:
    """One item of a noun by its ref, described."""
    described = extend_schema(
        operation_id=f"{resource.plural}_retrieve_by_ref".replace("-", "_"),
        summary=f"The same, by its {resource.named_by} inside the negotiation",
        parameters=[schema.SLUG, schema.REF, *SPARSELY],
        responses=schema.read(DOCUMENTS[resource.noun], resource.noun, 400, 404),
    )
    return type(f"{resource.kind.__name__}ByRef", (ResourceByRef,), _members(resource, described, ResourceByRef.get))


def _members(resource: Resource, described: Any, get: Any) -> dict[str, Any]:
    """A `get` of its own for each class, so that each is described by itself."""

    def own(self: Any, request: Request, **names: Any) -> HttpResponseBase:
        answer: HttpResponseBase = get(self, request, **names)
        return answer

    own.__doc__ = get.__doc__
    return {"resource": resource, "get": described(own), "__doc__": resource.line.__doc__}


DOCUMENTS = {noun: item_of(resource) for noun, resource in RESOURCES.items()}
ONE = "negotiations/<slug:slug>/"
# Every address that reads a noun, and the view behind it.
READS: dict[str, type[ApiView]] = {
    **{f"{ONE}{one.plural}/": list_view(one) for one in RESOURCES.values()},
    **{f"{ONE}{one.plural}/<str:ref>/": by_ref_view(one) for one in RESOURCES.values() if one.named_by},
    **{f"{one.plural}/<uuid:public_id>/": detail_view(one) for one in RESOURCES.values()},
}
