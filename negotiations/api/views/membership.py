"""The seats of a negotiation, for those who hold one in it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation, require_seat
from negotiations.models import Membership

from .. import schema
from ..auth import require_signed_in
from ..documents import document_response
from ..fields import check_parameters
from ..serializers.membership import MembershipDocument, MembershipList
from ..verbs.answering import membership_document, membership_response
from ..verbs.finding import found
from .base import ApiView


class Memberships(ApiView):
    """Who works here, also who did."""

    @extend_schema(
        operation_id="memberships_list",
        summary="The seats of a negotiation you hold one in",
        parameters=[schema.SLUG, schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(MembershipList, "membership_list", 400, 401, 403, 404, 429),
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        check_parameters(request, ())
        negotiation = find_negotiation(self.viewer, slug)
        require_signed_in(request)
        require_seat(self.viewer, negotiation)
        seats = Membership.objects.filter(negotiation=negotiation).select_related("user", "organisation")
        found = [membership_document(request, seat) for seat in seats.order_by("user__username")]
        return document_response(request, {"results": found})


class OneMembership(ApiView):
    """One seat."""

    @extend_schema(
        operation_id="memberships_retrieve",
        summary="One seat",
        parameters=[schema.ID, schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(MembershipDocument, "membership", 400, 404, 429),
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        check_parameters(request, ())
        return membership_response(request, found(Membership, self.viewer, public_id))
