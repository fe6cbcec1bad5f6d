"""How these tests bring a file: as the analyst of the small negotiation, unless they say otherwise."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from django.utils import timezone
from openpyxl import Workbook

from negotiations.imports.batches import Brought, apply_batch, check_file
from negotiations.models import ImportBatch, Membership
from tests.factories import Talks

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[3] / "shared" / "data"

CLAIM = {
    "claimant": "Northern Shore",
    "conditions": "C1",
    "kind": "measurement",
    "text": "Four posts remain.",
    "value_best": "4",
    "unit": "posts",
    "said_at": "2025-11-04T09:30:00Z",
    "marking": "CLEAR",
    "source": "S1",
}
CONDITION = {"phase": "1", "title": "Open the bridge", "category": "border_crossings_movement", "marking": "CLEAR"}
POSITION = {
    "actor": "Southern Shore",
    "dispute": "D1",
    "stance": "undecided",
    "summary": "We shall see.",
    "stated_at": "2025-11-05",
    "marking": "CLEAR",
    "source": "S1",
}
INCIDENT = {
    "type": "shooting",
    "title": "Shots near the bridge",
    "happened_at": "2025-11-04T04:10:00Z",
    "marking": "CLEAR",
    "source": "S1",
}
SOURCE = {"publisher": "Lake Gazette", "title": "A night of shots", "marking": "CLEAR"}
ROWS: dict[str, Mapping[str, str]] = {
    "claims": CLAIM,
    "conditions": CONDITION,
    "positions": POSITION,
    "incidents": INCIDENT,
    "sources": SOURCE,
}


def as_csv(*rows: Mapping[str, str], delimiter: str = ",") -> bytes:
    """Rows as a CSV file with the headers of all of them."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    out = StringIO()
    writer = csv.DictWriter(out, headers, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_xlsx(*rows: Sequence[Any]) -> bytes:
    """Lines as the only sheet of a workbook, headers first."""
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


def check(talks: Talks | None, kind: str, data: bytes, name: str = "file.csv", **facts: Any) -> ImportBatch:
    """Check a file as the analyst; `user` is somebody else."""
    assert talks is not None
    user = facts.pop("user", talks.cast.analyst)
    negotiation = facts.pop("negotiation", talks.negotiation)
    seat = Membership.objects.filter(user=user, negotiation=negotiation or talks.negotiation).first()
    facts.setdefault("organisation", seat and seat.organisation)
    brought = Brought(user=user, kind=kind, name=name, data=data, negotiation=negotiation, **facts)
    return check_file(brought, now=timezone.now())


def write(batch: ImportBatch) -> ImportBatch:
    return apply_batch(batch, now=timezone.now())


def bring(talks: Talks, kind: str, *rows: Mapping[str, str], **facts: Any) -> ImportBatch:
    """Check rows and write them."""
    return write(check(talks, kind, as_csv(*rows), **facts))


def told(batch: ImportBatch) -> list[str]:
    """The problems of a batch, each as one line."""
    rows = batch.report["problems"]
    return [f"{one['line']} {one['column']}: {one['wrong']} {one['advice']}" for one in rows]
