"""A list as a file: streamed, one row for each item, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from django.conf import settings
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework import serializers

from negotiations.rules.cells import cell_text
from negotiations.rules.codes import AccessKind, Marking
from negotiations.rules.marking import narrowest
from negotiations.services.access_log import Shown, note_reading

from .resources.listing import Listing
from .views.base import ApiView

LICENSES = "https://spdx.org/licenses/"
# What says in each row how the file may be used, because headers get lost when it is passed on.
STAMPS = ("as_of", "known_at", "license")
NAMES = ("ref", "number", "name", "id")


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_response(view: ApiView, listing: Listing) -> HttpResponseBase:
    """All rows of the list; marking, moment and licence in headers and in columns.

    The file bears the narrowest marking in it; reading it is noted as taking it away.
    """
    reading, resource = listing.reading, listing.resource
    head = reading.head or {}
    marking = narrowest([head["marking"], *listing.markings()])
    moment = listing.computed.as_of if listing.computed else reading.moment.at
    is_open = marking == Marking.CLEAR
    if view.viewer.is_signed_in:
        taken = Shown("negotiation", reading.negotiation.public_id, marking)
        note_reading(view.viewer, reading.negotiation, [taken], AccessKind.EXPORT)
    known = reading.moment.known_at
    stamps = {
        "as_of": moment.isoformat(),
        "known_at": known.isoformat() if known else "",
        "license": settings.DATA_LICENSE if is_open else "",
    }
    response = StreamingHttpResponse(lines(listing, stamps), content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="{head["slug"]}-{resource.plural}.csv"'
    response["TLP"] = Marking(marking).label
    response["As-Of"] = stamps["as_of"]
    if known:
        response["Known-At"] = stamps["known_at"]
    if is_open:
        response["Link"] = f'<{LICENSES}{settings.DATA_LICENSE}>; rel="license"'
    return response


def lines(listing: Listing, stamps: Mapping[str, str]) -> Iterator[str]:
    """The header and then a line for each item; the names of columns are the same in every language."""
    writer = csv.writer(Echo())
    described = listing.resource.line()
    columns = [name for member in listing.members for name in names_of(member, described.fields[member])]
    yield writer.writerow([*columns, *STAMPS])
    for documents in listing.chunks():
        for document in documents:
            cells = [cell for name in listing.members for cell in cells_of(document[name], described.fields[name])]
            yield writer.writerow([*map(safe, cells), *stamps.values()])


def names_of(member: str, described: Any) -> list[str]:
    """The columns of a member: one, or one for each thing inside it."""
    if isinstance(described, serializers.Serializer):
        return [f"{member}_{name}" for name in described.fields]
    return [member]


def cells_of(value: Any, described: Any) -> list[Any]:
    if isinstance(described, serializers.Serializer):
        return [None if value is None else value[name] for name in described.fields]
    return [value]


def safe(value: Any) -> str:
    """A cell as text; what a spreadsheet would run begins with an apostrophe."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list():
            return safe("; ".join(one if isinstance(one, str) else _name(one) for one in value))
        case dict():
            return safe(orjson.dumps(value, option=orjson.OPT_UTC_Z).decode())
        case _ if hasattr(value, "isoformat"):
            return str(value.isoformat())
    return cell_text(str(value))


def _name(one: Any) -> str:
    """An item of a list by what people call it."""
    if isinstance(one, dict):
        return str(next((one[name] for name in NAMES if one.get(name)), ""))
    return str(one)
