"""The ledger of redactions: kept outside the database, so that a restored backup can obey them again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Redacted:
    """One redaction without any of its words: which entry, which fields (None: all), why, and by whom.

    `origin` is the first entry of a chain of redactions, for a backup that is older than `entry`.
    """

    entry: str
    origin: str
    ground: str
    fields: tuple[str, ...] | None
    lead: str | None
    second: str
    at: str


def touch_ledger() -> Path:
    """The ledger's file, made if it is not there: one that is empty says that nothing was redacted."""
    file = Path(settings.REDACTION_LEDGER)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    return file


def note(lines: Iterable[Redacted]) -> None:
    """Add lines to the ledger and wait until the disk has them. Raises OSError: then nothing may be redacted."""
    with touch_ledger().open("a", encoding="utf-8") as ledger:
        for line in lines:
            ledger.write(json.dumps(asdict(line)) + "\n")
        ledger.flush()
        os.fsync(ledger.fileno())


def read(file: Path) -> list[Redacted]:
    """The redactions in a ledger, oldest first. Raises ValueError for a line that cannot be read."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            told = json.loads(line)
            fields = None if told["fields"] is None else tuple(told["fields"])
            found.append(Redacted(**{**told, "fields": fields}))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"line {number} of {file} cannot be read") from error
    return found
