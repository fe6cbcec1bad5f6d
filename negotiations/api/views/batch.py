"""Many verbs in one request, one transaction."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation, require_seat
from negotiations.models import Negotiation, Tracked, User
from negotiations.services.together import together

from .. import schema
from ..documents import document_response
from ..sending import answer_once
from ..serializers.batch import BatchDocument
from ..verbs import VERBS
from ..verbs.answering import address_of
from ..verbs.batch import Batch, BatchWrite
from ..verbs.perform import person_of, request_id_of
from ..verbs.scope import Scope
from .base import ApiView
from .verb import AUTH, REFUSED

BY_NAME = {(name, str(verb.on._meta.model_name)): verb for verb in VERBS for name in verb.names}


class BatchOfVerbs(ApiView):
    """All of them are written, or none."""

    @extend_schema(
        operation_id="negotiations_batch",
        summary="Many verbs, one transaction",
        description="Up to 100 operations, in order, all or nothing. A refusal names the operation and prefixes the "
        "path of each field with its place: `operations.3.body.title`. What an operation makes can be named with `as` "
        "and referred to by later ones as `$name`. Each entry is written as if its verb had been called alone.",
        parameters=[schema.SLUG, schema.LANG, schema.IDEMPOTENCY_KEY],
        request=BatchWrite,
        auth=AUTH,
        examples=[schema.BATCH],
        responses=schema.written(BatchDocument, "batch", *REFUSED, 412, 428),
    )
    def post(self, request: Request, slug: str) -> HttpResponse:
        negotiation = find_negotiation(self.viewer, slug)
        person = person_of(request)
        require_seat(self.viewer, negotiation)
        return answer_once(request, person, lambda: self.carry_out(request, negotiation, person))

    def carry_out(self, request: Request, negotiation: Negotiation, person: User) -> HttpResponse:
        scope = Scope(self.viewer, negotiation)
        sent = BatchWrite(data=request.data, context={"scope": scope})
        sent.is_valid(raise_exception=True)
        batch = Batch(scope, person, request_id_of(request), BY_NAME)
        with together(negotiation):
            done = batch.run(sent.validated_data["operations"])
            results = [line_of(request, name, item) for _verb, name, item in done]
        return document_response(request, {"results": results})


def line_of(request: Request, verb: str, item: Tracked) -> dict[str, Any]:
    """What one operation made or changed, as its version was then."""
    return {
        "verb": verb,
        "type": item.noun(),
        "id": item.public_id,
        "ref": getattr(item, "ref", None),
        "version": item.version,
        "etag": f'"v{item.version}"',
        "url": request.build_absolute_uri(address_of(item)),
    }
