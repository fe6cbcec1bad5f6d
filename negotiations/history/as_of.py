"""Rows put back to what they were: values of the past laid over rows the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from negotiations.models import Tracked

Row = TypeVar("Row", bound=Tracked)
# What `states_at` returns: the values of every subject at a moment, by public id.
States = Mapping[UUID, Mapping[str, Any]]
# Public ids of the rows at hand, to their ids: a relation to anything else is as if it were not there.
Keys = Mapping[str, int]
# Who may read a row is always today's: what was CLEAR then and is AMBER now must be handled as AMBER.
OF_TODAY = frozenset({"marking", "organisation", "release_at", "release_marking", "published"})


def rewind(rows: Iterable[Row], states: States, keys: Keys) -> list[Row]:
    """The rows as they were, without those that were not there yet; they must not be saved.

    `rows` came through `visible_to`; nothing is added to them, so nothing hidden can come back.
    """
    there = [row for row in rows if row.public_id in states]
    for row in there:
        for column, value in columns_then(type(row), states[row.public_id], keys).items():
            setattr(row, column, value)
    return there


def words_then(row: Tracked, states: States) -> None:
    """Put back what a row said of itself, relations left as they are; it must not be saved."""
    for name, value in states.get(row.public_id, {}).items():
        field = row._meta.get_field(name)
        if not field.is_relation and name not in OF_TODAY:
            setattr(row, name, field.to_python(value))  # type: ignore[union-attr]


def rewind_values(
    kind: type[Tracked], rows: Iterable[Mapping[str, Any]], states: States, keys: Keys
) -> list[dict[str, Any]]:
    """The same for rows from `.values()`, which must hold `public_id`; columns not asked for stay out."""
    return [
        {**row, **{k: v for k, v in columns_then(kind, states[row["public_id"]], keys).items() if k in row}}
        for row in rows
        if row["public_id"] in states
    ]


def columns_then(kind: type[Tracked], values: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
    """Told JSON values as the columns of a row; relations become ids, those to many are left out."""
    columns: dict[str, Any] = {}
    for name, value in values.items():
        field = kind._meta.get_field(name)
        if field.many_to_many or name in OF_TODAY:
            continue
        if field.is_relation:
            columns[field.attname] = keys.get(value) if value else None  # type: ignore[union-attr]
        else:
            columns[name] = field.to_python(value)  # type: ignore[union-attr]
    return columns


def related_then(values: Mapping[str, Any], name: str, keys: Keys) -> tuple[int, ...]:
    """Ids of the rows at hand that a relation to many led to, in the order in which those of now are read."""
    return tuple(sorted(keys[key] for key in values.get(name) or () if key in keys))


def keys_of(*groups: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Public ids to ids, of rows from `.values()`."""
    return {str(row["public_id"]): row["id"] for rows in groups for row in rows}
