"""State versions: kept in step with the entries, read back at any moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from negotiations.models import Entry, StateVersion
from negotiations.rules.fold import Segment, Told, segments

from .held_states import beginning, held_at, held_in
from .kept_states import KEPT, States
from .moment import Moment

# As text, which is decoded several times as quickly as the driver does it.
READ = "SELECT id, subject_id, values::text FROM negotiations_stateversion WHERE id = ANY(%s)"
# What the fold needs of an entry, as `as_told` takes it.
TOLD = ("seq", "effective_at", "recorded_at", "payload__changes", "supersedes__seq", "verb")


def told_entries(subject_id: UUID) -> list[Told]:
    """All entries of a subject as the fold reads them; entries without a version say nothing of the row."""
    rows = Entry.objects.filter(subject_id=subject_id, subject_version__isnull=False).order_by("seq")
    return as_told(rows.values_list(*TOLD))


def as_told(rows: Iterable[tuple[Any, ...]]) -> list[Told]:
    """Rows of `TOLD` columns of one subject, in order, for the fold.

    A redaction speaks in the place of the entry it emptied: what is left holds since that entry was
    known, and a correction of that entry still stands. The redaction itself then says nothing more.
    """
    told: dict[int, Told] = {}
    emptied: dict[int, int] = {}
    for seq, effective_at, recorded_at, words, supersedes, verb in rows:
        changes = words or {}  # a payload that somebody destroyed is for verify_record to name
        if verb == "entry.redacted" and supersedes is not None:
            emptied[seq] = spoken = emptied.get(supersedes, supersedes)
            told[spoken] = replace(told[spoken], changes=changes)
            told[seq] = Told(seq, effective_at, recorded_at, {}, None)
        else:
            told[seq] = Told(seq, effective_at, recorded_at, changes, supersedes)
    return list(told.values())


@dataclass(frozen=True, slots=True)
class NextStates:
    """What an entry in due order does to the states of its subject: rows to insert, and the one it closes."""

    opened: tuple[StateVersion, ...] = ()
    closed: StateVersion | None = None
    known: DateTimeTZRange | None = None


def next_states(entry: Entry, values: dict[str, Any], last: StateVersion | None) -> NextStates:
    """The states that an entry in due order leads to; `last` is the state before it, None for the first.

    What was thought to hold without end is closed in our time and told again as ended in the world's.
    """
    now = version_row(entry, Segment(entry.effective_at, None, entry.recorded_at, None, values))
    if last is None:
        return NextStates((now,))
    known = DateTimeTZRange(last.known.lower, entry.recorded_at, "[)")
    start = last.effective.lower
    if start == entry.effective_at:
        return NextStates((now,), last, known)
    ended = version_row(entry, Segment(start, entry.effective_at, entry.recorded_at, None, last.values))
    return NextStates((now, ended), last, known)


def rebuild_states(entry: Entry) -> None:
    """Derive all states of the entry's subject anew: for late, backfilled, correcting and redacting entries."""
    StateVersion.objects.filter(subject_id=entry.subject_id).delete()
    StateVersion.objects.bulk_create(
        version_row(entry, segment) for segment in segments(told_entries(entry.subject_id))
    )


def version_row(entry: Entry, segment: Segment) -> StateVersion:
    return StateVersion(
        negotiation_id=entry.negotiation_id,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        effective=DateTimeTZRange(segment.start, segment.end, "[)"),
        known=DateTimeTZRange(segment.known_from, segment.known_until, "[)"),
        values=segment.values,
    )


def last_state(subject_id: UUID) -> StateVersion | None:
    """The state of a subject that holds without end, as known now."""
    return StateVersion.objects.filter(subject_id=subject_id, known__upper_inf=True, effective__upper_inf=True).first()


def with_last_state(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Tracked rows, each with what `last_state_of` reads: one statement where two would be asked."""
    endless = StateVersion.objects.filter(
        subject_id=OuterRef("public_id"), known__upper_inf=True, effective__upper_inf=True
    )
    told = JSONObject(id="pk", values="values", effective=beginning("effective"), known=beginning("known"))
    found: QuerySet[Any, Any] = rows.annotate(endless_state=Subquery(endless.order_by("pk").values(told=told)[:1]))
    return found


def last_state_of(row: Any) -> StateVersion | None:
    """The state that holds without end of a row that came through `with_last_state`."""
    told = row.endless_state
    if told is None:
        return None
    return StateVersion(
        pk=told["id"],
        subject_type=row.noun(),
        subject_id=row.public_id,
        effective=DateTimeTZRange(datetime.fromisoformat(told["effective"]), None, "[)"),
        known=DateTimeTZRange(datetime.fromisoformat(told["known"]), None, "[)"),
        values=told["values"],
    )


def states_at(
    negotiation_id: int | None,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    kinds: Iterable[str] = (),
) -> dict[UUID, Mapping[str, Any]]:
    """The values of every subject of a negotiation at `as_of`, as known at `known_at` (None: now).

    One indexed query whatever the length of the record, and one for what this process has not read before.
    The values are shared, so only to be read. It knows nothing of who looks: callers keep only subjects
    that came through `visible_to`. What a subject was before it was disclosed to more readers is left out:
    its disclosure told them what it is, not what it had been.
    """
    of, asked = _kept_under(negotiation_id), tuple(kinds)
    while True:
        keys = held_at(negotiation_id, as_of=as_of, known_at=known_at, kinds=asked)
        states = KEPT.of(of, keys)
        new = _read([key for key in keys if key not in states])
        KEPT.keep(of, new)
        states |= new
        # Told anew between the two questions, a state is gone: what holds instead is asked once more.
        if len(states) == len(keys):
            return dict(states.values())


def states_in(moments: Mapping[int, Moment], *, kinds: Iterable[str] = ()) -> dict[int, dict[UUID, Mapping[str, Any]]]:
    """The same for several negotiations, each at a moment of its own, with as many queries as for one."""
    asked = tuple(kinds)
    while moments:
        keys = held_in(moments, asked)
        kept = {pk: KEPT.of(_kept_under(pk), own) for pk, own in keys.items()}
        new = _read([key for pk, own in keys.items() for key in own if key not in kept[pk]])
        for pk, own in keys.items():
            mine = {key: new[key] for key in own if key in new}
            KEPT.keep(_kept_under(pk), mine)
            kept[pk] |= mine
        if all(len(kept[pk]) == len(own) for pk, own in keys.items()):
            return {pk: dict(kept.get(pk, {}).values()) for pk in moments}
    return {}


def _kept_under(negotiation_id: int | None) -> tuple[Any, ...]:
    return (connection.settings_dict["HOST"], connection.settings_dict["NAME"], negotiation_id)


def _read(keys: Sequence[int]) -> States:
    """The states with these keys, decoded; those that are no longer there are left out."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(READ, [list(keys)])
        return {key: (subject, orjson.loads(values)) for key, subject, values in cursor.fetchall()}
