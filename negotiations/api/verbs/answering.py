"""What a verb is answered with: the item as it is now, or the whole it is a part of."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from negotiations.models import MarkedItem, Membership, Negotiation, ProposedFinding, Tracked

from ..documents import document_response
from ..resources import item_response
from ..views.base import ApiView
from ..views.negotiation import negotiation_response
from .proposing import proposal_response
from .verb import plural_of


def shown_as(item: Tracked) -> Tracked:
    """The item itself; of a finding that was proposed, the condition it speaks of."""
    return item.condition if isinstance(item, ProposedFinding) else item


def address_of(item: Tracked) -> str:
    """Where the item is read."""
    shown = shown_as(item)
    if isinstance(shown, Negotiation):
        return f"/api/v1/negotiations/{shown.slug}/"
    return f"/api/v1/{plural_of(type(shown))}/{shown.public_id}/"


def answer_with(view: ApiView, request: Request, item: Tracked, *, is_new: bool) -> HttpResponse:
    """The item as its caller sees it now: 201 with its address if it is new, 204 if they see it no more.

    What was only proposed to a second person is answered 202.
    """
    if isinstance(item, ProposedFinding):
        return proposal_response(request, item)
    shown, status = shown_as(item), 201 if is_new else 200
    if isinstance(shown, Membership):
        return membership_response(request, Membership.objects.get(pk=shown.pk), status=status)
    rows = type(shown)._default_manager.visible_to(view.viewer)  # type: ignore[attr-defined]  # every other kind has it
    if isinstance(shown, Negotiation):
        negotiation = rows.filter(pk=shown.pk).first()
        moment = view.moment_of(request, negotiation)
        return negotiation_response(request, negotiation, moment, view.viewer, status=status)
    saved: MarkedItem | None = rows.select_related("negotiation").filter(pk=shown.pk).first()
    if saved is None:
        return HttpResponse(status=204)
    return item_response(view, request, saved.noun(), saved, status=status)


def membership_response(request: Request, seat: Membership, *, status: int = 200) -> HttpResponse:
    """A seat, for those who hold one in the same negotiation."""
    response = document_response(request, membership_document(request, seat), version=seat.version, status=status)
    if status == 201:
        response["Location"] = request.build_absolute_uri(address_of(seat))
    return response


def membership_document(request: Request, seat: Membership) -> dict[str, Any]:
    """A person's seat as documents tell of it."""
    return {
        "id": seat.public_id,
        "person": {"id": seat.user.public_id, "name": str(seat.user)},
        "organisation": {"id": seat.organisation.public_id, "name": seat.organisation.name},
        "role": seat.role,
        "clearance": seat.clearance,
        "ended_at": seat.ended_at,
        "version": seat.version,
        "urls": {"self": request.build_absolute_uri(address_of(seat))},
    }
