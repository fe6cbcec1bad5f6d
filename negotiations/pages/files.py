"""Lists as files: what the page shows with its filters, every line of it, in the format that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from negotiations.exports.proof import public_head
from negotiations.exports.response import table_response
from negotiations.exports.stamp import FileStamp
from negotiations.exports.table import Cell, Table
from negotiations.history.moment import Moment
from negotiations.pages.frame import Visit
from negotiations.pages.reading import FORMATS
from negotiations.rules.codes import Marking
from negotiations.selectors.head import AskedOfAll
from negotiations.selectors.scene import highest_in


def file_addresses(request: HttpRequest, **asked: str) -> list[tuple[str, str]]:
    """The address of the list as it is narrowed now, whole, in each format with its name; `asked` is asked too."""
    query = request.GET.copy()
    for place in ("page", "after", "entry", "chart"):
        query.pop(place, None)
    for name, value in asked.items():
        query[name] = value
    found = []
    for form in FORMATS:
        query["format"] = form
        found.append((form.upper(), f"?{query.urlencode()}"))
    return found


def as_file(
    opened: Visit,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    marking: str = "",
    compared: tuple[Moment, Moment] | None = None,
) -> HttpResponseBase:
    """A list of one negotiation; without a marking of its own it bears the highest of what was loaded for its page.

    It is of the moment of its page, a comparison of the second of the moments `compared`.
    """
    first, moment = compared or (None, opened.scene.moment)
    stamp = FileStamp(
        name=f"{opened.head.slug}-{name}",
        marking=Marking(marking or highest_in(opened.scene)),
        as_of=moment.at,
        made_at=timezone.now(),
        known_at=moment.known_at,
        link=public_head(opened.negotiation),
        compared=first,
    )
    return file_response(opened.request, Table(stamp, columns, rows))


def as_wide_file(
    request: HttpRequest,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    marking: Marking,
    asked: AskedOfAll,
) -> HttpResponseBase:
    """A list over several negotiations, each with a chain of its own: there is no one link to name."""
    stamp = FileStamp(name, marking, asked.at, timezone.now(), asked.known_at)
    return file_response(request, Table(stamp, columns, rows))


def file_response(request: HttpRequest, table: Table) -> HttpResponseBase:
    """The table in the format that the address asks for, for the reader's own machine alone."""
    response = table_response(table, request.GET.get("format", "csv"))
    response["Cache-Control"] = "private, no-store"
    return response
