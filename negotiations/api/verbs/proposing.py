"""What a change of status is answered with where it was only proposed: 202, with the proposal."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from negotiations.models import Condition, ProposedFinding

from ..documents import document_response
from .verb import plural_of


def proposal_response(request: Request, proposed: ProposedFinding) -> HttpResponse:
    """The finding that waits for a second person, to whoever proposed it."""
    return document_response(request, proposal_document(request, proposed), version=proposed.version, status=202)


def proposal_document(request: Request, proposed: ProposedFinding) -> dict[str, Any]:
    condition, person = proposed.condition, proposed.proposed_by
    own = request.build_absolute_uri(f"/api/v1/{plural_of(ProposedFinding)}/{proposed.public_id}/")
    return {
        "id": proposed.public_id,
        "condition": {
            "id": condition.public_id,
            **{name: getattr(condition, name) for name in ("ref", "title", "title_ar")},
        },
        "status": proposed.status,
        "state": proposed.state,
        "found_at": proposed.found_at,
        "verification": verification_of(proposed),
        "value": float(proposed.value) if proposed.value is not None else None,
        "by": {"id": person.public_id, "name": str(person)},
        "marking": proposed.marking,
        "version": proposed.version,
        "urls": {
            "confirm": f"{own}confirm/",
            "decline": f"{own}decline/",
            "condition": request.build_absolute_uri(f"/api/v1/{plural_of(Condition)}/{condition.public_id}/"),
        },
    }


def verification_of(proposed: ProposedFinding) -> dict[str, Any] | None:
    """Whose word it rests on; None for a contest, which rests on claims that differ."""
    if not proposed.verified_by:
        return None
    actor = proposed.verified_by_actor
    return {
        "by": proposed.verified_by,
        "actor": actor and {"id": actor.public_id, "name": actor.name, "name_ar": actor.name_ar, "short": actor.short},
        "method": proposed.verification_method or None,
        "access": proposed.verification_access or None,
        "at": proposed.verified_at,
    }
