"""Deliveries: what was due to the caller, by which way, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.models import Delivery
from negotiations.rules.codes import AlertChannel, Code, DeliveryState
from negotiations.selectors.deliveries import DeliveryLine, deliveries_of, delivery_lines, delivery_of

from .. import schema
from ..alert_documents import about_document
from ..documents import document_response
from ..errors import Problem
from ..fields import check_parameters
from ..pagination import Sort, keyset_page
from ..serializers.alert import DeliveryDocument, DeliveryPage
from .own import OwnView

NEWEST_FIRST = (Sort("made_at", is_descending=True), Sort("public_id"))
FILTERS: dict[str, type[Code]] = {"state": DeliveryState, "channel": AlertChannel}


class Deliveries(OwnView):
    """Your delivery log."""

    @extend_schema(
        operation_id="deliveries_list",
        summary="What was due to you, newest first",
        parameters=[
            *(schema.query(name, "Only those.", enum=[one.value for one in kind]) for name, kind in FILTERS.items()),
            *(schema.LANG, schema.CURSOR, schema.LIMIT, schema.IF_NONE_MATCH),
        ],
        responses=schema.read(DeliveryPage, "delivery_page", 400, 401),
    )
    def get(self, request: Request) -> HttpResponse:
        person = self.person(request)
        check_parameters(request, {"cursor", "limit", *FILTERS})
        asked = {name: asked_code(request, name) for name in FILTERS if name in request.query_params}
        page = keyset_page(request, self.viewer, deliveries_of(person).filter(**asked), key=NEWEST_FIRST)
        lines = delivery_lines(page.rows, self.viewer)
        found = [delivery_document(row, line) for row, line in zip(page.rows, lines, strict=True)]
        return document_response(request, {"results": found, "next": page.next})


class OneDelivery(OwnView):
    """One of your deliveries."""

    @extend_schema(
        operation_id="deliveries_retrieve",
        summary="One of your deliveries",
        parameters=[schema.ID, schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(DeliveryDocument, "delivery", 400, 401, 404),
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        row = delivery_of(self.person(request), public_id)
        if row is None:
            raise Http404
        return document_response(request, delivery_document(row, delivery_lines([row], self.viewer)[0]))


def asked_code(request: Request, name: str) -> str:
    """The code a filter names; one that is none is refused, for it would find nothing."""
    code, kind = request.query_params[name], FILTERS[name]
    if code not in list(kind):
        message = _("Choose from: %(names)s.") % {"names": ", ".join(kind)}
        raise Problem(400, "invalid_filter", message, errors={name: message})
    return code


def delivery_document(row: Delivery, line: DeliveryLine) -> dict[str, Any]:
    return {
        "id": line.public_id,
        "subscription": line.subscription_id,
        "about": about_document(row.subscription, line.about),
        "channel": line.channel,
        "state": line.state,
        "state_label": line.state_label,
        "due_at": line.due_at,
        "covers_from": line.since,
        "covers_until": line.until,
        "attempts": line.attempts,
        "settled_at": line.settled_at,
        "message_id": line.message_id,
        "address": line.address,
        "marking": line.marking or None,
        "trouble": line.trouble,
        "read_at": row.read_at,
    }
