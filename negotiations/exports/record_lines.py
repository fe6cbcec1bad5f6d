"""The lines of a record file between its header and its end: the entries, and the actors they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from negotiations.models import Actor, Entry, Organisation, Source, Tracked
from negotiations.models.snapshot import plain
from negotiations.rules.marking import ANYBODY, Viewer
from negotiations.selectors.entry_lines import bylines, with_payload
from negotiations.selectors.feed_lines import Telling, target_of

from .proof import chunks, is_public, public_link, with_chain_facts

Line = dict[str, Any]
NAMED: dict[type[Tracked], tuple[str, ...]] = {
    Actor: ("kind", "name", "name_ar", "short", "aliases", "country_code"),
    Organisation: ("name", "byline", "byline_ar"),
}


class RecordLines:
    """One file's lines; `count` and `ends` are those of the whole file once all chunks are read.

    `viewer` None is nobody in particular: everything, for the operator.
    """

    def __init__(self, entries: QuerySet[Entry], viewer: Viewer | None, head: int) -> None:
        self.entries = entries
        self.viewer = viewer
        self.head = head
        self.count = 0
        self.public_end, self.whole_end = "", ""
        self.introduced: set[str] = set()

    def chunks(self) -> Iterator[list[Line]]:
        """The lines, some at a time, in the order of the record."""
        for some in chunks(with_payload(with_chain_facts(self.entries)), self.head):
            yield list(self._lines(some))

    def ends(self) -> dict[str, str]:
        """The last link of each chain that the file can prove."""
        return {"public": self.public_end, **({"whole": self.whole_end} if self.viewer is None else {})}

    def _lines(self, some: Sequence[Entry]) -> Iterator[Line]:
        words = Whole(some) if self.viewer is None else Shown(some, self.viewer)
        known = words.introductions(self.introduced)
        # Files leave the house, so they name desks and never persons, whoever takes them.
        desks = bylines(some, ANYBODY)
        for entry in some:
            for key in words.named(entry) & known.keys() - self.introduced:
                self.introduced.add(key)
                yield known[key]
            self.count += 1
            yield {
                **facts_of(entry),
                "supersedes": words.supersedes(entry),
                "by": desks.get((entry.negotiation_id, entry.actor_id)),
                **words.of(entry),
                "payload_digest": entry.payload_digest,
                **self._links(entry),
            }

    def _links(self, entry: Entry) -> Line:
        links: Line = {"public_link": None}
        if is_public(entry):
            links["public_link"] = self.public_end = public_link(entry, self.public_end)
        if self.viewer is None:
            self.whole_end = entry.hash
            links |= {
                "actor": entry.actor.public_id if entry.actor else None,
                "organisation": entry.organisation.public_id if entry.organisation else None,
                "request_id": entry.request_id,
                "hash": entry.hash,
            }
        return links


def facts_of(entry: Entry) -> Line:
    """What an entry is about and when, as the chains cover it."""
    return {
        "type": "entry",
        "id": entry.public_id,
        "verb": entry.verb,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "subject_version": entry.subject_version,
        "marking": entry.marking,
        "marking_now": entry.access.marking,
        "effective_at": plain(entry.effective_at),
        "inserted_at": plain(entry.inserted_at),
        "recorded_at": plain(entry.recorded_at),
        "backfilled": entry.backfilled,
    }


class Whole:
    """The words of some entries as they stand, with everything they name."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries

    def of(self, entry: Entry) -> Line:
        return words(entry, entry.payload.changes, entry.payload.basis, is_complete=True)

    def supersedes(self, entry: Entry) -> UUID | None:
        return entry.supersedes.public_id if entry.supersedes else None

    def named(self, entry: Entry) -> set[str]:
        """Public ids of the actors and organisations that the entry names."""
        own = {str(entry.organisation.public_id)} if entry.organisation else set()
        return own | ends_of(entry, entry.payload.changes)

    def introductions(self, introduced: set[str]) -> dict[str, Line]:
        """A line for each actor and organisation named here for the first time."""
        wanted = set().union(*(self.named(entry) for entry in self.entries)) - introduced
        return {
            str(row.public_id): introduction(row)
            for kind in NAMED
            for row in kind._default_manager.filter(public_id__in=wanted)
        }


class Shown(Whole):
    """The words of some entries as far as one reader may read them."""

    def __init__(self, entries: Sequence[Entry], viewer: Viewer) -> None:
        super().__init__(entries)
        self.telling = Telling(entries, viewer)
        cited = {item[name] for entry in entries for item in entry.payload.basis for name in item if name in CITED}
        self.seen = {
            str(key)
            for kind in (Source, Entry)
            for key in kind.objects.visible_to(viewer).filter(public_id__in=cited).values_list("public_id", flat=True)
        }

    def of(self, entry: Entry) -> Line:
        changes = self.changes(entry)
        basis = [item for item in entry.payload.basis if {item[name] for name in item if name in CITED} <= self.seen]
        is_complete = changes == entry.payload.changes and basis == entry.payload.basis
        return words(entry, changes, basis, is_complete=is_complete)

    def supersedes(self, entry: Entry) -> UUID | None:
        return self.telling.replaced.get(entry.supersedes_id or 0)

    def changes(self, entry: Entry) -> Line:
        return dict(self.telling.changes(entry))

    def named(self, entry: Entry) -> set[str]:
        return ends_of(entry, self.changes(entry))


# What an item of a basis leads to, by the name it stands under.
CITED = frozenset({"source", "supports"})


def words(entry: Entry, changes: Line, basis: list[Any], *, is_complete: bool) -> Line:
    """What an entry says; with its salt only where all of it is there, so that its digest can be recomputed."""
    payload = entry.payload
    is_redacted = payload.redacted_at is not None
    return {
        "changes": changes,
        "reason": payload.reason,
        "no_source_reason": payload.no_source_reason,
        "basis": basis,
        "salt": payload.salt if is_complete and not is_redacted else None,
        "redacted": is_redacted,
    }


def ends_of(entry: Entry, changes: Line) -> set[str]:
    """Public ids of the actors and organisations that changes of an entry name."""
    pairs = [pair for name, pair in changes.items() if target_of(entry.subject_type, name) in NAMED]
    values = [value for pair in pairs for value in pair if value]
    return {key for value in values for key in (value if isinstance(value, list) else [value])}


def introduction(row: Tracked) -> Line:
    """What an actor or organisation is called, as it is now."""
    return {
        "type": row.noun(),
        "id": row.public_id,
        **{name: getattr(row, name) for name in NAMED[type(row)]},
    }
