"""Proof that the record is whole: both chains, every payload, every row against the fold of its entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps

from negotiations.models import Citation, Entry, StateVersion, Stream, Tracked
from negotiations.models.snapshot import plain, snapshot, told_fields
from negotiations.rules import chain, fold
from negotiations.rules.codes import Marking

from .states import TOLD, as_told


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def faults() -> Iterator[Fault]:
    """Everything that is wrong, in the order of the record; nothing for a record that is whole.

    Sees every entry whatever its marking: run it as an operator, never for a reader.
    """
    for stream in Stream.objects.order_by("pk"):
        yield from chain_faults(stream)
    for kind in tracked_kinds():
        yield from row_faults(kind)


def tracked_kinds() -> list[type[Tracked]]:
    """Every kind of row whose changes the record tells, in a stable order."""
    models = apps.get_app_config("negotiations").get_models()
    return sorted((model for model in models if issubclass(model, Tracked)), key=lambda model: model.noun())


def chain_faults(stream: Stream) -> Iterator[Fault]:
    """Walk one stream from its beginning: numbers, payloads, both chains, and the heads they end in."""
    seq, full, clear = 0, "", ""
    entries = stream.entries.order_by("seq").select_related("payload", "actor", "organisation", "supersedes")
    for entry in entries.iterator(chunk_size=500):
        where = f"entry {entry.public_id} ({entry.verb})"
        seq += 1
        if entry.seq != seq:
            yield Fault(where, f"number {entry.seq} where {seq} is due: an entry is missing")
            seq = entry.seq
        yield from payload_faults(entry, where)
        facts = entry.chain_facts()
        if entry.previous_hash != full or entry.hash != chain.full_hash(facts, full):
            yield Fault(where, "does not continue the chain: it or the one before was altered")
        full = entry.hash
        if entry.marking == Marking.CLEAR:
            if entry.previous_clear_hash != clear or entry.clear_hash != chain.clear_hash(facts, clear):
                yield Fault(where, "does not continue the public chain")
            clear = entry.clear_hash
        elif entry.clear_hash:
            yield Fault(where, "stands in the public chain without being TLP:CLEAR")
    if (stream.head, stream.head_hash, stream.clear_hash) != (seq, full, clear):
        yield Fault(str(stream), "does not end where its last entry does: entries are missing at its end")


def payload_faults(entry: Entry, where: str) -> Iterator[Fault]:
    """Compare an entry's words with their digest, and its citations with its words."""
    payload = entry.payload
    if payload.redacted_at is not None:
        if not entry.superseded_by.filter(verb="entry.redacted").exists():
            yield Fault(where, "its words are gone and no redaction tells of it")
        return
    found = chain.payload_digest(
        salt=payload.salt,
        changes=payload.changes,
        reason=payload.reason,
        no_source_reason=payload.no_source_reason,
        basis=payload.basis,
    )
    if found != entry.payload_digest:
        yield Fault(where, "its words are not those that were written")
    told = [item for item in payload.basis if "source" in item]
    rows = Citation.objects.filter(told_by=entry).order_by("pk").select_related("source")
    if [cited(row) for row in rows] != told:
        yield Fault(where, "its citations are not those that were written")


def cited(row: Citation) -> dict[str, Any]:
    """A citation as payloads hold it."""
    names = ("credibility", "quote", "quote_language", "translation", "translated_by", "translator", "locator")
    return {name: getattr(row, name) for name in names} | {"source": str(row.source.public_id)}


def row_faults(kind: type[Tracked]) -> Iterator[Fault]:
    """Compare every row of a kind, and its state versions, with the fold of its entries."""
    relations = [field.name for field in kind._meta.many_to_many]
    singles = [name for name in told_fields(kind) if kind._meta.get_field(name).many_to_one]
    rows = kind._default_manager.select_related(*singles).prefetch_related(*relations).order_by("pk")
    told = told_by_subject(kind)
    for row in rows.iterator(chunk_size=500):
        where = f"{kind.noun()} {row.public_id}"
        entries = told.pop(str(row.public_id), [])
        values = fold.state(entries)
        if values is None:
            yield Fault(where, "no entry tells of it")
            continue
        saved = snapshot(row)
        wrong = sorted(name for name in saved if saved[name] != values.get(name))
        if wrong:
            yield Fault(where, f"its row differs from its entries in {', '.join(wrong)}")
        if row.version != len(entries):
            yield Fault(where, f"its version is {row.version} after {len(entries)} entries")
        yield from state_faults(row, entries, where)
    for subject_id in told:
        yield Fault(f"{kind.noun()} {subject_id}", "its entries tell of it and its row is gone")


def told_by_subject(kind: type[Tracked]) -> dict[str, list[fold.Told]]:
    """The entries of all subjects of a kind as the fold reads them."""
    rows = Entry.objects.filter(subject_type=kind.noun(), subject_version__isnull=False).order_by("subject_id", "seq")
    groups = groupby(rows.values_list("subject_id", *TOLD).iterator(chunk_size=2000), key=lambda row: row[0])
    return {str(subject_id): as_told(row[1:] for row in group) for subject_id, group in groups}


def state_faults(row: Tracked, entries: list[fold.Told], where: str) -> Iterator[Fault]:
    """Compare the derived states of a subject with those its entries lead to."""
    due = {
        (plain(part.start), plain(part.end), plain(part.known_from), plain(part.known_until)): part.values
        for part in fold.segments(entries)
    }
    kept = {
        (
            plain(state.effective.lower),
            plain(state.effective.upper),
            plain(state.known.lower),
            plain(state.known.upper),
        ): state.values
        for state in StateVersion.objects.filter(subject_id=row.public_id)
    }
    if due != kept:
        yield Fault(where, "its states over time differ from its entries; run rebuild_states")
