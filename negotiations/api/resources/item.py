"""One item as a document: what it holds, what its reader may do to it, and how to cite it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from negotiations.access.doors import allowed_actions
from negotiations.models import MarkedItem
from negotiations.rules.marking import narrowest
from negotiations.services.access_log import note_reading, shown

from ..documents import document_response, provenance
from ..fields import asked_members
from ..views.base import ApiView
from .around import documents
from .reading import Reading, reading_at
from .resource import Computed, Document, Resource, called


def item_document_response(
    view: ApiView, request: Request, resource: Resource, item: MarkedItem, *, status: int = 200
) -> HttpResponse:
    """The item at the moment asked about, with its ETag; Http404 where it was not there yet."""
    # A verb is answered with the item as it is now, whatever moment its address names.
    is_read = request.method in SAFE_METHODS
    moment = view.moment_of(request, item.negotiation) if is_read else view.latest_of(item.negotiation)
    reading = reading_at(view.viewer, item.negotiation, moment, resource.nouns)
    head, members = reading.head, asked_members(request, resource.members)
    found = one_document(resource, reading, item, members) if head else None
    if found is None or head is None:
        raise Http404
    one, told = found
    path = f"/api/v1/{resource.plural}/{item.public_id}/"
    marking = narrowest([head["marking"], *reading.markings_in(told)])
    note_reading(view.viewer, item.negotiation, [shown(item, marking)])
    document = {
        **{name: told[name] for name in members},
        "negotiation": {name: head[name] for name in ("slug", "title", "title_ar")},
        "language": get_language(),
        **moments_of(reading, one),
        "allowed_actions": [] if moment.is_past else allowed_actions(view.viewer, item.negotiation, resource.noun),
        "urls": urls_of(request, resource, path, head["slug"]),
        "marking": marking,
        **provenance(
            request,
            title=f"{head['title']}, {called(told) or resource.noun}",
            as_of=one.as_of if one else moment.as_of,
            known_at=moment.known_at,
            marking=marking,
            path=path,
        ),
    }
    response = document_response(request, document, version=item.version, status=status)
    if status == 201:
        response["Location"] = request.build_absolute_uri(path)
    return response


def one_document(
    resource: Resource, reading: Reading, item: MarkedItem, members: tuple[str, ...]
) -> tuple[Computed | None, Document] | None:
    """The item's members, and the moments they are true of where they are computed; None where it is not there."""
    if resource.computes is not None:
        computed = resource.computes(reading, item.pk)
        return (computed, computed.documents[0]) if computed and computed.documents else None
    names = {*members, "id", "marking", "ref", "number", "title"}
    fields = tuple(field for field in resource.fields if field.name in names)
    columns = resource.columns_for(fields)
    if reading.states is None:
        rows = list(reading.visible(resource.kind).filter(pk=item.pk).values(*columns))
    else:
        rows = [row for row in reading.then(resource.kind, columns) if row["id"] == item.pk]
    found = documents(resource.kind, fields, rows, reading)
    return (None, found[0]) if found else None


def moments_of(reading: Reading, computed: Computed | None) -> dict[str, Any]:
    """What moment a document is about; `valid_until` where it flips by itself."""
    return {
        "as_of": computed.as_of if computed else reading.moment.as_of,
        "known_at": reading.moment.known_at,
        "is_past": reading.moment.is_past,
        "coverage_has_ended": reading.moment.has_ended,
        "valid_until": computed.valid_until if computed else None,
    }


def urls_of(request: Request, resource: Resource, path: str, slug: str) -> dict[str, str]:
    """Where a caller goes on from an item."""
    base = request.build_absolute_uri(path)
    return {
        "self": base,
        **{name: f"{base}{name}/" for name in resource.paths},
        "negotiation": request.build_absolute_uri(f"/api/v1/negotiations/{slug}/"),
    }
