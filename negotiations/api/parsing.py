"""JSON in, JSON out: bodies read strictly, answers never in any other form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

# A batch of bodies with lists of citations needs half of it; far deeper, what reads them runs out of stack.
DEEPEST = 16


class BodyTooLarge(APIException):
    """More bytes than any verb needs."""

    status_code = 413
    default_code = "body_too_large"


def too_large() -> BodyTooLarge:
    return BodyTooLarge(_("The body is larger than %(limit)s bytes.") % {"limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE})


class StrictJson(BaseParser):
    """JSON as RFC 8259 has it: UTF-8, no NaN, no lone surrogates, no bottomless nesting."""

    media_type = "application/json"
    renderer_class = JSONRenderer

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise too_large()
        try:
            found = orjson.loads(body)
        except orjson.JSONDecodeError as wrong:
            raise ParseError(_("The body is not JSON: %(what)s.") % {"what": wrong.msg}) from None
        if nests(found, DEEPEST):
            raise ParseError(_("The body is nested too deeply."))
        return found


def nests(data: Any, room: int) -> bool:
    """Whether lists and objects stand inside each other further than there is room for."""
    if not isinstance(data, list | dict):
        return False
    inside = data.values() if isinstance(data, dict) else data
    return not room or any(nests(one, room - 1) for one in inside)


class AlwaysJson(DefaultContentNegotiation):
    """Whatever a client says it accepts, it gets JSON; an error in another form would help nobody."""

    def select_renderer(
        self,
        request: Request,  # noqa: ARG002
        renderers: Any,
        format_suffix: str | None = None,  # noqa: ARG002
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], str(renderers[0].media_type)
