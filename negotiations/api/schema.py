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
    410: "You may see more or less than when the cursor or the file was made; begin again.",
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
KNOWN_AT = query(
    "known_at",
    "As known at an instant, or at the end of a day in the negotiation's zone: what was told later, corrections "
    "too, is left out. Alone it asks about the latest moment. The future is refused.",
    examples=[
        OpenApiExample("As known now", value=""),
        OpenApiExample("As known at the end of a day", value="2025-12-08"),
        OpenApiExample("As known at an instant", value="2025-12-08T12:00:00Z"),
    ],
)
LANG = query("lang", "Language of labels and sentences; else Accept-Language decides.", enum=["en", "ar"])
CURSOR = query("cursor", "From `next` of the page before. Made for one reader and one list.")
AFTER = query("after", "`latest` of the page before; without it, from the beginning.")
LIMIT = query("limit", "Rows on a page, 1 to 100.", OpenApiTypes.INT, default=50)
COUNT = query("count", "`exact` counts all rows that you may see; nothing is counted otherwise.", enum=["exact"])
FIELDS = query("fields", "Members of each row that you want, with commas between; id and marking always come.")
OMIT = query("omit", "Members of each row that you do not want, with commas between.")
FORMAT = query(
    "format",
    "`csv` gives the whole list as a file (RFC 4180), one row for each item, with its marking, both moments "
    "and the licence in columns and in the headers `TLP`, `As-Of`, `Known-At` and `Link`; `Record-Link` names where "
    "the public chain of the record ended. `xlsx` gives the same as a workbook, which says all this on a sheet of its "
    "own. What is inside a member comes as `member_name`, lists with semicolons between. A text that a spreadsheet "
    "would run begins with an apostrophe.",
    enum=["json", "csv", "xlsx"],
)
REF = OpenApiParameter("ref", OpenApiTypes.STR, OpenApiParameter.PATH, description="What people call it.")
SLUG = OpenApiParameter("slug", OpenApiTypes.STR, OpenApiParameter.PATH, description="Short name in addresses.")
IF_NONE_MATCH = header("If-None-Match", "ETag of what you have; 304 if it is still the same.")
ID = OpenApiParameter("public_id", OpenApiTypes.UUID, OpenApiParameter.PATH, description="Its id.")
IDEMPOTENCY_KEY = header(
    "Idempotency-Key",
    "A key of your own, kept for a day: the same request sent again under it is answered again "
    "(`Idempotent-Replayed: true`) and not done again. A refusal is not kept.",
)
IF_MATCH = header(
    "If-Match", 'ETag of the item as you read it, `"v7-…"`. Its version alone is compared.', required=True
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
WEBHOOK, WEBHOOK_PAGE, WEBHOOK_MADE, WEBHOOK_SECRET = "webhook", "webhook_page", "webhook_made", "webhook_secret"
WEBHOOK_DELIVERY, WEBHOOK_DELIVERY_PAGE, REPLAY_DONE = "webhook_delivery", "webhook_delivery_page", "replay_done"
WEBHOOK_WANTED = OpenApiExample(
    "A map that follows the statuses of one negotiation",
    value={
        "name": "Newsroom map",
        "url": "https://map.example.org/hooks/tracker",
        "negotiation": "two-shores",
        "verbs": ["condition.status_changed", "phase.status_changed"],
        "least_urgency": "routine",
    },
    request_only=True,
)
WEBHOOK_CHANGED = OpenApiExample(
    "Everything that is urgent, whatever the verb", value={"verbs": [], "least_urgency": "urgent"}, request_only=True
)
REPLAY_WANTED = OpenApiExample(
    "All of a record that the webhook asks for", value={"negotiation": "two-shores", "after": ""}, request_only=True
)
TOKEN_WANTED = OpenApiExample(
    "A newsroom's program that reads for a quarter",
    value={"name": "Newsroom ticker", "scope": "read", "days": 90},
    request_only=True,
)
EXPORT_WANTED = OpenApiExample(
    "The record with what proves it", value={"negotiation": "two-shores", "format": "jsonl"}, request_only=True
)
SUBSCRIPTION_WANTED = OpenApiExample(
    "Notable changes of one negotiation, every working day before the morning round",
    value={
        "negotiation": "two-shores",
        "least_urgency": "notable",
        "channel": "email",
        "rhythm": "weekdays",
        "local_time": "07:45",
        "time_zone": "Africa/Cairo",
    },
    request_only=True,
)
WISHES_CHANGED = OpenApiExample(
    "At once, but at night only what is urgent",
    value={"rhythm": "at_once", "quiet_from": "22:00", "quiet_until": "07:00", "breaks_quiet": "urgent"},
    request_only=True,
)
BATCH = OpenApiExample(
    "A report: its source, a claim in it, and the status that follows",
    value={
        "operations": [
            {
                "verb": "source.added",
                "as": "report",
                "body": {"publisher": "River Monitors", "title": "Bulletin 14", "reliability": "B"},
            },
            {
                "verb": "claim.made",
                "body": {
                    "claimant": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
                    "conditions": ["C1"],
                    "kind": "not_fulfilled",
                    "text": "Four posts remain.",
                    "said_at": "2025-11-04T09:30:00Z",
                    "citations": [{"source": "$report", "credibility": "2"}],
                },
            },
            {
                "verb": "condition.status_changed",
                "item": "9b1c2d3e-4f50-4a6b-8c7d-0e1f2a3b4c5d",
                "if_match": '"v7-0a1b2c"',
                "body": {
                    "status": "partly_met",
                    "reason": "Four of nine posts remain.",
                    "citations": [{"source": "$report", "credibility": "2"}],
                },
            },
        ]
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


def proposed(document: type[Serializer[Any]], name: str) -> dict[Any, Any]:
    """The response of a verb that was only proposed to a second person."""
    waits = "It waits for a second person; nothing has changed yet."
    return {202: OpenApiResponse(document, description=waits, examples=example(name))}


def taken_up(document: type[Serializer[Any]], name: str, *refusals: int) -> dict[Any, Any]:
    """The responses where a worker does what was wanted: how far it is, and what may be refused."""
    later = "A worker takes it up: look again at `Location`."
    return {202: OpenApiResponse(document, description=later, examples=example(name)), **refused(413, 415, *refusals)}


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
