"""A noun of the domain as the interface reads it: declared once, served as a list and as single items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rest_framework import serializers

from negotiations.models import MarkedItem
from negotiations.selectors.filters.item import ItemFilter

from ..pagination import Order, Sort
from .around import columns_of, kinds_of
from .field import Field, described_as
from .reading import BASE, Reading

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Computed:
    """Documents that follow from everything around them, and until when they stay true by themselves."""

    documents: list[Document]
    as_of: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One noun: where it is, what its documents hold, how its list is ordered and narrowed.

    `named_by` is the column that people call an item by inside a negotiation, empty for none. Rows of
    what `is_small` are sorted here and not by the database. `computes` gives the documents of what
    follows from its surroundings: of the one item with that id, or of all; `flags` tells which of
    them have what is computed, by the name of the filter.
    """

    kind: type[MarkedItem]
    plural: str
    line: type[serializers.Serializer[Any]]
    order: Order
    filters: type[ItemFilter]
    fields: tuple[Field, ...] = ()
    named_by: str = "ref"
    is_small: bool = False
    computes: Callable[[Reading, int | None], Computed | None] | None = None
    flags: Mapping[str, Callable[[Document], bool]] = field(default_factory=dict)
    paths: tuple[str, ...] = ()

    @property
    def noun(self) -> str:
        return self.kind.noun()

    @property
    def sorting(self) -> Order:
        """The order, made total by an id that every reader of a row sees."""
        return (*self.order, Sort("public_id", is_descending=self.order[0].is_descending))

    def columns_for(self, fields: tuple[Field, ...]) -> tuple[str, ...]:
        """The columns that a row needs to be ordered, and shown with these members."""
        return tuple(dict.fromkeys([*BASE, *(sort.column for sort in self.sorting), *columns_of(fields)]))

    @property
    def nouns(self) -> set[str]:
        """The nouns whose past its documents tell."""
        return kinds_of(self.kind, self.fields)

    @property
    def members(self) -> tuple[str, ...]:
        """The names of what a document holds, in its order."""
        return tuple(self.line().fields)

    @property
    def filter_names(self) -> tuple[str, ...]:
        return tuple(self.filters.base_filters)


def resource(kind: type[MarkedItem], plural: str, fields: tuple[Field, ...], *, order: Order, **more: Any) -> Resource:
    """A noun whose documents are made of declared members."""
    line = described_as(f"{kind.__name__}Row", kind, fields)
    return Resource(kind=kind, plural=plural, line=line, fields=fields, order=order, **more)


def called(found: Mapping[str, Any]) -> str:
    """A document by its ref or number and its title, for citing it."""
    return " ".join(str(found[name]) for name in ("ref", "number", "title") if found.get(name))
