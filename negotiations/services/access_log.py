"""Notes who read what is marked TLP:AMBER and above: once a reader, item and day, and never in a reader's way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction

from negotiations.models import AccessLogRow, Negotiation, Tracked
from negotiations.rules.codes import AccessKind, Marking
from negotiations.rules.marking import Viewer, rank

log = structlog.get_logger(__name__)
Noted = tuple[int, UUID, str]
# A process that saw more than this in a day asks the database again, which then adds nothing.
REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page or document showed: an item, or the negotiation for the whole of it, and its highest marking."""

    subject_type: str
    subject_id: UUID
    marking: str


def shown(item: Tracked, marking: str = "") -> Shown:
    """The item as it was shown; `marking` is the highest on the page where that is the page's, not the item's."""
    return Shown(item.noun(), item.public_id, marking or str(getattr(item, "marking", Marking.AMBER)))


class _Memory:
    """What this process has noted today, so that reading again costs no query."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._day: date | None = None
        self._noted: set[Noted] = set()

    def unknown(self, noted: Iterable[Noted], today: date) -> list[Noted]:
        with self._lock:
            if self._day != today or len(self._noted) > REMEMBERED:
                self._day, self._noted = today, set()
            return [one for one in noted if one not in self._noted]

    def keep(self, noted: Iterable[Noted]) -> None:
        with self._lock:
            self._noted.update(noted)


_memory = _Memory()


def note_reading(
    viewer: Viewer,
    negotiation: Negotiation | int,
    items: Iterable[Shown | Tracked],
    kind: str = AccessKind.READ,
    *,
    now: datetime | None = None,
) -> None:
    """Add one row for each item of TLP:AMBER and above that a signed-in reader was shown; the rest is ignored.

    Read again on the same day, nothing is added. Never raises for a database that refuses: reading
    goes on, and the program's log says that a row is missing.
    """
    negotiation_id = negotiation if isinstance(negotiation, int) else negotiation.pk
    note_readings(viewer, {negotiation_id: items}, kind, now=now)


def note_readings(
    viewer: Viewer,
    seen: Mapping[int, Iterable[Shown | Tracked]],
    kind: str = AccessKind.READ,
    *,
    now: datetime | None = None,
) -> None:
    """The same for what was shown of several negotiations, by their ids: one statement for all rows."""
    if viewer.user_id is None:
        return
    narrow = {
        one.subject_id: (negotiation_id, one)
        for negotiation_id, items in seen.items()
        for one in map(_as_shown, items)
        if rank(one.marking) >= rank(Marking.AMBER)
    }
    today = (now or datetime.now(UTC)).date()
    keys = [(viewer.user_id, subject, str(kind)) for subject in narrow]
    fresh = _memory.unknown(keys, today)
    rows = [
        AccessLogRow(
            negotiation_id=narrow[subject][0],
            user_id=user_id,
            kind=kind,
            subject_type=narrow[subject][1].subject_type,
            subject_id=subject,
            marking=narrow[subject][1].marking,
            on=today,
        )
        for user_id, subject, kind in fresh
    ]
    if rows and _insert(rows):
        transaction.on_commit(lambda: _memory.keep(fresh))


def _as_shown(item: Shown | Tracked) -> Shown:
    return item if isinstance(item, Shown) else shown(item)


def _insert(rows: list[AccessLogRow]) -> bool:
    """Insert what is not there yet; False where the database refused."""
    try:
        with transaction.atomic():
            AccessLogRow.objects.bulk_create(rows, ignore_conflicts=True)
    except DatabaseError as refused:
        log.warning("access_log.unwritten", error=type(refused).__name__, rows=len(rows))
        return False
    return True
