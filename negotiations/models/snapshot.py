"""A tracked row as plain JSON values and back: what entries tell and states hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.duration import duration_string

from .base import Tracked


def told_fields(kind: type[Tracked]) -> list[str]:
    """Names of the columns and relations whose changes the record tells, in the model's order."""
    columns = [field.name for field in kind._meta.concrete_fields if field.name not in kind.UNTOLD]
    return columns + [field.name for field in kind._meta.many_to_many]


def plain(value: Any) -> Any:
    """One value as JSON, always the same text for the same value."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case timedelta():
            return duration_string(value)
        case Decimal():
            return format(value.normalize() + 0, "f")
        case models.Model():
            return str(value.public_id)  # type: ignore[attr-defined]  # every relation told is to a public row
        case str() | UUID():
            return str(value)
        case _:
            return value


def snapshot(item: Tracked, names: Iterable[str] | None = None) -> dict[str, Any]:
    """The named fields of a row (all that are told, if None) as JSON; relations by public id."""
    values: dict[str, Any] = {}
    for name in names if names is not None else told_fields(type(item)):
        field = item._meta.get_field(name)
        if field.many_to_many:
            values[name] = related_ids(getattr(item, name).all()) if item.pk else []
        else:
            values[name] = plain(getattr(item, name))
    return values


def related_ids(items: Iterable[models.Model]) -> list[str]:
    """Public ids of related rows in a stable order."""
    return sorted(str(item.public_id) for item in items)  # type: ignore[attr-defined]


def restore(item: Tracked, values: Mapping[str, Any]) -> dict[str, list[models.Model]]:
    """Set the row's columns from JSON values; the related rows of its relations are returned, not set."""
    relations: dict[str, list[models.Model]] = {}
    for name, value in values.items():
        field = item._meta.get_field(name)
        target = field.related_model
        if field.many_to_many:
            relations[name] = list(target._default_manager.filter(public_id__in=value))  # type: ignore[union-attr]
        elif field.is_relation:
            found = target._default_manager.get(public_id=value) if value else None  # type: ignore[union-attr]
            setattr(item, name, found)
        else:
            setattr(item, name, field.to_python(value))  # type: ignore[union-attr]
    return relations
