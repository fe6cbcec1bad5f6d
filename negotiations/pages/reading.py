"""Tells the access log what a page of a negotiation, or of all of them, showed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from django.http import HttpRequest

from negotiations.models import Negotiation
from negotiations.rules.codes import AccessKind
from negotiations.rules.marking import Viewer
from negotiations.selectors.scene import Scene, highest_in
from negotiations.services.access_log import Shown, note_reading, note_readings, shown

# The formats in which a list is taken away as a file.
FORMATS = ("csv", "xlsx", "json")


class Line(Protocol):
    """A line of a list over several negotiations: one item and where it stands."""

    @property
    def noun(self) -> str: ...
    @property
    def public_id(self) -> UUID: ...
    @property
    def negotiation_id(self) -> int: ...
    @property
    def marking(self) -> str: ...


def wants_file(request: HttpRequest) -> bool:
    return request.GET.get("format") in FORMATS


def wants_rows(request: HttpRequest) -> bool:
    """Whether the page's own lines are asked for as a file, and not one of the charts on it."""
    return wants_file(request) and "chart" not in request.GET


def note_page(request: HttpRequest, viewer: Viewer, scene: Scene, named: Mapping[str, Any]) -> None:
    """Note the page as one of the whole negotiation, and the item whose reference or id is in its address.

    The whole bears the highest marking of what was loaded for it, which is what this reader may see of it.
    """
    rows = [row for rows in scene.rows.values() for row in rows]
    names = {str(value) for value in named.values()}
    items = [row for row in rows if getattr(row, "ref", "") in names or str(row.public_id) in names]
    whole = shown(scene.negotiation, highest_in(scene))
    note_reading(viewer, scene.negotiation, [whole, *items], kind_of_reading(request))


def note_wholes(request: HttpRequest, viewer: Viewer, markings: Mapping[Negotiation, str]) -> None:
    """Note a page of several negotiations as one of each, with the highest marking of what it showed of it."""
    seen = {one.pk: [shown(one, marking)] for one, marking in markings.items()}
    note_readings(viewer, seen, kind_of_reading(request))


def note_lines(request: HttpRequest, viewer: Viewer, lines: Iterable[Line]) -> None:
    """Note each item of a list over several negotiations."""
    seen: defaultdict[int, list[Shown]] = defaultdict(list)
    for line in lines:
        seen[line.negotiation_id].append(Shown(line.noun, line.public_id, line.marking))
    note_readings(viewer, seen, kind_of_reading(request))


def kind_of_reading(request: HttpRequest) -> AccessKind:
    """A list that is taken away as a file was exported."""
    return AccessKind.EXPORT if wants_file(request) else AccessKind.READ
