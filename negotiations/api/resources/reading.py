"""One reader's look at one negotiation at one moment: the rows of any kind that are there for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from negotiations.history.as_of import keys_of, rewind_values
from negotiations.history.moment import Moment
from negotiations.history.states import states_at
from negotiations.models import Actor, MarkedItem, Negotiation, User
from negotiations.rules.marking import Viewer
from negotiations.selectors.scene import Shaken
from negotiations.selectors.shaken import shaken_statuses
from negotiations.selectors.state_rows import Row, negotiation_at
from negotiations.selectors.state_values import markings_in

from .naming import NAMINGS

States = Mapping[UUID, Mapping[str, Any]]
BASE = ("id", "public_id", "version", "marking")


@dataclass(slots=True)
class Reading:
    """Who looks, where, and at which moment; `states` holds what was so then, None for now.

    `pool` keeps the rows of the past that were read once, by kind and columns; `shaken` which statuses
    rest on retracted sources, None until somebody asked.
    """

    viewer: Viewer
    negotiation: Negotiation
    moment: Moment
    states: States | None = None
    pool: dict[tuple[type[Model], tuple[str, ...]], list[Row]] = field(default_factory=dict)
    shaken: Shaken | None = None

    @property
    def head(self) -> Row | None:
        """The negotiation's own columns at the moment; None where it was not there yet."""
        return negotiation_at(self.negotiation, self.states)

    @property
    def shows_gap(self) -> bool:
        """Whether the negotiation shows how far apart its analysts judge positions to be."""
        return bool(self.head and self.head["shows_gap"])

    @property
    def is_member(self) -> bool:
        """Whether the reader has a seat here; people's names are for members."""
        return self.viewer.seat_in(self.negotiation.pk) is not None

    def visible(self, kind: type[Model]) -> QuerySet[Any, Any]:
        """The rows of a kind that the reader may see, as they are now."""
        if issubclass(kind, MarkedItem):
            return kind._default_manager.visible_to(self.viewer).filter(negotiation=self.negotiation)
        # Actors and people are named by what is visible; they carry no marking of their own.
        return kind._default_manager.all()

    def shaken_statuses(self) -> Shaken:
        """Which statuses rest on retracted sources, asked the first time that it is needed."""
        if self.shaken is None:
            negotiation = self.negotiation.pk
            self.shaken = shaken_statuses(self.viewer, {negotiation: self.moment})[negotiation]
        return self.shaken

    def markings_in(self, documents: Any) -> Iterable[str]:
        """Every marking inside these documents, and of the retracted sources that they name."""
        return markings_in(documents, self.shaken) if self.shaken else markings_in(documents)

    def then(self, kind: type[MarkedItem], columns: tuple[str, ...]) -> list[Row]:
        """All rows of a kind as they were at the moment asked about, relations by id."""
        assert self.states is not None  # noqa: S101  asked about the past only
        if (kind, columns) not in self.pool:
            rows = list(self.visible(kind).values(*columns))
            self.pool[kind, columns] = rewind_values(kind, rows, self.states, self._keys(kind, rows, columns))
        return self.pool[kind, columns]

    def _keys(self, kind: type[MarkedItem], rows: Iterable[Row], columns: Iterable[str]) -> dict[str, int]:
        """Public ids to ids of everything that the rows' relations to one may lead to."""
        keys: dict[str, int] = {}
        for one in kind._meta.concrete_fields:
            if one.attname in columns and isinstance(one.related_model, type):
                keys |= self.keys(one.related_model, rows, one.name)
        return keys

    def keys(self, target: type[Model], rows: Iterable[Row], name: str) -> dict[str, int]:
        """Public ids to ids of the visible rows that one relation of the rows leads to."""
        if issubclass(target, MarkedItem):
            return keys_of(self.visible(target).values("id", "public_id"))
        if target not in (Actor, User):
            return {}
        told: set[str] = set()
        for row in rows:
            value = (self.states or {}).get(row["public_id"], {}).get(name) or ()
            told |= {value} if isinstance(value, str) else set(value)
        return keys_of(target._default_manager.filter(public_id__in=told).values("id", "public_id"))

    def names(self, kind: type[Model], ids: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Rows by id as documents name them, without those that the reader may not see."""
        naming = NAMINGS[kind]
        wanted = set(ids)
        if not wanted or (kind is User and not self.is_member):
            return {}
        if self.states is None or not issubclass(kind, MarkedItem):
            rows = list(self.visible(kind).filter(pk__in=wanted).values("id", "public_id", *naming.columns))
        else:
            rows = [row for row in self.then(kind, ("id", "public_id", *naming.columns)) if row["id"] in wanted]
        return {row["id"]: naming.makes(row) for row in rows}


def reading_at(viewer: Viewer, negotiation: Negotiation, moment: Moment, kinds: Iterable[str]) -> Reading:
    """A look at the negotiation; of the past only what the named kinds were is read."""
    if moment.as_of is None:
        return Reading(viewer, negotiation, moment)
    states = states_at(negotiation.pk, as_of=moment.as_of, known_at=moment.known_at, kinds=["negotiation", *kinds])
    return Reading(viewer, negotiation, moment, states)
