"""The ledger beside the backups: what was redacted and taken back, so that a restored backup can obey it again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from negotiations.rules.codes import RedactionGround

log = structlog.get_logger(__name__)
# What can be taken back, and is named by a digest of its secret; a seat by its public id.
SECRETS = ("token", "shared_brief", "calendar_key")
SEAT = "seat"


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


@dataclass(frozen=True, slots=True)
class Revoked:
    """One right that was taken back: of what kind, which, and when."""

    revoked: str
    key: str
    at: str


Line = Redacted | Revoked


def touch_ledger() -> Path:
    """The ledger's file, made if it is not there: one that is empty says that nothing was taken away."""
    file = Path(settings.REDACTION_LEDGER)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    return file


def note(lines: Iterable[Line]) -> None:
    """Add lines to the ledger and wait until the disk has them. Raises OSError: then nothing may be redacted."""
    written = "".join(json.dumps(asdict(line)) + "\n" for line in lines)
    with touch_ledger().open("a", encoding="utf-8") as ledger:
        ledger.write(written)
        ledger.flush()
        os.fsync(ledger.fileno())


def note_revoked(revoked: str, key: object) -> None:
    """Note, once the transaction holds, that a right was taken back.

    The right is gone whether the disk takes the line or not; where it does not, the log says so.
    """
    transaction.on_commit(lambda: _note_revoked(Revoked(revoked, str(key), timezone.now().isoformat())))


def _note_revoked(line: Revoked) -> None:
    try:
        note([line])
    except OSError:
        log.exception("ledger.unwritable", revoked=line.revoked)


def read(file: Path) -> list[Line]:
    """The lines of a ledger, oldest first. Raises ValueError for a line that cannot be read or obeyed."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found.append(_line(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"line {number} of {file} cannot be read") from error
    return found


def _line(told: dict[str, Any]) -> Line:
    """Everything that obeying relies on is looked at here, before anything is restored."""
    datetime.fromisoformat(told["at"])
    if "revoked" in told:
        if told["revoked"] not in (*SECRETS, SEAT):
            raise ValueError(told["revoked"])
        if told["revoked"] == SEAT:
            UUID(told["key"])
        return Revoked(**told)
    RedactionGround(told["ground"])
    for name in ("entry", "origin", "second", "lead"):
        if told[name] is not None or name != "lead":
            UUID(told[name])
    return Redacted(**{**told, "fields": None if told["fields"] is None else tuple(told["fields"])})
