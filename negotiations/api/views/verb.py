"""The addresses of verbs: each one's method, described, on a view of its own or on the one that reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation
from negotiations.models import Negotiation

from .. import schema
from ..serializers.proposed_finding import ProposedFindingDocument
from ..verbs.describing import document_of, operation_of
from ..verbs.finding import found
from ..verbs.perform import perform
from ..verbs.verb import Verb
from .base import ApiView

# Scopes and sessions alike; nobody in particular writes.
AUTH: Any = [{"token": []}, {"session": []}]
REFUSED = (400, 401, 403, 404, 409, 413, 415, 422)


def with_verbs(base: type[ApiView], verbs: list[Verb]) -> type[ApiView]:
    """The view with a method for each verb that its address takes; one method is one verb."""
    name = base.__name__ if base is not ApiView else "".join(part.title() for part in verbs[0].name.split("."))
    return type(name, (base,), {verb.method: method_of(verb) for verb in verbs} | {"__doc__": base.__doc__})


def method_of(verb: Verb) -> Callable[..., HttpResponse]:
    """What a view does when the verb is called on it."""

    def method(self: ApiView, request: Request, **names: Any) -> HttpResponse:
        return perform(self, request, verb, target_of(self, verb, names))

    method.__doc__ = verb.summary
    described: Callable[..., HttpResponse] = extend_schema(**description_of(verb))(method)
    return described


def target_of(view: ApiView, verb: Verb, names: dict[str, Any]) -> Any:
    """What the verb is called on: nothing yet for opening a negotiation."""
    if verb.makes is Negotiation:
        return None
    if verb.on is Negotiation:
        return find_negotiation(view.viewer, names["slug"])
    return found(verb.on, view.viewer, names["public_id"])


def description_of(verb: Verb) -> dict[str, Any]:
    """The verb as the OpenAPI document tells of it."""
    refused = (*REFUSED, 412, 428) if verb.takes_version else REFUSED
    document, example = document_of(verb)
    versioned = [schema.IF_MATCH] if verb.takes_version else []
    sent = OpenApiExample(verb.summary, value=dict(verb.example), request_only=True)
    answers = schema.made if verb.makes else schema.written
    proposed = schema.proposed(ProposedFindingDocument, "proposedfinding") if verb.may_propose else {}
    return {
        "operation_id": operation_of(verb),
        "summary": verb.summary,
        "description": verb.description or None,
        "parameters": [*path_of(verb), schema.LANG, schema.IDEMPOTENCY_KEY, *versioned],
        "request": verb.body,
        "auth": AUTH,
        "examples": [sent],
        "responses": {**answers(document, example, *refused), **proposed},
    }


def path_of(verb: Verb) -> list[Any]:
    if verb.makes is Negotiation:
        return []
    return [schema.SLUG] if verb.on is Negotiation else [schema.ID]
