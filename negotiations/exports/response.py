"""A table on its way to whoever asked for it: written while it is sent, so that its length does not matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from .table import BOM, MEDIA, Table, csv_pieces, json_pieces, xlsx_file

Piece = TypeVar("Piece")


def table_response(table: Table, form: str, *, lead: str = BOM) -> HttpResponseBase:
    """The table as `csv`, `xlsx` or `json`, with the headers that say what it is.

    A workbook is whole only when its last row is known: it is made in a temporary file and sent from there.
    """
    response: HttpResponseBase
    if form == "xlsx":
        response = FileResponse(xlsx_file(table), content_type=MEDIA[form])
    elif form == "json":
        response = StreamingHttpResponse(as_now(json_pieces(table)), content_type=MEDIA[form])
    else:
        response = StreamingHttpResponse(as_now(csv_pieces(table, lead=lead)), content_type=MEDIA[form])
    for header, value in table.stamp.headers(form).items():
        response[header] = value
    return response


def as_now(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same pieces, each made in the language and zone of this moment: both end with the request, before the
    first piece is asked for."""
    return _in(iter(pieces), translation.get_language(), timezone.get_current_timezone())


def _in(pieces: Iterator[Piece], language: str | None, zone: object) -> Iterator[Piece]:
    while True:
        with translation.override(language), timezone.override(zone):  # type: ignore[arg-type]  # a zone of this moment
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
