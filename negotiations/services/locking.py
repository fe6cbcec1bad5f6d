"""Locked reading by statements whose text is made once: compiling a wide table's anew costs more than running it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Func, QuerySet

from negotiations.history.states import with_last_state
from negotiations.models import Negotiation, Source, Stream, Tracked

Converter = Callable[[Any, Any, Any], Any]
Item = TypeVar("Item", bound=Tracked)
# Stands in a prepared text for the key that is asked for; no row has it.
ASKED = -(2**62)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query for rows by a key: its text and parameters, the names of what it selects, and what makes it Python's."""

    kind: type[models.Model]
    text: str
    parameters: Sequence[Any]
    columns: tuple[str, ...]
    annotations: tuple[str, ...]
    converters: Mapping[int, tuple[Sequence[Converter], Any]]

    def rows(self, key: Any) -> list[Any]:
        """The rows with this key, annotations as their attributes."""
        values = [key if value == ASKED else value for value in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.text, values)
            return [self.row(list(row)) for row in cursor.fetchall()]

    def row(self, values: list[Any]) -> models.Model:
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        found = self.kind.from_db(connection.alias, self.columns, values[: len(self.columns)])
        for name, value in zip(self.annotations, values[len(self.columns) :], strict=True):
            setattr(found, name, value)
        return found

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
    item: Item = _item(kind).get(key)
    return item


def sources_as_saved(keys: Iterable[int]) -> dict[int, Source]:
    """The sources with these keys as they are saved now, by key."""
    return {row.pk: row for row in _sources().rows(list(keys))}


@cache
def _sources() -> Prepared:
    return _prepared(Source.objects.extra(where=["id = ANY(%s)"], params=[ASKED]))


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
    compiler = rows.query.get_compiler(connection.alias)
    text, parameters = compiler.as_sql()
    return Prepared(
        kind=rows.model,
        text=text,
        parameters=parameters,
        columns=tuple(field.attname for field in rows.model._meta.concrete_fields),
        annotations=tuple(compiler.annotation_col_map),
        converters=compiler.get_converters([selected for selected, *_rest in compiler.select]),
    )
