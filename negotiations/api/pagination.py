"""Keyset pages: a signed cursor that only the reader and the list it was made for can use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request

from negotiations.rules.marking import Viewer

from .errors import Problem

LIMIT = 50
LIMIT_MAX = 100
PAGING = frozenset({"cursor", "limit"})


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list and the address of the next ones, None on the last page."""

    rows: list[Any]
    next: str | None


def keyset_page(request: Request, viewer: Viewer, rows: QuerySet[Any, Any], *, key: str) -> Page:
    """The rows after the caller's cursor, ordered by `key`, which must be unique and visible in each row.

    The cursor holds the key of a row its reader has seen and nothing else: no count, no internal id.
    """
    limit = asked_limit(request)
    signer = Signer(salt=f"cursor:{viewer.user_id or 'anybody'}:{request.path}?{filters_of(request)}")
    if cursor := request.query_params.get("cursor"):
        rows = rows.filter(**{f"{key}__gt": read_cursor(signer, cursor)})
    found = list(rows.order_by(key)[: limit + 1])
    if len(found) <= limit:
        return Page(found, None)
    shown = found[:limit]
    query = request.query_params.copy()
    query["cursor"] = signer.sign_object({"after": getattr(shown[-1], key)})
    return Page(shown, request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))


def asked_limit(request: Request) -> int:
    text = request.query_params.get("limit", str(LIMIT))
    if not (text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= LIMIT_MAX):
        message = _("Ask for 1 to %(most)s rows.") % {"most": LIMIT_MAX}
        raise Problem(400, "invalid_limit", message, errors={"limit": message})
    return int(text)


def filters_of(request: Request) -> str:
    """Everything in the query that shapes the list, in a stable order."""
    shaping = sorted((name, value) for name, values in request.query_params.lists() for value in values)
    return repr([pair for pair in shaping if pair[0] not in PAGING])


def read_cursor(signer: Signer, cursor: str) -> Any:
    """What the cursor points after; one made for somebody or something else is refused."""
    try:
        return signer.unsign_object(cursor)["after"]
    except (BadSignature, ValueError, KeyError, TypeError):
        message = _("This cursor was not made for this list and reader; start again without it.")
        raise Problem(400, "invalid_cursor", message, errors={"cursor": message}) from None
