"""A list as a file: the rows of `exports`, one for each item, made of the members of its documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from rest_framework import serializers

from negotiations.exports.proof import public_head
from negotiations.exports.response import table_response
from negotiations.exports.stamp import FileStamp
from negotiations.exports.table import Cell, Table
from negotiations.rules.codes import AccessKind, Marking
from negotiations.rules.marking import narrowest
from negotiations.services.access_log import Shown, note_reading

from .resources.listing import Listing
from .views.base import ApiView

# What people call a thing by, the first that it has; and what says nothing.
NAMES = ("ref", "number", "name")
EMPTY: tuple[object, ...] = (None, "", [], (), {})


def list_file(view: ApiView, listing: Listing, form: str) -> HttpResponseBase:
    """All rows of the list as `csv` or `xlsx`; marking, moment and licence in headers and in columns.

    The file bears the narrowest marking in it; reading it is noted as taking it away.
    """
    reading, markings = listing.reading, listing.markings()
    head = reading.head or {}
    stamp = FileStamp(
        name=f"{head['slug']}-{listing.resource.plural}",
        marking=Marking(narrowest([head["marking"], *markings, *listing.markings_inside(), *listing.markings_named()])),
        as_of=listing.computed.as_of if listing.computed else reading.moment.at,
        made_at=view.now(),
        known_at=reading.moment.known_at,
        link=public_head(reading.negotiation),
    )
    if view.viewer.is_signed_in:
        taken = Shown("negotiation", reading.negotiation.public_id, stamp.marking)
        note_reading(view.viewer, reading.negotiation, [taken], AccessKind.EXPORT)
    said = said_in_rows(stamp)
    table = Table(stamp, [*columns_of(listing), *said], rows_of(listing, markings, tuple(said.values())))
    return table_response(table, form, lead="")


def said_in_rows(stamp: FileStamp) -> dict[str, str]:
    """What says in each row how the file may be used, because headers get lost when it is passed on."""
    return {
        "as_of": stamp.as_of.isoformat(),
        "known_at": stamp.known_at.isoformat() if stamp.known_at else "",
        "license": settings.DATA_LICENSE if stamp.license else "",
    }


def columns_of(listing: Listing) -> list[str]:
    """The names of the columns, the same in every language: a member, or each thing inside it."""
    described = listing.resource.line()
    return [name for member in listing.members for name in _names(member, described.fields[member])]


def rows_of(listing: Listing, markings: set[str], said: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
    """A row for each item, some read at a time.

    What became narrower than all that was there when the file was begun is left out: the file is already marked.
    """
    described = listing.resource.line()
    for documents in listing.chunks():
        for document in documents:
            if document["marking"] in markings:
                cells = (one for name in listing.members for one in _cells(document[name], described.fields[name]))
                yield *map(cell_of, cells), *said


def _names(member: str, described: Any) -> list[str]:
    if isinstance(described, serializers.Serializer):
        return [f"{member}_{name}" for name in described.fields]
    return [member]


def _cells(value: Any, described: Any) -> list[Any]:
    if isinstance(described, serializers.Serializer):
        return [None if value is None else value[name] for name in described.fields]
    return [value]


def cell_of(value: Any) -> Cell:
    """A member's value as one cell, written as the documents write it; things in it as people call them."""
    match value:
        case bool():
            return "true" if value else "false"
        case None | int() | float() | Decimal() | str():
            return value
        case list() | tuple():
            return "; ".join(_inside(one) for one in value)
        case Mapping():
            return _told(value)
        case _ if hasattr(value, "isoformat"):
            return str(value.isoformat())
    return str(value)


def _told(thing: Mapping[str, Any]) -> str:
    """A thing by what people call it; what has no name by all that it says, its id only where that is all."""
    if (named := _name(thing)) is not None:
        return str(named)
    said = {name: value for name, value in thing.items() if name != "id" and value not in EMPTY}
    return ", ".join(f"{name}: {_inside(value)}" for name, value in said.items()) or str(thing.get("id", ""))


def _name(thing: Mapping[str, Any]) -> Any:
    return next((thing[name] for name in NAMES if thing.get(name)), None)


def _inside(value: Any) -> str:
    """A value within another one, in brackets where it would run into what stands around it."""
    text = "" if value is None else str(cell_of(value))
    is_several = isinstance(value, list | tuple) and "; " in text
    has_members = isinstance(value, Mapping) and _name(value) is None and ": " in text
    return f"({text})" if is_several or has_members else text
