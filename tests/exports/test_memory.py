"""Files are written while they are read: ten times as many rows take no more memory."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from negotiations.api.resources import listing
from negotiations.exports import proof
from negotiations.exports import table as tables
from negotiations.exports.jsonl import RecordFile
from negotiations.exports.stamp import FileStamp
from negotiations.exports.table import Cell, Table, csv_pieces, json_pieces, xlsx_file
from negotiations.rules.codes import Marking
from negotiations.rules.marking import ANYBODY
from tests.factories import Talks

from .long import lengthen, many_claims

pytestmark = pytest.mark.serial
FEW, MANY = 5_000, 50_000
NOW = datetime(2025, 12, 8, 12, tzinfo=UTC)


def peak(do: Callable[[], Any]) -> int:
    """The most memory that Python held at once while it was done, in bytes."""
    gc.collect()
    # What the tests hold besides need not be looked through again and again.
    gc.freeze()
    tracemalloc.start()
    try:
        do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.unfreeze()


def drained(pieces: Iterable[Any]) -> None:
    """Read all of it. Entries and their payloads name each other: what is held of them is what a collector leaves."""
    for _piece in pieces:
        gc.collect()


def rows(count: int) -> Iterator[tuple[Cell, ...]]:
    for number in range(count):
        yield (f"C{number}", number, "A sentence of some length about what happened there.")


def table(count: int) -> Table:
    return Table(FileStamp("many", Marking.CLEAR, NOW, NOW), ("ref", "number", "text"), rows(count))


WRITERS: dict[str, Callable[[Table], None]] = {
    "csv": lambda table: drained(csv_pieces(table)),
    "json": lambda table: drained(json_pieces(table)),
    "xlsx": lambda table: xlsx_file(table).close(),
}


@pytest.mark.parametrize("form", WRITERS)
def test_every_writer_holds_a_few_rows_at_a_time(form: str) -> None:
    write = WRITERS[form]
    write(table(10))
    few, many = (peak(lambda count=count: write(table(count))) for count in (FEW, MANY))
    assert many < 1.3 * few + 200_000, (few, many)


# Rows of the database are read in as many chunks as fifty thousand would be, each a twentieth as long.
LESS = 20


@pytest.mark.django_db
def test_the_record_is_read_some_entries_at_a_time(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "CHUNK", proof.CHUNK // LESS)
    with transaction.atomic():
        head = lengthen(talks, MANY // LESS).head

        def read(upto: int) -> None:
            made = RecordFile(talks.negotiation, ANYBODY, NOW)
            made.stream.head = upto
            drained(made.pieces())

        read(100)
        few, many = (peak(lambda upto=upto: read(upto)) for upto in (FEW // LESS, head))
        # Taken back before the guards of the record look at it.
        transaction.set_rollback(True)
    assert many < 1.3 * few + 200_000, (few, many)


@pytest.mark.django_db
def test_a_list_of_the_interface_is_read_some_items_at_a_time(
    talks: Talks, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "CHUNK", listing.CHUNK // LESS)
    monkeypatch.setattr(tables, "PIECE", tables.PIECE // LESS)
    with transaction.atomic():
        many_claims(talks, MANY // LESS)

        def fetch(query: str) -> None:
            drained(client.get(f"/api/v1/negotiations/two-shores/claims/?format=csv{query}"))

        fetch("&q=nothing-like-it")
        # K1100 to K1199 and a few more, and then all of them.
        few, many = (peak(lambda query=query: fetch(query)) for query in ("&q=K11", ""))
        transaction.set_rollback(True)
    assert many < 1.3 * few + 200_000, (few, many)
