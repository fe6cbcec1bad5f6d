"""One statement puts an entry in place with its words, its readers, its sources, its states and its outbox row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models

from negotiations.history.states import NextStates
from negotiations.models import (
    Citation,
    Entry,
    EntryAccess,
    EntryPayload,
    Negotiation,
    OutboxRow,
    StateVersion,
    Stream,
)

# Of an entry's columns the database fills these itself.
BY_DATABASE = frozenset({"id", "transaction_id"})
SPOKEN = ("salt", "changes", "reason", "no_source_reason", "basis")
READ_BY = ("negotiation_id", "subject_id", "marking", "organisation_id")
ENDS = ("head", "head_hash", "clear_hash", "last_at")
CITED = (
    "source_id",
    "quote",
    "quote_language",
    "translation",
    "translated_by",
    "translator",
    "locator",
    "credibility",
)
# A kind of row, and the fields of it that are saved.
Saving = tuple[type[models.Model], tuple[str, ...]]
HELD = ("negotiation_id", "subject_type", "subject_id", "effective", "known", "values")


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that is locked and exists, and the names of its fields that are to be saved."""

    row: models.Model
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What goes in with an entry: words, readers, what it cites, the states it leads to, and the row it changes.

    `circle` is what its named readers are listed under. `supports` is the earlier entry that its
    citations bear out; without one they bear out the entry itself.
    """

    payload: Mapping[str, Any]
    circle: UUID
    cited: Sequence[Citation] = ()
    supports: Entry | None = None
    states: NextStates = field(default_factory=NextStates)
    changed: Changed | None = None


def insert_entry(entry: Entry, own: Belongings, stream: Stream) -> datetime | None:
    """Insert a numbered and chained entry with all that belongs to it; returns where coverage ends, as saved now.

    The stream's row is locked by the caller, so what is read here is what the last writer left.
    """
    access = (entry.negotiation_id, own.circle, entry.marking, entry.organisation_id)
    closed, changed = own.states.closed, own.changed
    values = [
        *_ready(Entry, told_columns(), [getattr(entry, name) for name in told_columns()]),
        *_ready(EntryPayload, SPOKEN, [own.payload[name] for name in SPOKEN]),
        *_ready(EntryAccess, READ_BY, access),
        *_ready(Stream, ENDS, [getattr(stream, name) for name in ENDS]),
        stream.pk,
        *(value for row in own.cited for value in _cited(row, own.supports)),
        *(value for row in own.states.opened for value in _columns(row, HELD)),
        *([*_ready(StateVersion, ("known",), (own.states.known,)), closed.pk] if closed is not None else []),
        *([*_saved(changed), changed.row.pk] if changed is not None else []),
        entry.negotiation_id,
    ]
    saving = (type(changed.row), changed.names) if changed is not None else None
    with connection.cursor() as cursor:
        cursor.execute(statement(len(own.cited), len(own.states.opened), closed is not None, saving), values)
        entry.pk, entry.transaction_id, coverage_end = cursor.fetchone()
    entry._state.adding, entry._state.db = False, connection.alias
    return coverage_end  # type: ignore[no-any-return]  # the column is a moment


def _cited(row: Citation, supports: Entry | None) -> list[Any]:
    return [supports.pk if supports is not None else None, *_columns(row, CITED)]


def _saved(changed: Changed) -> list[Any]:
    fields = _fields(type(changed.row), changed.names)
    return [one.get_db_prep_save(one.pre_save(changed.row, add=False), connection) for one in fields]


def _columns(row: models.Model, names: Sequence[str]) -> list[Any]:
    return _ready(type(row), names, [getattr(row, name) for name in names])


@cache
def told_columns() -> tuple[str, ...]:
    return tuple(field.attname for field in Entry._meta.concrete_fields if field.attname not in BY_DATABASE)


@cache
def statement(cited: int, opened: int, closes: bool, saving: Saving | None) -> str:  # noqa: FBT001  a key of the cache
    """The statement for so many citations and new states, its places in the order of `insert_entry`."""
    told = told_columns()
    citing = f", cited AS ({_insert_citations(cited)})" if cited else ""
    opening = f", opened AS ({_insert_states(opened)})" if opened else ""
    closing = f", closed AS ({_close_state()})" if closes else ""
    changing = f", changed AS ({_save_row(*saving)})" if saving else ""
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
        ){citing}{opening}{closing}{changing}
        SELECT id, transaction_id, (SELECT coverage_end FROM {_table(Negotiation)} WHERE id = %s) FROM told
    """  # noqa: S608  names of our own tables and columns, and a place for each value


def _insert_citations(count: int) -> str:
    # One insert for all: the rows are numbered in the order in which they were cited.
    one = f"SELECT coalesce(%s, id), id, {_places(CITED)} FROM told"  # noqa: S608  names of our own, and places
    names = f"entry_id, told_by_id, {_names(Citation, CITED)}"
    return f"INSERT INTO {_table(Citation)} ({names}) {' UNION ALL '.join([one] * count)}"


def _insert_states(count: int) -> str:
    rows = ", ".join([f"({_places(HELD)})"] * count)
    return f"INSERT INTO {_table(StateVersion)} ({_names(StateVersion, HELD)}) VALUES {rows}"  # noqa: S608  names of our own, and places


def _close_state() -> str:
    return f"UPDATE {_table(StateVersion)} SET known = %s WHERE id = %s"  # noqa: S608  names of our own, and places


def _save_row(kind: type[models.Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{one.column}" = %s' for one in _fields(kind, names))
    return f"UPDATE {_table(kind)} SET {columns} WHERE id = %s"  # noqa: S608  names of our own, and places


@cache
def _fields(kind: type[models.Model], names: tuple[str, ...]) -> tuple[models.Field[Any, Any], ...]:
    known = {one.name: one for one in kind._meta.concrete_fields}
    return tuple(known[name] for name in names)


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
