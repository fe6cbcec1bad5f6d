"""A list on a page: narrowed by what stands in the address, cut into pages, with links that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from negotiations.pages.files import file_addresses
from negotiations.selectors.facets.base import Answer, Facet, Facets

Line = TypeVar("Line")
SIZE = 50


@dataclass(frozen=True, slots=True)
class Control:
    """One control of the filter form."""

    name: str
    label: str
    options: tuple[Answer, ...]
    is_flag: bool
    value: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, with the address of the same list without it."""

    label: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class Listing(Generic[Line]):
    """One page of a narrowed list and everything around it."""

    lines: tuple[Line, ...]
    every: tuple[Line, ...]
    has_any: bool
    controls: tuple[Control, ...]
    chips: tuple[Chip, ...]
    typed: str
    clear: str
    page: int
    pages: int
    previous: str
    next: str
    files: list[tuple[str, str]]

    @property
    def total(self) -> int:
        return len(self.every)


def listing(request: HttpRequest, lines: Sequence[Line], facets: Facets[Line], *, size: int = SIZE) -> Listing[Line]:
    """Narrow and cut a list as the address asks; a value that no line answers to finds nothing."""
    asked = request.GET
    wanted = {facet.name: asked.get(facet.name, "") for facet in facets.facets}
    typed = asked.get("q", "").replace("\x00", "").strip()[:200]
    found = facets.narrowed(lines, wanted, typed)
    pages = max(-(-len(found) // size), 1)
    page = _page_of(asked.get("page", ""), pages)
    controls = tuple(_control(facet, lines, wanted[facet.name]) for facet in facets.facets)
    return Listing(
        lines=tuple(found[(page - 1) * size : page * size]),
        every=tuple(found),
        has_any=bool(lines),
        controls=tuple(control for control in controls if control.options),
        chips=_chips(asked, controls, typed),
        typed=typed,
        clear=without(asked, *wanted, "q", "page"),
        page=page,
        pages=pages,
        previous=with_page(asked, page - 1) if page > 1 else "",
        next=with_page(asked, page + 1) if page < pages else "",
        files=file_addresses(request),
    )


def without(asked: QueryDict, *names: str) -> str:
    """The address of the same list without some of what narrows it."""
    rest = asked.copy()
    for name in names:
        rest.pop(name, None)
    return f"?{rest.urlencode()}" if rest else "?"


def with_page(asked: QueryDict, page: int) -> str:
    rest = asked.copy()
    rest["page"] = str(page)
    return f"?{rest.urlencode()}"


def _control(facet: Facet[Line], lines: Sequence[Line], value: str) -> Control:
    return Control(facet.name, facet.label, tuple(facet.options(lines)), facet.is_flag, value)


def _chips(asked: QueryDict, controls: Sequence[Control], typed: str) -> tuple[Chip, ...]:
    chips = [
        Chip(
            control.label,
            "" if control.is_flag else dict(control.options).get(control.value, control.value[:80]),
            without(asked, control.name, "page"),
        )
        for control in controls
        if control.value
    ]
    if typed:
        chips.append(Chip(_("Find words"), typed, without(asked, "q", "page")))
    return tuple(chips)


def _page_of(text: str, pages: int) -> int:
    return min(max(int(text), 1), pages) if text.isdecimal() and len(text) < 7 else 1
