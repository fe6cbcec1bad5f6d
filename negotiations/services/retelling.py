"""Telling again what another installation's record told, once its chains were proved: for imports alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from negotiations.history.states import rebuild_states
from negotiations.models import Citation, Entry, EntryAccess, EntryPayload, Negotiation
from negotiations.rules.marking import rank

from .act import Act
from .appending import Belongings, insert_entry
from .entry import Telling, next_entry
from .record import Record, writing

__all__ = ["Retold", "retell_all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold(Telling):
    """One entry of another record as it is told here: the same facts, under ids that are free here."""

    cited: tuple[Citation, ...] = ()
    supersedes: UUID | None = None
    supports: UUID | None = None
    by_clock: bool = False


@dataclass(slots=True)
class Retelling:
    """What was told so far, by the ids that entries are known by here."""

    record: Record
    negotiation: Negotiation
    act: Act
    told: dict[UUID, Entry] = field(default_factory=dict)

    def retell(self, one: Retold) -> Entry:
        stream = self.record.stream
        entry, payload = next_entry(
            one,
            stream,
            negotiation=self.negotiation,
            act=replace(self.act, actor=None) if one.by_clock else self.act,
            now=self.record.now,
            supersedes=self.told.get(one.supersedes) if one.supersedes else None,
        )
        supports = self.told.get(one.supports) if one.supports else None
        own = Belongings(payload=payload, circle=one.subject_id, cited=one.cited, supports=supports)
        insert_entry(entry, own, stream)
        self.told[one.public_id] = entry
        return entry


def retell_all(negotiation: Negotiation, entries: Iterable[Retold], *, act: Act) -> list[Entry]:
    """Tell every entry of a proved record in its order, and derive the states of all subjects from them.

    The rows have to be there already, each at the version of its last entry; the database refuses the
    transaction otherwise. Locks the stream. Entries are backfilled: they carry when they became known
    there. Who may read them follows the narrowings among them, as it did there.
    """
    with writing(negotiation, act) as record:
        retelling = Retelling(record, negotiation, act)
        told = [retelling.retell(one) for one in entries]
        narrow_again(told)
        mark_redacted(told)
        last = {entry.subject_id: entry for entry in told if entry.subject_version is not None}
        for entry in last.values():
            rebuild_states(entry)
        record.has_set_coverage = True
        return told


def narrow_again(told: Sequence[Entry]) -> None:
    """Take from readers what later narrowings among the entries took from them."""
    narrowed: dict[UUID, Entry] = {}
    for entry in reversed(told):
        reach = narrowed.get(entry.subject_id)
        if reach is not None and rank(reach.marking) > rank(entry.marking):
            EntryAccess.objects.filter(entry=entry).update(marking=reach.marking, organisation=reach.organisation_id)
        if entry.verb == "marking.narrowed" and (reach is None or rank(entry.marking) > rank(reach.marking)):
            narrowed[entry.subject_id] = entry


def mark_redacted(told: Sequence[Entry]) -> None:
    """Say of the entries whose words are gone since when they are."""
    for entry in told:
        if entry.verb == "entry.redacted" and entry.supersedes is not None:
            EntryPayload.objects.filter(entry=entry.supersedes).update(redacted_at=entry.recorded_at)
