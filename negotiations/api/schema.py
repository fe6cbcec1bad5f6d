"""How the interface describes itself: shared parameters, responses and examples of the OpenAPI document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework.serializers import Serializer

from .errors import MEDIA_TYPE
from .serializers.problem import ConflictDocument, ProblemDocument

# A token that is none is refused wherever it is sent, and so is one request too many.
ANYWHERE = (401, 429)
EXAMPLES = Path(__file__).parent / "examples"
REFUSALS = {
    400: "The request cannot be read, or fields are wrong.",
    401: "Sign in first, or send a token that lives.",
    403: "You may see it, but your role does not allow this.",
    404: "Not there, or not there for you.",
    409: "What is saved does not allow this change.",
    410: "You may see more or less than when the cursor was made; follow again from the beginning.",
    412: "Somebody changed it after you read it: opened, saved and yours, field by field.",
    413: "The body is too large.",
    415: "Send JSON.",
    422: "A rule of the domain refuses; `code` says which.",
    428: "Send If-Match.",
    429: "Too many requests: `Retry-After` says when to come back.",
}


class BrowserSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """Describes the session cookie."""

    target_class = "negotiations.api.auth.BrowserSession"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002
        return {"type": "apiKey", "in": "cookie", "name": "session"}


class BearerTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """Describes the tokens of programs."""

    target_class = "negotiations.api.auth.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002
        return {"type": "http", "scheme": "bearer", "bearerFormat": "ctt_…"}


def header(name: str, text: str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.HEADER, description=text, **options)


def query(name: str, text: str, kind: Any = OpenApiTypes.STR, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=text, **options)


AS_OF = query(
    "as_of",
    "How it was at an instant (RFC 3339), or at the end of a day in the negotiation's zone. The future is refused.",
    examples=[
        OpenApiExample("Now", value=""),
        OpenApiExample("End of a day", value="2025-12-08"),
        OpenApiExample("An instant", value="2025-12-08T12:00:00Z"),
    ],
)
LANG = query("lang", "Language of labels and sentences; else Accept-Language decides.", enum=["en", "ar"])
CURSOR = query("cursor", "From `next` of the page before. Made for one reader and one list.")
AFTER = query("after", "`latest` of the page before; without it, from the beginning.")
LIMIT = query("limit", "Rows on a page, 1 to 100.", OpenApiTypes.INT, default=50)
SLUG = OpenApiParameter("slug", OpenApiTypes.STR, OpenApiParameter.PATH, description="Short name in addresses.")
IF_NONE_MATCH = header("If-None-Match", "ETag of what you have; 304 if it is still the same.")
IF_MATCH = header(
    "If-Match", 'ETag of the condition as you read it, `"v7-…"`. Its version alone is compared.', required=True
)


def example(name: str) -> list[OpenApiExample]:
    """A document of an invented negotiation, kept beside the code."""
    value = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return [OpenApiExample(name.replace("_", " ").capitalize(), value=value, response_only=True)]


NEGOTIATION_PAGE = "negotiation_page"
NEGOTIATION = "negotiation"
PHASE_STATE = "phase_state"
CONDITION = "condition"
RECORD_PAGE, ENTRY = "record_page", "entry"
TOKEN, TOKEN_LIST, TOKEN_MADE = "token", "token_list", "token_made"
TOKEN_WANTED = OpenApiExample(
    "A newsroom's program that reads for a quarter",
    value={"name": "Newsroom ticker", "scope": "read", "days": 90},
    request_only=True,
)
STATUS_CHANGE = OpenApiExample(
    "The monitors found the withdrawal complete",
    value={
        "status": "met",
        "reason": "The monitors counted no post south of the line.",
        "citations": [{"source": "S1", "credibility": "2", "locator": "paragraph 4"}],
        "verification": {
            "by": "third_party",
            "actor": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
            "method": "on_site",
            "access": "full",
            "at": "2025-11-09T10:00:00Z",
        },
        "effective_at": "2025-11-09T10:00:00Z",
    },
    request_only=True,
)


def read(document: type[Serializer[Any]], name: str, *refusals: int) -> dict[Any, Any]:
    """The responses of a read: the document, 304, and what may be refused."""
    unchanged = OpenApiResponse(description="You have these very bytes.")
    return {200: OpenApiResponse(document, examples=example(name)), 304: unchanged, **refused(*refusals)}


def written(document: type[Serializer[Any]], name: str, *refusals: int) -> dict[Any, Any]:
    """The responses of a verb: the item as it is now, and what may be refused."""
    return {200: OpenApiResponse(document, examples=example(name)), **refused(413, 415, *refusals)}


def made(document: type[Serializer[Any]], name: str, *refusals: int) -> dict[Any, Any]:
    """The responses of a creation: the new item, and what may be refused."""
    return {201: OpenApiResponse(document, examples=example(name)), **refused(413, 415, *refusals)}


def refused(*statuses: int) -> dict[Any, Any]:
    return {
        (status, MEDIA_TYPE): OpenApiResponse(
            ConflictDocument if status == 412 else ProblemDocument, description=REFUSALS[status]
        )
        for status in sorted({*ANYWHERE, *statuses})
    }
