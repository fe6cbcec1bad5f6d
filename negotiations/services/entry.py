"""The next entry of a locked stream: numbered, stamped, chained, with the words its digest covers; built here alone."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from negotiations.history.states import NextStates, next_states
from negotiations.models import Entry, Negotiation, StateVersion, Stream
from negotiations.rules import chain
from negotiations.rules.codes import Marking
from negotiations.rules.verbs import VERBS

from .act import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What an entry tells of which subject, and to whom.

    `recorded_at` is set on backfilled entries alone. `lost_digest` is that of words which a redaction
    destroyed, and which nobody can tell again.
    """

    verb: str
    noun: str
    subject_id: UUID
    version: int | None
    marking: str
    organisation_id: int | None
    effective_at: datetime
    recorded_at: datetime | None
    changes: Mapping[str, Any]
    reason: str
    no_source_reason: str
    basis: Sequence[Any]
    public_id: UUID = field(default_factory=uuid4)
    lost_digest: str = ""

    def payload(self) -> dict[str, Any]:
        """The words, under a salt of their own."""
        return {
            "salt": "" if self.lost_digest else secrets.token_hex(16),
            "changes": self.changes,
            "reason": self.reason,
            "no_source_reason": self.no_source_reason,
            "basis": list(self.basis),
        }


def next_entry(
    told: Telling, stream: Stream, *, negotiation: Negotiation | None, act: Act, now: datetime, supersedes: Entry | None
) -> tuple[Entry, dict[str, Any]]:
    """The entry that comes next in the stream, and its payload; moves the stream's end, and saves nothing.

    The stream's row is locked by the caller. Raises ValueError for a verb that is not in the vocabulary.
    """
    if told.verb not in VERBS:
        raise ValueError(f"'{told.verb}' is not in the vocabulary of rules/verbs.py")
    stream.head += 1
    payload = told.payload()
    entry = Entry(
        public_id=told.public_id,
        stream=stream,
        negotiation=negotiation,
        seq=stream.head,
        verb=told.verb,
        subject_type=told.noun,
        subject_id=told.subject_id,
        subject_version=told.version,
        marking=told.marking,
        effective_at=told.effective_at,
        inserted_at=now,
        recorded_at=told.recorded_at or now,
        backfilled=told.recorded_at is not None,
        actor=act.actor,
        organisation_id=told.organisation_id,
        supersedes=supersedes,
        request_id=act.request_id,
        payload_digest=told.lost_digest or chain.payload_digest(**payload),
    )
    link_chains(entry, stream)
    stream.last_at = now
    return entry, payload


def link_chains(entry: Entry, stream: Stream) -> None:
    """Put the entry at the end of the whole chain and, if everybody may read it, of the CLEAR one."""
    facts = entry.chain_facts()
    entry.previous_hash = stream.head_hash
    entry.hash = stream.head_hash = chain.full_hash(facts, entry.previous_hash)
    if entry.marking == Marking.CLEAR:
        entry.previous_clear_hash = stream.clear_hash
        entry.clear_hash = stream.clear_hash = chain.clear_hash(facts, entry.previous_clear_hash)


def follows_on(entry: Entry, last: StateVersion) -> bool:
    """Whether an entry comes after the state before it in both clocks, and corrects nothing."""
    return (
        entry.supersedes_id is None
        and entry.effective_at >= last.effective.lower
        and entry.recorded_at > last.known.lower
    )


def states_after(entry: Entry, changes: Mapping[str, list[Any]], last: StateVersion | None) -> NextStates:
    """The states an entry leads to; none where it changes nothing or does not follow on."""
    new = {name: pair[1] for name, pair in changes.items()}
    if last is None:
        return next_states(entry, new, None)
    values = {**last.values, **new}
    if values == last.values or not follows_on(entry, last):
        return NextStates()
    return next_states(entry, values, last)
