"""One statement puts an entry, its words, its readers, its outbox row and the stream's new end in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models

from negotiations.models import Entry, EntryAccess, EntryPayload, Negotiation, OutboxRow, Stream

# Of an entry's columns the database fills these itself.
BY_DATABASE = frozenset({"id", "transaction_id"})
SPOKEN = ("salt", "changes", "reason", "no_source_reason", "basis")
READ_BY = ("negotiation_id", "subject_id", "marking", "organisation_id")
ENDS = ("head", "head_hash", "clear_hash", "last_at")


def insert_entry(entry: Entry, payload: Mapping[str, Any], circle: UUID, stream: Stream) -> datetime | None:
    """Insert a numbered and chained entry with all that belongs to it; returns where coverage ends, as saved now.

    The stream's row is locked by the caller, so what is read here is what the last writer left.
    """
    access = (entry.negotiation_id, circle, entry.marking, entry.organisation_id)
    values = [
        *_ready(Entry, told_columns(), [getattr(entry, name) for name in told_columns()]),
        *_ready(EntryPayload, SPOKEN, [payload[name] for name in SPOKEN]),
        *_ready(EntryAccess, READ_BY, access),
        *_ready(Stream, ENDS, [getattr(stream, name) for name in ENDS]),
        stream.pk,
        entry.negotiation_id,
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement(), values)
        entry.pk, entry.transaction_id, coverage_end = cursor.fetchone()
    entry._state.adding, entry._state.db = False, connection.alias
    return coverage_end  # type: ignore[no-any-return]  # the column is a moment


@cache
def told_columns() -> tuple[str, ...]:
    return tuple(field.attname for field in Entry._meta.concrete_fields if field.attname not in BY_DATABASE)


@cache
def statement() -> str:
    """The statement with a place for each value, in the order of `insert_entry`."""
    told = told_columns()
    return f"""
        WITH told AS (
            INSERT INTO {_table(Entry)} ({_names(Entry, told)}) VALUES ({_places(told)}) RETURNING id, transaction_id
        ), spoken AS (
            INSERT INTO {_table(EntryPayload)} (entry_id, {_names(EntryPayload, SPOKEN)})
            SELECT id, {_places(SPOKEN)} FROM told
        ), read_by AS (
            INSERT INTO {_table(EntryAccess)} (entry_id, {_names(EntryAccess, READ_BY)})
            SELECT id, {_places(READ_BY)} FROM told
        ), waiting AS (
            INSERT INTO {_table(OutboxRow)} (entry_id) SELECT id FROM told
        ), ended AS (
            UPDATE {_table(Stream)} SET {", ".join(f'"{name}" = %s' for name in ENDS)} WHERE id = %s
        )
        SELECT id, transaction_id, (SELECT coverage_end FROM {_table(Negotiation)} WHERE id = %s) FROM told
    """  # noqa: S608  names of our own tables and columns, and a place for each value


def _ready(kind: type[models.Model], names: Sequence[str], values: Sequence[Any]) -> list[Any]:
    """The values as the columns take them."""
    fields = {field.attname: field for field in kind._meta.concrete_fields}
    return [fields[name].get_db_prep_save(value, connection) for name, value in zip(names, values, strict=True)]


def _table(kind: type[models.Model]) -> str:
    return f'"{kind._meta.db_table}"'


def _names(kind: type[models.Model], names: Sequence[str]) -> str:
    fields = {field.attname: field for field in kind._meta.concrete_fields}
    return ", ".join(f'"{fields[name].column}"' for name in names)


def _places(names: Sequence[str]) -> str:
    return ", ".join("%s" for _name in names)
