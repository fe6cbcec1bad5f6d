"""Who the caller is, and what they may see where."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.models import Token, User
from negotiations.selectors.seats import seat_documents

from .. import schema
from ..documents import document_response
from ..fields import check_parameters
from ..serializers.me import MeDocument
from .base import ApiView

NOBODY: dict[str, Any] = dict.fromkeys(("id", "username", "name", "time_zone"))


class Me(ApiView):
    """Nobody in particular is told so, and not refused."""

    @extend_schema(
        operation_id="me_retrieve",
        summary="Who you are here, and your seats with role, clearance and organisation",
        parameters=[schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(MeDocument, "me", 400),
    )
    def get(self, request: Request) -> HttpResponse:
        check_parameters(request, ())
        user, token = request.user, request.auth
        document = {
            "is_signed_in": self.viewer.is_signed_in,
            **(person(user) if isinstance(user, User) else NOBODY),
            "scope": token.scope if isinstance(token, Token) else None,
            "seats": seat_documents(self.viewer),
            "language": get_language(),
        }
        return document_response(request, document)


def person(user: User) -> dict[str, Any]:
    return {"id": user.public_id, "username": user.username, "name": str(user), "time_zone": user.time_zone}
