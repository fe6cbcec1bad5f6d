"""Locked reading by statements whose text is made once: compiling a wide table's anew costs more than running it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import models
from django.db.models import Func, QuerySet

from negotiations.history.states import with_last_state
from negotiations.models import Negotiation, Source, Stream, Tracked

Item = TypeVar("Item", bound=Tracked)
# Stands in a prepared text for the key that is asked for; no row has it.
ASKED = -(2**62)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query for rows by a key, as text and parameters."""

    kind: type[models.Model]
    text: str
    parameters: Sequence[Any]

    def rows(self, key: Any) -> list[Any]:
        """The rows with this key, annotations as their attributes."""
        values = [key if value == ASKED else value for value in self.parameters]
        return list(self.kind._default_manager.raw(self.text, values))

    def get(self, key: int) -> Any:
        """The one row with this key. Raises DoesNotExist."""
        for row in self.rows(key):
            return row
        raise self.kind.DoesNotExist  # type: ignore[attr-defined]  # every model has one


def lock_stream(negotiation: Negotiation | None) -> Stream:
    """The locked stream of a negotiation (None: of the registry), with the database's clock as `now`."""
    stream: Stream = _stream_of_registry().get(ASKED) if negotiation is None else _stream().get(negotiation.pk)
    return stream


def lock_item(kind: type[Item], key: int) -> Item:
    """The item as saved now, locked, with its state as `history.states.last_state_of` reads it."""
    item = _item(kind).get(key)
    # A query as text gives a document as text, too.
    item.endless_state = item.endless_state and json.loads(item.endless_state)
    return item  # type: ignore[no-any-return]  # a row of this kind


def sources_as_saved(keys: Iterable[int]) -> dict[int, Source]:
    """The sources with these keys as they are saved now, by key."""
    return {row.pk: row for row in _sources().rows(list(keys))}


@cache
def _sources() -> Prepared:
    text = f'SELECT * FROM "{Source._meta.db_table}" WHERE id = ANY(%s)'  # noqa: S608  a name of our own
    return Prepared(Source, text, (ASKED,))


@cache
def _stream() -> Prepared:
    return _prepared(_streams().filter(negotiation=ASKED))


@cache
def _stream_of_registry() -> Prepared:
    return _prepared(_streams().filter(negotiation=None))


@cache
def _item(kind: type[Tracked]) -> Prepared:
    return _prepared(with_last_state(_locked(kind).filter(pk=ASKED)))


def _streams() -> QuerySet[Any, Any]:
    now = Func(function="clock_timestamp", output_field=models.DateTimeField())
    rows: QuerySet[Any, Any] = _locked(Stream).annotate(now=now)
    return rows


def _locked(kind: type[models.Model]) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = kind._default_manager.select_for_update(no_key=True, of=("self",))
    return rows


def _prepared(rows: QuerySet[Any, Any]) -> Prepared:
    text, parameters = rows.query.sql_with_params()
    return Prepared(rows.model, text, parameters)
