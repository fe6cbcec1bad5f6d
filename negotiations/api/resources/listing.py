"""The rows of a list: visible, narrowed, in order; now by the database, of the past at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet
from rest_framework.request import Request

from negotiations.selectors.filters.item import ItemFilter
from negotiations.selectors.state_rows import Row

from ..pagination import Page, in_order, keyset_page, page_at_hand, sorted_after, values_of
from .around import documents
from .field import RESTS_ON_RETRACTED, Field
from .reading import Reading
from .resource import Computed, Document, Resource

# Rows read at a time for a file.
CHUNK = 500


@dataclass(slots=True)
class Listing:
    """One list as its reader asked for it; `members` are the names of what its documents hold."""

    resource: Resource
    reading: Reading
    narrowed: ItemFilter
    members: tuple[str, ...]
    computed: Computed | None = None

    def __post_init__(self) -> None:
        if self.resource.computes is not None:
            self.computed = self.resource.computes(self.reading, None)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for field in self.resource.fields if field.name in self.members)

    @property
    def is_at_hand(self) -> bool:
        """Whether all rows are read before they are sorted."""
        return self.computed is not None or self.resource.is_small or self.reading.states is not None

    def page(self, request: Request) -> Page:
        """One page of documents."""
        order, viewer = self.resource.sorting, self.reading.viewer
        if self.is_at_hand:
            page = page_at_hand(request, viewer, self.rows(), key=order)
        else:
            page = keyset_page(request, viewer, self.queryset(), key=order)
        return Page(self.told(page.rows), page.next)

    def count(self) -> int:
        return len(self.rows()) if self.is_at_hand else self._narrowed().count()

    def markings(self) -> set[str]:
        """Every marking in the whole list."""
        if self.is_at_hand:
            return {row["marking"] for row in self.rows()}
        return set(self._narrowed().order_by().values_list("marking", flat=True).distinct())

    def markings_inside(self) -> set[str]:
        """Every marking of what belongs to an item and is told inside it, wherever in the negotiation."""
        kinds = [one.target for one in self.fields if one.parts and one.target]
        return {marking for kind in kinds for marking in self._markings_of(kind)}

    def markings_named(self) -> set[str]:
        """Every marking of a retracted source that a status in the whole list rests on."""
        if RESTS_ON_RETRACTED.name not in self.members:
            return set()
        shaken = self.reading.shaken_statuses().markings
        if not shaken:
            return set()
        if self.is_at_hand:
            keys = {row["public_id"] for row in self.rows()}
        else:
            keys = set(self._narrowed().filter(public_id__in=shaken).values_list("public_id", flat=True))
        return {marking for key, marking in shaken.items() if key in keys}

    def _markings_of(self, kind: type[Model]) -> set[str]:
        return set(self.reading.visible(kind).order_by().values_list("marking", flat=True).distinct())

    def chunks(self) -> Iterator[list[Document]]:
        """All documents in order, some at a time."""
        order = self.resource.sorting
        if self.is_at_hand:
            rows = iter(in_order(self.rows(), order))
            while some := list(islice(rows, CHUNK)):
                yield self.told(some)
            return
        after: Sequence[Any] | None = None
        while some := list(sorted_after(self.queryset(), order, after)[:CHUNK]):
            yield self.told(some)
            after = values_of(some[-1], order)

    def queryset(self) -> QuerySet[Any, Any]:
        return self._narrowed().values(*self.resource.columns_for(self.fields))

    def _narrowed(self) -> QuerySet[Any, Any]:
        """The rows asked for, as they are now."""
        rows: QuerySet[Any, Any] = self.narrowed.qs
        wanted = self.narrowed.flag(RESTS_ON_RETRACTED.name)
        if wanted is None:
            return rows
        shaken = self.reading.shaken_statuses().refs
        return rows.filter(public_id__in=shaken) if wanted else rows.exclude(public_id__in=shaken)

    def rows(self) -> list[Any]:
        """All rows asked for, where they are at hand."""
        if self.computed is not None:
            return self._computed(self.computed)
        if self.reading.states is None:
            return list(self.queryset())
        # The past is narrowed by what was so then, whichever members are shown.
        found = self.reading.then(self.resource.kind, self.resource.columns_for(self.fields))
        return list(self._held(found))

    def _held(self, rows: Iterable[Row]) -> Iterator[Row]:
        states, wanted = self.reading.states or {}, self.narrowed.flag(RESTS_ON_RETRACTED.name)
        shaken = self.reading.shaken_statuses().refs if wanted is not None else {}
        for row in rows:
            key, told = row["public_id"], {**states[row["public_id"]], "marking": row["marking"]}
            if self.narrowed.holds(told) and (wanted is None or (key in shaken) is wanted):
                yield row

    def _computed(self, computed: Computed) -> list[Document]:
        if self.reading.states is None:
            keys = set(self._narrowed().values_list("public_id", flat=True))
        else:
            found = self.reading.then(self.resource.kind, ("id", "public_id", "marking"))
            keys = {row["public_id"] for row in self._held(found)}
        rows = [one for one in computed.documents if one["id"] in keys and self._is_flagged(one)]
        return [{**one, "public_id": one["id"]} for one in rows]

    def _is_flagged(self, document: Document) -> bool:
        asked = ((test, self.narrowed.flag(name)) for name, test in self.resource.flags.items())
        return all(wanted is None or test(document) is wanted for test, wanted in asked)

    def told(self, rows: list[Any]) -> list[Document]:
        """The rows as documents."""
        if self.computed is not None:
            return [{name: row[name] for name in self.members} for row in rows]
        return documents(self.resource.kind, self.fields, rows, self.reading)
