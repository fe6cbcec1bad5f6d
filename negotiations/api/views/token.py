"""Tokens: a signed-in person makes, lists and revokes their own; no token makes or sees another."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.models import Token
from negotiations.rules.codes import TokenScope
from negotiations.selectors.tokens import is_living, token_of, tokens_of
from negotiations.services.token import create_token, revoke_token

from .. import schema
from ..documents import document_response
from ..serializers.token import TokenLine, TokenList, TokenMade, TokenWrite
from .own import PersonalView

SESSION: Any = [{"session": []}]


class Tokens(PersonalView):
    """Your tokens."""

    @extend_schema(
        operation_id="tokens_list",
        summary="Your tokens, without their secrets",
        description="Needs a session: a token does not see tokens.",
        parameters=[schema.LANG, schema.IF_NONE_MATCH],
        auth=SESSION,
        responses=schema.read(TokenList, schema.TOKEN_LIST, 400, 401, 403),
    )
    def get(self, request: Request) -> HttpResponse:
        now = timezone.now()
        found = [line_of(request, token, now=now) for token in tokens_of(self.person(request))]
        return document_response(request, {"results": found})

    @extend_schema(
        operation_id="tokens_create",
        summary="Make a token for a program",
        description="Needs a session. The secret is in this answer and nowhere else, so an `Idempotency-Key` "
        "is not honoured here: to replay the answer the secret would have to be kept.",
        parameters=[schema.LANG],
        auth=SESSION,
        request=TokenWrite,
        examples=[schema.TOKEN_WANTED],
        responses=schema.made(TokenMade, schema.TOKEN_MADE, 400, 401, 403, 422),
    )
    def post(self, request: Request) -> HttpResponse:
        person = self.person(request)
        sent = TokenWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        token, secret = create_token(person, **sent.validated_data)
        document = line_of(request, token, now=timezone.now()) | {"secret": secret}
        done = document_response(request, document, status=201)
        done["Location"] = document["urls"]["self"]
        return done


class OneToken(PersonalView):
    """One of your tokens."""

    @extend_schema(
        operation_id="tokens_retrieve",
        summary="One of your tokens, without its secret",
        parameters=[schema.LANG, schema.IF_NONE_MATCH],
        auth=SESSION,
        responses=schema.read(TokenLine, schema.TOKEN, 400, 401, 403, 404),
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        token = self.own(request, public_id)
        return document_response(request, line_of(request, token, now=timezone.now()))

    @extend_schema(
        operation_id="tokens_revoke",
        summary="Revoke a token",
        description="From the next request on it opens nothing. Revoking it again changes nothing.",
        parameters=[schema.LANG],
        auth=SESSION,
        responses={204: None, **schema.refused(400, 401, 403, 404)},
    )
    def delete(self, request: Request, public_id: UUID) -> HttpResponse:
        revoke_token(self.own(request, public_id))
        return HttpResponse(status=204)

    def own(self, request: Request, public_id: UUID) -> Token:
        token = token_of(self.person(request), public_id)
        if token is None:
            raise Http404
        return token


def line_of(request: Request, token: Token, *, now: datetime) -> dict[str, Any]:
    return {
        "id": token.public_id,
        "name": token.name,
        "scope": token.scope,
        "scope_label": TokenScope(token.scope).label,
        "prefix": token.prefix,
        "is_living": is_living(token, now),
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "last_used_on": token.last_used_on,
        "revoked_at": token.revoked_at,
        "urls": {"self": request.build_absolute_uri(f"/api/v1/tokens/{token.public_id}/")},
    }
