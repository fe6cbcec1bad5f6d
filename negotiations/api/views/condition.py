"""Conditions: one item, and the verb that assesses where it stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.access.doors import allowed_actions, find, require
from negotiations.history.moment import Moment
from negotiations.models import Condition
from negotiations.selectors.phase_state import condition_state
from negotiations.services.condition import change_condition_status

from .. import schema
from ..auth import require_signed_in
from ..documents import document_response, provenance
from ..precondition import required_version
from ..serializers.condition import ConditionItem
from ..serializers.condition_status import ConditionStatusWrite
from .base import ApiView


class ConditionDetail(ApiView):
    """As the phase state holds it, with the verbs its reader may use."""

    @extend_schema(
        operation_id="conditions_retrieve",
        summary="One condition, with what you may do to it",
        parameters=[schema.AS_OF, schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(ConditionItem, schema.CONDITION, 400, 404),
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        condition = find(Condition, self.viewer, public_id=public_id)
        return item_response(self, request, condition, self.moment_of(request, condition.negotiation))


class ConditionStatus(ApiView):
    """The verb `condition.status_changed`."""

    @extend_schema(
        operation_id="conditions_change_status",
        summary="Assess where the condition stands",
        description="Writes one entry of the record. `met` and `breached` are findings: by a verifier, or the "
        "acknowledgement of the side they burden, cited at B2 or better. Answers with the condition as it is now.",
        parameters=[schema.LANG, schema.IF_MATCH],
        request=ConditionStatusWrite,
        auth=[{"session": []}],  # type: ignore[list-item]  # the scheme as the description writes it
        examples=[schema.STATUS_CHANGE],
        responses=schema.written(ConditionItem, schema.CONDITION, 400, 401, 403, 404, 409, 412, 422, 428),
    )
    def post(self, request: Request, public_id: UUID) -> HttpResponse:
        condition = find(Condition, self.viewer, public_id=public_id)
        require_signed_in(request)
        require(self.viewer, condition.negotiation, "condition.status_changed")
        version = required_version(request)
        sent = ConditionStatusWrite(data=request.data, context={"viewer": self.viewer, "condition": condition})
        sent.is_valid(raise_exception=True)
        change = sent.change(actor=request.user, request_id=getattr(request, "request_id", ""))
        change_condition_status(condition, version=version, **change)
        saved = find(Condition, self.viewer, pk=condition.pk)
        return item_response(self, request, saved, self.moment_of(request, saved.negotiation))


def item_response(view: ApiView, request: Request, condition: Condition, moment: Moment) -> HttpResponse:
    """The condition at a moment with its ETag; what was not there yet is not found."""
    found = condition_state(condition, viewer=view.viewer, moment=moment)
    if found is None:
        raise Http404
    path = f"/api/v1/conditions/{condition.public_id}/"
    base = request.build_absolute_uri(path)
    actions = [] if moment.is_past else allowed_actions(view.viewer, condition.negotiation, "condition")
    document: dict[str, Any] = {
        **found,
        "allowed_actions": actions,
        "urls": {"self": base, "status": f"{base}status/"},
    }
    title = f"{found['negotiation']['title']}, {found['ref']} {found['title']}"
    source = provenance(request, title=title, as_of=found["as_of"], marking=found["marking"], path=path)
    return document_response(request, {**document, **source}, version=condition.version)
