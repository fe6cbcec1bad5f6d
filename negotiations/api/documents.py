"""Documents as bytes: serialised once, tagged by their hash, answered 304 where the caller has them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.utils.http import parse_etags
from rest_framework.request import Request

from negotiations.rules.codes import Marking
from negotiations.rules.maker import SITE

SAID = {"as_of": "as of", "known_at": "as known at"}
MEDIA_TYPE = "application/json"


def document_response(
    request: Request, document: Mapping[str, Any], *, version: int | None = None, status: int = 200
) -> HttpResponse:
    """The document, or 304 without it for a caller who has these very bytes.

    `version` is an item's own; it leads the ETag, so that `If-Match` can compare it alone.
    """
    body = orjson.dumps(document, option=orjson.OPT_UTC_Z)
    etag = etag_of(body, version)
    if request.method in ("GET", "HEAD") and is_held(request.META.get("HTTP_IF_NONE_MATCH", ""), etag):
        return HttpResponse(status=304, content_type=MEDIA_TYPE, headers={"ETag": etag})
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers={"ETag": etag})


def etag_of(body: bytes, version: int | None = None) -> str:
    digest = hashlib.sha256(body).hexdigest()[:32]
    return f'"v{version}-{digest}"' if version is not None else f'"{digest}"'


def is_held(if_none_match: str, etag: str) -> bool:
    """Whether the caller's tags name this one; compared weakly, as the standard wants it for reads."""
    tags = {tag.removeprefix("W/") for tag in parse_etags(if_none_match)}
    return etag in tags or "*" in tags


def provenance(
    request: Request,
    *,
    title: str,
    as_of: datetime | None,
    marking: str,
    known_at: datetime | None = None,
    path: str = "",
    asked: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """Licence, how to cite, and an address that gives the same document again.

    `asked` is what narrows a list. Above TLP:CLEAR there is no licence to pass anything on.
    """
    clocks = {"as_of": as_of, "known_at": known_at}
    moments = {name: at.astimezone(UTC).isoformat().replace("+00:00", "Z") for name, at in clocks.items() if at}
    pairs = [*asked, *moments.items()]
    query = f"?{urlencode(pairs)}" if pairs else ""
    permalink = request.build_absolute_uri(f"{path or request.path}{query}")
    dated = "".join(f", {SAID[name]} {moment}" for name, moment in moments.items())
    return {
        "license": settings.DATA_LICENSE if marking == Marking.CLEAR else None,
        "cite_as": f"{SITE}: {title}{dated}. {permalink}",
        "permalink": permalink,
    }
