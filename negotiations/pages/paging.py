"""A person's own rows a page at a time, with the addresses of the pages beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from .listing import with_page

Row = TypeVar("Row", bound=Model)
SIZE = 25


@dataclass(frozen=True, slots=True)
class Paged(Generic[Row]):
    """One page of rows; the partial `pager.html` draws its links."""

    rows: tuple[Row, ...]
    page: int
    pages: int
    previous: str
    next: str


def paged(request: HttpRequest, rows: QuerySet[Row], *, size: int = SIZE) -> Paged[Row]:
    """The page that the address asks for, the nearest one where there is none such. Two queries."""
    pages = max(-(-rows.count() // size), 1)
    page = _page_of(request.GET.get("page", ""), pages)
    return Paged(
        rows=tuple(rows[(page - 1) * size : page * size]),
        page=page,
        pages=pages,
        previous=with_page(request.GET, page - 1) if page > 1 else "",
        next=with_page(request.GET, page + 1) if page < pages else "",
    )


def _page_of(text: str, pages: int) -> int:
    return min(max(int(text), 1), pages) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
