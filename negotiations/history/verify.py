"""Proof that the record is whole: both chains, every payload, every row against the fold of its entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import F, OuterRef, Subquery

from negotiations.models import Citation, Entry, StateVersion, Stream, Tracked
from negotiations.models.snapshot import plain, snapshot, told_fields
from negotiations.rules import chain, fold
from negotiations.rules.codes import Marking
from negotiations.rules.marking import rank

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
        yield from home_faults(kind)
        yield from row_faults(kind)


def tracked_kinds() -> list[type[Tracked]]:
    """Every kind of row whose changes the record tells, in a stable order."""
    models = apps.get_app_config("negotiations").get_models()
    return sorted((model for model in models if issubclass(model, Tracked)), key=lambda model: model.noun())


def chain_faults(stream: Stream) -> Iterator[Fault]:
    """Walk one stream from its beginning: numbers, payloads, both chains, and the heads they end in."""
    seq, full, clear = 0, "", ""
    narrowed = narrowings(stream)
    entries = stream.entries.order_by("seq").select_related("payload", "access", "actor", "organisation", "supersedes")
    for entry in entries.iterator(chunk_size=500):
        where = f"entry {entry.public_id} ({entry.verb})"
        seq += 1
        if entry.seq != seq:
            yield Fault(where, f"number {entry.seq} where {seq} is due: an entry is missing")
            seq = entry.seq
        if entry.negotiation_id != stream.negotiation_id:
            yield Fault(where, "names another negotiation than the stream it stands in")
        yield from payload_faults(entry, where)
        yield from access_faults(entry, where, narrowed.get(entry.subject_id, []))
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
    payload = getattr(entry, "payload", None)
    if payload is None:
        yield Fault(where, "its words are missing")
        return
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


def narrowings(stream: Stream) -> dict[UUID, list[Entry]]:
    """The entries of a stream that narrowed a marking, by subject, in order."""
    found: defaultdict[UUID, list[Entry]] = defaultdict(list)
    for entry in stream.entries.filter(verb="marking.narrowed").order_by("seq"):
        found[entry.subject_id].append(entry)
    return found


def access_faults(entry: Entry, where: str, narrowed: list[Entry]) -> Iterator[Fault]:
    """Compare who may read an entry now with its marking when written and the narrowings that followed."""
    reach = entry
    for later in narrowed:
        if later.seq > entry.seq and rank(later.marking) > rank(reach.marking):
            reach = later
    access = getattr(entry, "access", None)
    # What was written for named persons before its subject was widened is kept under an id of its own.
    is_own = access is not None and (access.subject_id == entry.subject_id or access.marking == Marking.RED)
    if access is None or not is_own or access.negotiation_id != entry.negotiation_id:
        yield Fault(where, "who may read it is not said")
    elif (access.marking, access.organisation_id) != (reach.marking, reach.organisation_id):
        yield Fault(where, f"is open as {access.marking} and should be as {reach.marking}")


def home_faults(kind: type[Tracked]) -> Iterator[Fault]:
    """Rows that stand in another negotiation than the entries that tell of them."""
    if "negotiation" not in {field.name for field in kind._meta.concrete_fields}:
        return
    told = Entry.objects.filter(subject_id=OuterRef("public_id")).order_by("seq").values("negotiation")[:1]
    rows = kind._default_manager.annotate(told_in=Subquery(told)).exclude(told_in=F("negotiation"))
    for public_id in rows.order_by("pk").values_list("public_id", flat=True):
        yield Fault(f"{kind.noun()} {public_id}", "its row stands in another negotiation than its entries")


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
        # A column that is newer than the entries has the value it was added with.
        wrong = sorted(name for name in saved if saved[name] != values.get(name, added_with(kind, name)))
        if wrong:
            yield Fault(where, f"its row differs from its entries in {', '.join(wrong)}")
        if row.version != len(entries):
            yield Fault(where, f"its version is {row.version} after {len(entries)} entries")
        yield from state_faults(row, entries, where)
    for subject_id in told:
        yield Fault(f"{kind.noun()} {subject_id}", "its entries tell of it and its row is gone")


def added_with(kind: type[Tracked], name: str) -> Any:
    """The value that rows got when a column was added, as entries would tell it."""
    field = kind._meta.get_field(name)
    return [] if field.many_to_many else plain(field.get_default())  # type: ignore[union-attr]  # a field of its own


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
