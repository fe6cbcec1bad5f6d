"""The only writer of entries: one locked stream, one transaction, one entry for each change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from negotiations.history.states import NextStates, last_state, last_state_of, rebuild_states, told_entries
from negotiations.models import Entry, MarkedItem, Negotiation, StateVersion, Stream, Tracked
from negotiations.models.snapshot import plain as plain_value
from negotiations.models.snapshot import related_ids, restore, snapshot, told_fields
from negotiations.rules import fold
from negotiations.rules.codes import Marking
from negotiations.rules.coverage import is_covering
from negotiations.rules.errors import RuleError

from .act import Act, Cite
from .appending import Belongings, Changed, insert_entry
from .bell import ring_once_committed
from .citing import cited_rows, covering, told_basis, with_sources_as_saved
from .conflict import check_version
from .entry import Telling, follows_on, next_entry, states_after
from .guards import as_column, check_columns, check_own_verbs, check_past
from .locking import lock_item, lock_stream
from .naming import name_readers, named_for
from .reach import check_home, check_own_reach, check_reach, check_ties, reach_of
from .refs import give_ref

Item = TypeVar("Item", bound=Tracked)
Related = Mapping[str, Iterable[models.Model]]


@contextmanager
def writing(negotiation: Negotiation | None, act: Act) -> Iterator[Record]:
    """Open the record of a negotiation (None: of the registry) for one act.

    Locks the stream's row until the transaction ends. Everything written inside is one transaction
    with its entries; the bell rings after the commit.
    """
    with transaction.atomic():
        if negotiation is None:
            Stream.objects.get_or_create(negotiation=None)
        record = Record(lock_stream(negotiation), negotiation, with_sources_as_saved(act, negotiation))
        yield record
        record.extend_coverage()
        ring_once_committed()


def add(item: Item, verb: str, *, act: Act, relate: Related | None = None) -> Item:
    """Insert one item of a negotiation and tell of it, in a transaction of its own."""
    with writing(getattr(item, "negotiation", None), act) as record:
        return record.create(item, verb, relate=relate)


def amend(
    item: Item, verb: str, *, act: Act, version: int | None, relate: Related | None = None, **values: Any
) -> Item:
    """Change fields of one item and tell of those that differ; raises VersionConflict if somebody else was first.

    Refuses the fields that have verbs of their own, with guards of their own.
    """
    check_own_verbs(values)
    with writing(getattr(item, "negotiation", None), act) as record:
        saved = record.lock(item, version, values)
        record.change(saved, verb, relate=relate, only_changes=True, **values)
        return saved


class Record:
    """A stream whose row is locked, and the act that writes to it. Made by `writing` alone."""

    def __init__(self, stream: Stream, negotiation: Negotiation | None, act: Act) -> None:
        self.stream = stream
        self.negotiation = negotiation
        self.act = act
        now: datetime = stream.now  # type: ignore[attr-defined]  # annotated when the row was locked
        self.now = max(now, stream.last_at or now)
        self.is_public_now = False
        self.has_set_coverage = False
        self.coverage_end: datetime | None = None
        self.states: dict[tuple[UUID, int], StateVersion | None] = {}
        self.effective_at = act.effective_at or act.recorded_at or self.now
        if self.effective_at > self.now or (act.recorded_at is not None and act.recorded_at > self.now):
            raise RuleError(
                _("This moment lies in the future; give the moment at which it was so."),
                code="future_moment",
                fields={"effective_at": _("This moment lies in the future.")},
            )

    def create(self, item: Item, verb: str, *, relate: Related | None = None) -> Item:
        """Insert a new item and tell of it. Raises ValidationError or RuleError and then writes nothing."""
        relations = {name: list(rows) for name, rows in (relate or {}).items()}
        if isinstance(item, MarkedItem):
            if item.release_at is not None:
                check_own_verbs({"release_at": item.release_at})
            if item.REF_PREFIX:
                give_ref(item)
            check_own_reach(item, self.act.actor)
            check_home(item, relations)
            named = named_for(item, relations, self.act)
            check_reach(item, relations, named)
            if item.marking == Marking.RED:
                name_readers(item, named)
        item.full_clean(validate_unique=not self.act.in_bulk, validate_constraints=not self.act.in_bulk)
        item.version = 1
        item.save(force_insert=True)
        for name, rows in relations.items():
            getattr(item, name).set(rows)
        self.tell_all(item, verb, relations)
        return item

    def adopt(self, item: Item, verb: str) -> Item:
        """Tell of an item whose row, at version 1, had to be inserted before its record could be opened."""
        self.tell_all(item, verb, {})
        return item

    def tell_all(self, item: Tracked, verb: str, relations: Mapping[str, list[models.Model]]) -> None:
        """Append the entry that tells every field of a new item."""
        columns = [name for name in told_fields(type(item)) if name not in relations]
        values = snapshot(item, columns) | {name: related_ids(rows) for name, rows in relations.items()}
        self.tell(item, verb, {name: [None, value] for name, value in values.items()})

    def lock(self, item: Item, version: int | None, yours: Mapping[str, Any] | None = None) -> Item:
        """The item as saved now, locked. Raises VersionConflict if `version` is not its version any more.

        `version` None trusts the caller's reading, for verbs that only the product itself calls.
        """
        saved = lock_item(type(item), item.pk)
        self.states[saved.public_id, saved.version] = last_state_of(saved)
        check_version(saved, version, yours or {})
        return saved

    def change(
        self,
        item: Item,
        verb: str,
        *,
        relate: Related | None = None,
        supersedes: Entry | None = None,
        only_changes: bool = False,
        **values: Any,
    ) -> Entry:
        """Change fields of a locked item and tell of it.

        A late change (effective before the last one) enters the past and leaves the present row as
        later entries have it. Everything given is told, even what stays as it is: what belongs
        together (a status and whose word it rests on) must not be torn apart by a later late entry.
        `only_changes` is for edits of fields that stand each for itself.
        """
        last = self.last_state_of(item)
        is_late = last is not None and (supersedes is not None or self.is_late(item))
        new = {name: plain_value(as_column(item, name, value)) for name, value in values.items()}
        new |= {name: related_ids(rows) for name, rows in (relate or {}).items()}
        before = self.values_before(item, last, is_late=is_late)
        changes = {
            name: [before.get(name), value]
            for name, value in new.items()
            if not only_changes or before.get(name) != value
        }
        check_columns(item, values)
        if "coverage_end" in values:
            self.has_set_coverage = True
        if isinstance(item, MarkedItem):
            check_ties(item, values, relate or {})
        item.version += 1
        if is_late:
            if supersedes is None:
                check_past(item, before)
            entry = self.tell(item, verb, changes, supersedes=supersedes)
            self.settle(item)
            return entry
        for name, value in values.items():
            setattr(item, name, value)
        for name, rows in (relate or {}).items():
            getattr(item, name).set(list(rows))
        return self.tell(item, verb, changes, last=last, columns=(*values, "version"))

    def last_state_of(self, item: Tracked) -> StateVersion | None:
        """The state of a locked item that holds without end, read once for each version of it."""
        key = item.public_id, item.version
        if key not in self.states:
            self.states[key] = last_state(item.public_id)
        return self.states[key]

    def is_late(self, item: Tracked) -> bool:
        """Whether something about the item took effect after the moment of this act."""
        if self.effective_at >= self.now:
            # No entry of the stream took effect after it was written, and none was written after now.
            return False
        later = {"subject_id": item.public_id, "effective_at__gt": self.effective_at}
        return Entry.objects.filter(subject_version__isnull=False, **later).exists()

    def extend_coverage(self) -> None:
        """Move the end of coverage to a later write that every reader of the negotiation may see.

        What fewer may see must not move it: each reader's own end follows what they may see.
        """
        if self.negotiation is None or not self.is_public_now or self.has_set_coverage or self.act.in_bulk:
            return
        end = self.effective_at
        if self.coverage_end is not None and end > self.coverage_end:
            self.cover(Negotiation.objects.get(pk=self.negotiation.pk), end)

    def cover(self, negotiation: Negotiation, end: datetime) -> None:
        """Tell that the negotiation was followed until `end`, later than was said so far."""
        # What the act rests on stands on its own entry; this one only says where coverage ends now.
        self.act = replace(self.act, reason="", cites=(), no_source_reason="")
        told = Entry.objects.filter(subject_id=negotiation.public_id, subject_version__isnull=False)
        self.effective_at = max(end, told.aggregate(last=Max("effective_at"))["last"])
        self.change(negotiation, "negotiation.coverage_moved", coverage_end=end)

    def values_before(self, item: Tracked, last: StateVersion | None, *, is_late: bool) -> dict[str, Any]:
        """What held just before this entry takes effect: the row, or for a late one the past."""
        if last is not None and not is_late:
            return dict(last.values)
        return fold.state(told_entries(item.public_id), as_of=self.effective_at) or {}

    def settle(self, item: Tracked) -> None:
        """Bring the row to what the fold of its entries says, after an entry that was not the latest."""
        values = fold.state(told_entries(item.public_id)) or {}
        for name, rows in restore(item, values).items():
            getattr(item, name).set(rows)
        item.validate_constraints()
        item.save()

    def tell(
        self,
        item: Tracked,
        verb: str,
        changes: dict[str, list[Any]],
        *,
        supersedes: Entry | None = None,
        last: StateVersion | None = None,
        is_versioned: bool = True,
        columns: tuple[str, ...] = (),
    ) -> Entry:
        """Append one entry about the item, with its payload, citations, states and outbox row.

        `columns` of the item are saved with it.
        """
        basis, narrower = covering(item, self.act.cites)
        is_first = is_versioned and last is None and item.version == 1
        entry = self.append(
            item,
            verb,
            changes,
            cites=basis,
            supersedes=supersedes,
            is_versioned=is_versioned,
            follows=last if is_versioned else None,
            is_first=is_first,
            columns=columns,
        )
        if is_versioned and not is_first and (last is None or not follows_on(entry, last)):
            rebuild_states(entry)
        for cite in narrower:
            self.cite_narrower(entry, cite)
        return entry

    def cite_narrower(self, entry: Entry, cite: Any) -> None:
        """Tell of a citation whose source fewer may see than the entry, in an entry as narrow as the source."""
        source = type(cite.source).objects.select_for_update(no_key=True, of=("self",)).get(pk=cite.source.pk)
        source.version += 1
        source.save(update_fields=["version"])
        self.append(source, "source.cited", {}, cites=[cite], supports=entry)

    def append(
        self,
        item: Tracked,
        verb: str,
        changes: dict[str, list[Any]],
        *,
        cites: Sequence[Cite] = (),
        supports: Entry | None = None,
        supersedes: Entry | None = None,
        is_versioned: bool = True,
        follows: StateVersion | None = None,
        is_first: bool = False,
        columns: tuple[str, ...] = (),
    ) -> Entry:
        """Number, stamp, chain and insert one entry with its citations, and with its states where it is in order.

        `supports` is an earlier entry that the citations bear out. `follows` is the state before the
        entry; a late one has none, and its caller derives the states of its subject anew.
        """
        act, stream = self.act, self.stream
        marking, organisation_id, circle = reach_of(item, supersedes, self.negotiation)
        if self.negotiation is not None and marking == self.negotiation.marking and is_covering(verb):
            self.is_public_now = True
        told = Telling(
            verb=verb,
            noun=item.noun(),
            subject_id=item.public_id,
            version=item.version if is_versioned else None,
            marking=marking,
            organisation_id=organisation_id,
            effective_at=self.effective_at,
            recorded_at=act.recorded_at,
            changes=changes,
            reason=act.reason,
            no_source_reason=act.no_source_reason,
            basis=told_basis(cites, supports),
        )
        entry, payload = next_entry(
            told, stream, negotiation=self.negotiation, act=act, now=self.now, supersedes=supersedes
        )
        own = Belongings(
            payload=payload,
            circle=circle,
            cited=cited_rows(cites),
            supports=supports,
            states=states_after(entry, changes, follows) if is_first or follows is not None else NextStates(),
            changed=Changed(item, columns) if columns else None,
        )
        self.coverage_end = insert_entry(entry, own, stream)
        return entry
