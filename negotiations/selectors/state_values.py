"""Small pieces that several parts of a phase-state document share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.duration import duration_iso_string
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from negotiations.rules.facts import Key

from .scene import Shaken
from .state_rows import Row, StateRows

# The refs of retracted sources under statuses, by public id of what bears the status.
Refs = Mapping[UUID, tuple[str, ...]]
NOTHING = Shaken()


def markings_in(part: Any, shaken: Shaken = NOTHING) -> Iterator[str]:
    """Every marking inside a document, and that of the retracted sources that statuses in it are said to rest on."""
    if isinstance(part, dict):
        if "marking" in part:
            yield part["marking"]
        if part.get("rests_on_retracted"):
            yield from shaken.markings_of(part.get("id"))
        for value in part.values():
            yield from markings_in(value, shaken)
    elif isinstance(part, list):
        for value in part:
            yield from markings_in(value, shaken)


def number(value: Decimal | None) -> int | float | None:
    """A measure as JSON has it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def duration(value: timedelta | None) -> str | None:
    """A length of time as ISO 8601 writes it."""
    return duration_iso_string(value) if value is not None else None


def code(value: str) -> str | None:
    """A code, None where nobody gave one."""
    return value or None


def actor(rows: StateRows, pk: int | None) -> dict[str, Any] | None:
    """An actor as documents name it; None where there is none that the reader may see."""
    row = rows.actors.get(pk) if pk is not None else None
    return named(row) if row else None


def named(row: Row) -> dict[str, Any]:
    return {"id": row["public_id"], "name": row["name"], "name_ar": row["name_ar"], "short": row["short"]}


def name_here(rows: StateRows, pk: int | None) -> str:
    """An actor's name in the active language, for use inside sentences."""
    row = rows.actors.get(pk) if pk is not None else None
    if row is None:
        return ""
    return str(row["name_ar"] if get_language() == "ar" and row["name_ar"] else row["name"])


def day_here(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment in the negotiation's zone, in the active language."""
    return date_format(localtime(moment, zone), "j F Y")


def refs(known: Mapping[Key, Row], keys: Iterable[Key]) -> list[str]:
    """The refs of those rows that the reader may see, in the order given."""
    return [known[key]["ref"] for key in keys if key in known]


def seat(rows: StateRows, seats: Mapping[int, Row], pk: int | None) -> dict[str, Any] | None:
    """The actor behind a party's or third party's seat."""
    row = seats.get(pk) if pk is not None else None
    return actor(rows, row["actor_id"]) if row else None


def by_name(found: Iterable[dict[str, Any] | None]) -> list[dict[str, Any]]:
    """Actors in alphabetical order of their English names, so that nobody comes first for another reason."""
    return sorted((one for one in found if one is not None), key=lambda one: (one["name"], str(one["id"])))
