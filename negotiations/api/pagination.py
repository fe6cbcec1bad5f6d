"""Keyset pages: a signed cursor that only the reader and the list it was made for can use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cmp_to_key
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request

from negotiations.rules.facts import natural_key
from negotiations.rules.marking import Viewer

from .errors import Problem

LIMIT = 50
LIMIT_MAX = 100
PAGING = frozenset({"cursor", "limit", "count"})


@dataclass(frozen=True, slots=True)
class Sort:
    """One column of an order; rows without a value come last either way.

    `is_natural` puts C2 before C10, which only rows at hand can be sorted by; `has_nulls` says that
    the column may be empty.
    """

    column: str
    is_descending: bool = False
    is_natural: bool = False
    has_nulls: bool = False


Order = tuple[Sort, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list and the address of the next ones, None on the last page."""

    rows: list[Any]
    next: str | None


def keyset_page(request: Request, viewer: Viewer, rows: QuerySet[Any, Any], *, key: str | Order) -> Page:
    """The rows after the caller's cursor, in an order that ends in a column unique and visible in each row.

    The cursor holds what orders a row its reader has seen and nothing else: no count, no internal id.
    """
    order = (Sort(key),) if isinstance(key, str) else key
    limit, after = asked_limit(request), asked_cursor(request, viewer, order)
    found = list(sorted_after(rows, order, after)[: limit + 1])
    return _page(request, viewer, found, order, limit)


def page_at_hand(request: Request, viewer: Viewer, rows: Sequence[Any], *, key: Order) -> Page:
    """The same of rows that were all read; they come sorted here."""
    limit, after = asked_limit(request), asked_cursor(request, viewer, key)
    found = in_order(rows, key)
    if after is not None:
        found = [row for row in found if compare(values_of(row, key), after, key) > 0]
    return _page(request, viewer, found[: limit + 1], key, limit)


def _page(request: Request, viewer: Viewer, found: list[Any], order: Order, limit: int) -> Page:
    if len(found) <= limit:
        return Page(found, None)
    shown = found[:limit]
    last = values_of(shown[-1], order)
    query = request.query_params.copy()
    query["cursor"] = signer_of(request, viewer).sign_object({"after": last if len(last) > 1 else last[0]})
    return Page(shown, request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))


def sorted_after(rows: QuerySet[Any, Any], order: Order, after: Sequence[Any] | None) -> QuerySet[Any, Any]:
    """The rows in order, those after the values of `after` only."""
    if after is not None:
        rows = rows.filter(_after(order, after))
    return rows.order_by(*(_ordering(sort) for sort in order))


def _ordering(sort: Sort) -> Any:
    if not sort.has_nulls:
        # Said without a place for nulls, so that an index in plain order serves.
        return f"-{sort.column}" if sort.is_descending else sort.column
    column = F(sort.column)
    return column.desc(nulls_last=True) if sort.is_descending else column.asc(nulls_last=True)


def _after(order: Order, after: Sequence[Any]) -> Q:
    """Rows beyond the values: beyond in the first column, or equal there and beyond in the others."""
    sort, value = order[0], after[0]
    rest = _after(order[1:], after[1:]) if len(order) > 1 else None
    if value is None:
        empty = Q(**{f"{sort.column}__isnull": True})
        return empty & rest if rest is not None else ~Q(pk__isnull=False)
    found = Q(**{f"{sort.column}__{'lt' if sort.is_descending else 'gt'}": value})
    if rest is None:
        return found
    found |= Q(**{sort.column: value}) & rest
    if sort.has_nulls:
        return found | Q(**{f"{sort.column}__isnull": True})
    # Says again what follows from the rest, in words an index understands.
    return Q(**{f"{sort.column}__{'lte' if sort.is_descending else 'gte'}": value}) & found


def in_order(rows: Sequence[Any], order: Order) -> list[Any]:
    """Rows at hand, sorted."""

    def by_values(one: tuple[list[Any], Any], other: tuple[list[Any], Any]) -> int:
        return compare(one[0], other[0], order)

    keyed = [(values_of(row, order), row) for row in rows]
    keyed.sort(key=cmp_to_key(by_values))
    return [row for _values, row in keyed]


def values_of(row: Any, order: Order) -> list[Any]:
    """What orders a row, as a cursor can hold it."""
    return [_plain(_column(row, sort.column)) for sort in order]


def _column(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, dict) else getattr(row, name)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def compare(one: Sequence[Any], other: Sequence[Any], order: Order) -> int:
    """Below 0 where the first values come first, 0 where they are the same."""
    for sort, mine, theirs in zip(order, one, other, strict=True):
        if mine == theirs:
            continue
        if mine is None or theirs is None:
            return 1 if mine is None else -1
        a, b = (natural_key(mine), natural_key(theirs)) if sort.is_natural else (mine, theirs)
        return (1 if a > b else -1) * (-1 if sort.is_descending else 1)
    return 0


def asked_limit(request: Request) -> int:
    text = request.query_params.get("limit", str(LIMIT))
    if not (text.isascii() and text.isdecimal() and len(text) <= 3 and 1 <= int(text) <= LIMIT_MAX):
        message = _("Ask for 1 to %(most)s rows.") % {"most": LIMIT_MAX}
        raise Problem(400, "invalid_limit", message, errors={"limit": message})
    return int(text)


def asked_cursor(request: Request, viewer: Viewer, order: Order) -> list[Any] | None:
    """The values that the caller's cursor stands after, None for a first page."""
    cursor = request.query_params.get("cursor")
    if not cursor:
        return None
    after = read_cursor(signer_of(request, viewer), cursor)
    return after if len(order) > 1 else [after]


def signer_of(request: Request, viewer: Viewer) -> Signer:
    return Signer(salt=f"cursor:{viewer.user_id or 'anybody'}:{request.path}?{filters_of(request)}")


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
