"""The ledger beside the backups: what was redacted, taken back and narrowed, for a restored backup to obey again."""

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

from negotiations.rules.codes import Marking, RedactionGround, Role

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


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """What a seat was left with when its role or clearance changed, in either direction: the last line holds."""

    seat: str
    role: str
    clearance: str
    at: str


@dataclass(frozen=True, slots=True)
class AccountHeld:
    """What an account was left with when it was closed, opened again or appointed: the last line holds."""

    account: str
    is_active: bool
    is_staff: bool
    is_superuser: bool
    at: str


Held = SeatHeld | AccountHeld
Line = Redacted | Revoked | Held


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
    """Note, once the transaction holds, that a right was taken back."""
    transaction.on_commit(lambda: _note_done(Revoked(revoked, str(key), timezone.now().isoformat())))


def note_seat(seat: object, *, role: str, clearance: str) -> None:
    """Note, once the transaction holds, what a seat is left with."""
    held = str(seat), str(role), str(clearance)
    transaction.on_commit(lambda: _note_done(SeatHeld(*held, timezone.now().isoformat())))


def note_account(account: object, *, is_active: bool, is_staff: bool, is_superuser: bool) -> None:
    """Note, once the transaction holds, what an account is left with."""
    held = str(account), is_active, is_staff, is_superuser
    transaction.on_commit(lambda: _note_done(AccountHeld(*held, timezone.now().isoformat())))


def _note_done(line: Line) -> None:
    """What was done is done whether the disk takes the line or not; where it does not, the log says so."""
    try:
        note([line])
    except OSError:
        log.exception("ledger.unwritable", kind=type(line).__name__)


def last_held(lines: Iterable[Line]) -> list[Held]:
    """The last line of each seat and account; lines come oldest first."""
    return list({_holder(line): line for line in lines if isinstance(line, Held)}.values())


def _holder(line: Held) -> str:
    return line.seat if isinstance(line, SeatHeld) else line.account


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
        return _revoked(told)
    if "seat" in told:
        UUID(told["seat"])
        return SeatHeld(**{**told, "role": str(Role(told["role"])), "clearance": str(Marking(told["clearance"]))})
    if "account" in told:
        UUID(told["account"])
        if not all(isinstance(told[name], bool) for name in ("is_active", "is_staff", "is_superuser")):
            raise ValueError(told["account"])
        return AccountHeld(**told)
    RedactionGround(told["ground"])
    for name in ("entry", "origin", "second", "lead"):
        if told[name] is not None or name != "lead":
            UUID(told[name])
    return Redacted(**{**told, "fields": None if told["fields"] is None else tuple(told["fields"])})


def _revoked(told: dict[str, Any]) -> Revoked:
    if told["revoked"] not in (*SECRETS, SEAT):
        raise ValueError(told["revoked"])
    if told["revoked"] == SEAT:
        UUID(told["key"])
    return Revoked(**told)
