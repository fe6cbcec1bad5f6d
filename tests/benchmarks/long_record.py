"""Records of any length beside the real one: the same tables and indexes in a schema of their own, filled by SQL.

Every subject's entries come in due order, each known six hours after it was so; its state versions are those
that the product derives from such entries, two for each entry but the first. Nothing guards these tables, so
nothing has to be switched off; that they say what the entries say is checked with the fold before timing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from negotiations.models import Stream
from negotiations.models.snapshot import snapshot
from tests.factories import Talks

ITEMS, NEGOTIATIONS = 1000, 100
BEGUN = datetime(2020, 1, 1, tzinfo=UTC)
STEP, KNOWN_AFTER = timedelta(seconds=60), timedelta(hours=6)
STATUSES = ("in_progress", "partly_met", "reported_met", "not_started")
TABLES = ("negotiations_stateversion", "negotiations_entry", "negotiations_entrypayload", "negotiations_condition")
# Subject s (1 .. items) of a negotiation, its k-th entry: when it was so.
MOMENT = "%(begun)s::timestamptz + ((k * {items} + s) * %(step)s::interval)"
SPOKEN = "jsonb_build_object('status', (%(statuses)s)[1 + k %% 4], 'value', (k %% 21)::text)"


@dataclass(frozen=True)
class Length:
    """One record to read: the schema it lies in, its negotiation, and the middle of its time."""

    name: str
    entries: int
    schema: str
    negotiation: int
    middle: datetime


@contextmanager
def within(length: Length) -> Iterator[None]:
    """Queries of the product read this record's tables."""
    look_in(length.schema)
    try:
        yield
    finally:
        look_in("public")


def look_in(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET search_path TO {schema}, public")


def make_length(shore: Talks, entries: int, *, is_spread: bool) -> Length:
    """A record of so many entries: all of one negotiation's 1,000 items, or spread over 100 negotiations.

    Spread, the negotiation that is read has 1,000 items as well, so at least as many entries.
    """
    name = f"{entries} {'over 100 negotiations' if is_spread else 'in one negotiation'}"
    schema = f"bench_{entries}_{'spread' if is_spread else 'one'}"
    mine = max(ITEMS, entries // NEGOTIATIONS) if is_spread else entries
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        cursor.execute(f"CREATE SCHEMA {schema}")
        for table in TABLES:
            like = "INCLUDING ALL EXCLUDING INDEXES EXCLUDING CONSTRAINTS"
            cursor.execute(f"CREATE TABLE {schema}.{table} (LIKE public.{table} {like})")
        # Keys of their own, as they would have in one table: what was read of one record is not taken for another's.
        first = entries * (1010 if is_spread else 1000)
        cursor.execute(f"ALTER TABLE {schema}.negotiations_stateversion ALTER COLUMN id RESTART WITH {first}")
        for column in _unmeasured_columns():
            cursor.execute(f"ALTER TABLE {schema}.negotiations_stateversion ALTER COLUMN {column} SET STATISTICS 0")
    fill(shore, schema, shore.negotiation.pk, items=ITEMS, entries=mine)
    others = (entries - mine) // (NEGOTIATIONS - 1)
    if is_spread and others:
        for number in range(1, NEGOTIATIONS):
            fill(shore, schema, 1_000_000 + number, items=min(ITEMS, others), entries=others)
    with connection.cursor() as cursor:
        for table in TABLES:
            for index in _indexes_of(table):
                cursor.execute(index.replace(f"public.{table}", f"{schema}.{table}"))
            cursor.execute(f"VACUUM ANALYZE {schema}.{table}")
    middle = BEGUN + STEP * (ITEMS * max(mine // ITEMS, 1) // 2 + ITEMS // 2) + KNOWN_AFTER
    return Length(name, entries, schema, shore.negotiation.pk, middle)


def _indexes_of(table: str) -> list[str]:
    """The statements that make the product's indexes; built after filling, which is much quicker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = %s", [table])
        return [words for (words,) in cursor.fetchall()]


def _unmeasured_columns() -> list[str]:
    """Columns of state versions that the product has no statistics of, which LIKE does not copy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute "
            "WHERE attrelid = 'public.negotiations_stateversion'::regclass AND attstattarget = 0"
        )
        return [name for (name,) in cursor.fetchall()]


def lengthen(shore: Talks, entries: int) -> None:
    """Add so many entries, about other items, to the real record; only for measuring what the next one costs."""
    stream = Stream.objects.get(negotiation=shore.negotiation)
    with connection.cursor() as cursor, transaction.atomic():
        # They were not written by a verb: the guards are away for them alone.
        cursor.execute("ALTER TABLE negotiations_entry DISABLE TRIGGER USER")
        statements = (SUBJECTS, ENTRIES, PAYLOADS, STATES)
        fill(shore, "public", shore.negotiation.pk, items=ITEMS, entries=entries, stream=stream, statements=statements)
        # What is still to be checked of the new rows is checked now, or the table could not be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE negotiations_entry ENABLE TRIGGER USER")
        Stream.objects.filter(pk=stream.pk).update(head=stream.head + entries)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE negotiations_entry, negotiations_entrypayload, negotiations_stateversion")


def fill(
    shore: Talks,
    schema: str,
    negotiation: int,
    *,
    items: int,
    entries: int,
    stream: Stream | None = None,
    statements: Sequence[str] = (),
) -> None:
    """Entries, payloads, states and rows of so many items, each with its share of the entries."""
    values = {
        "negotiation": negotiation,
        "stream": stream.pk if stream else negotiation,
        "after": stream.head if stream else 0,
        "begun": BEGUN,
        "step": STEP,
        "later": KNOWN_AFTER,
        "items": items,
        "last": entries // items - 1,
        "statuses": list(STATUSES),
        "base": json.dumps(snapshot(shore.withdrawal)),
        "template": shore.withdrawal.pk,
    }
    moment = MOMENT.format(items=items)
    with connection.cursor() as cursor:
        look_in(schema)
        for statement in statements or (SUBJECTS, ENTRIES, PAYLOADS, STATES, ROWS):
            cursor.execute(statement.format(moment=moment, spoken=SPOKEN, columns=_row_columns()), values)
        cursor.execute("DROP TABLE subjects")
        look_in("public")


def _row_columns() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped "
            "AND attrelid = 'public.negotiations_condition'::regclass "
            "AND attname NOT IN ('id', 'public_id', 'ref', 'negotiation_id')"
        )
        return str(cursor.fetchone()[0])


SUBJECTS = """
    CREATE TABLE subjects AS SELECT s, gen_random_uuid() AS subject_id FROM generate_series(1, %(items)s) s
"""
ENTRIES = """
    INSERT INTO negotiations_entry (
        public_id, stream_id, negotiation_id, seq, verb, subject_type, subject_id, subject_version, marking,
        effective_at, inserted_at, recorded_at, backfilled, request_id, transaction_id, payload_digest,
        previous_hash, hash, previous_clear_hash, clear_hash
    )
    SELECT gen_random_uuid(), %(stream)s, %(negotiation)s, %(after)s + k * %(items)s + s,
        CASE k WHEN 0 THEN 'condition.added' ELSE 'condition.status_changed' END, 'condition', subject_id, k + 1,
        'CLEAR', at, at + %(later)s, at + %(later)s, false, '', 1, md5(s::text) || md5(k::text), md5(k::text),
        md5(s::text) || md5((k + 1)::text), '', md5(k::text) || md5(s::text)
    FROM (SELECT *, {moment} AS at FROM subjects, generate_series(0, %(last)s) k) one
    ORDER BY k, s
"""
PAYLOADS = """
    INSERT INTO negotiations_entrypayload (entry_id, salt, changes, reason, no_source_reason, basis)
    SELECT id, md5(seq::text),
        (SELECT jsonb_object_agg(key, jsonb_build_array(NULL, value))
         FROM jsonb_each(CASE k WHEN 0 THEN %(base)s::jsonb ELSE '{{}}'::jsonb END || {spoken})),
        'Reported today.', '', '[]'
    FROM (
        SELECT *, subject_version - 1 AS k FROM negotiations_entry JOIN subjects USING (subject_id)
        WHERE negotiation_id = %(negotiation)s
    ) one
"""
STATES = """
    INSERT INTO negotiations_stateversion (negotiation_id, subject_type, subject_id, effective, known, values)
    SELECT %(negotiation)s, 'condition', subject_id, held.effective, held.known, %(base)s::jsonb || {spoken}
    FROM (
        SELECT *, {moment} AS at, {moment} + (%(items)s * %(step)s::interval) AS ended
        FROM subjects, generate_series(0, %(last)s) k
    ) one, LATERAL (
        SELECT tstzrange(at, NULL) AS effective,
            tstzrange(at + %(later)s, CASE WHEN k < %(last)s THEN ended + %(later)s END) AS known
        UNION ALL
        SELECT tstzrange(at, ended), tstzrange(ended + %(later)s, NULL) WHERE k < %(last)s
    ) held
    ORDER BY k, s
"""
ROWS = """
    INSERT INTO negotiations_condition (public_id, ref, negotiation_id, {columns})
    SELECT subject_id, 'B' || s || '-' || %(negotiation)s, %(negotiation)s, {columns}
    FROM subjects, public.negotiations_condition told WHERE told.id = %(template)s
"""


def subjects_of(length: Length) -> list[UUID]:
    """The items of the negotiation that is read, in no order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT public_id FROM {length.schema}.negotiations_condition WHERE negotiation_id = %s",
            [length.negotiation],
        )
        return [found for (found,) in cursor.fetchall()]
